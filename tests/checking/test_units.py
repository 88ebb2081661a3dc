"""What is found thing by thing is all that is found, and only what is needed is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from orgcode.checking.check import Found, check, placed, problems_at
from orgcode.checking.documentation import Example, documentation
from orgcode.checking.rule import Share
from orgcode.checking.rules import RULES
from orgcode.model.finding import Problem
from orgcode.model.message import Message, Word
from orgcode.model.org import Org
from tests.checking.demo import demo
from tests.checking.edits import demo_with, edited, edits
from tests.checking.examples import example_organisation

ALL = ("*", "**")
"""How reads begin that go through all files of a kind, or all paths."""
LOOKING_FOR_WHAT_WAS_MEANT = ("spelling of", "paths by name", "folders")
"""Answers that go through all paths, and that are asked for only when something is not there."""


@dataclass(frozen=True)
class Looked:
    """What was found in an organisation at each path, and what was looked up for it."""

    name: str
    org: Org
    found: dict[str | None, list[Found]]
    asked: dict[str | None, set[str]]


@cache
def everywhere() -> list[Looked]:
    """The demo after each edit and the examples of all rules, looked at path by path, backwards."""
    return [
        *(looked(edit.name, edited(edit)) for edit in edits()),
        *(
            looked(rule.name, example_organisation(part)[0])
            for rule in RULES
            for part in documentation(rule)
            if isinstance(part, Example)
        ),
    ]


def looked(name: str, org: Org) -> Looked:
    found, asked = {}, {}
    for path in (*reversed(list(org.snapshot.entries)), None):
        found[path], asked[path] = org.reads.of(partial(problems_at, org, path))
    return Looked(name, org, found, asked)


def each_found() -> Iterator[tuple[str, str | None, Found]]:
    """Everything found, with the name of the organisation and the path."""
    for each in everywhere():
        for path, found in each.found.items():
            yield from ((each.name, path, one) for one in found)


def is_plain(value: object) -> bool:
    """Whether a value can be written down and read again as it was."""
    if isinstance(value, Message):
        return all(is_plain(each) for each in value.arguments.values())
    if isinstance(value, tuple):
        return all(is_plain(each) for each in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(each) for key, each in value.items())
    return value is None or isinstance(value, str | int | float | date | Word)


def test_what_is_found_at_each_path_is_in_all_what_check_finds() -> None:
    for each in everywhere()[::3]:
        found = [one for found in each.found.values() for one in found]
        assert placed(each.org, found) == check(each.org), each.name


def test_a_problem_stands_in_the_file_that_was_looked_at() -> None:
    for name, path, (rule, what) in each_found():
        if isinstance(what, Problem):
            assert what.path == (path or "org.yaml"), (name, rule)


def test_what_is_found_is_plain_data() -> None:
    for name, _, (rule, what) in each_found():
        parts = what if isinstance(what, Share) else (what.cause, what.way_out, what.pointer)
        assert all(map(is_plain, parts)), (name, rule)


def test_no_rule_goes_through_everything() -> None:
    for each in everywhere():
        for path, asked in each.asked.items():
            assert [read for read in asked if read.startswith(ALL)] == [], (each.name, path)
        for answer, asked in each.org.answers():
            if not answer.startswith(LOOKING_FOR_WHAT_WAS_MEANT):
                assert [read for read in asked if read.startswith(ALL)] == [], answer


def test_most_is_found_without_looking_for_what_was_meant() -> None:
    org = demo_with(demo())
    assert check(org) != ()
    kept = [answer for answer, _ in org.answers()]
    assert [name for name in kept if name.startswith(LOOKING_FOR_WHAT_WAS_MEANT)] == []


def test_a_rule_about_a_thing_is_run_again_for_what_it_looked_up() -> None:
    """A role in a circle that ends: the circle is among what was looked up for the role."""
    org = demo_with(demo())
    _, asked = org.reads.of(lambda: problems_at(org, "roles/kok.yaml"))
    assert {"roles/kok.yaml", "circles/keuken.yaml"} <= asked
    assert "roles/restjes.yaml" not in asked
