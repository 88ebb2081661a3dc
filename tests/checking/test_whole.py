"""What holds for check as a whole: no cascade, the same order always, nothing new tomorrow."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from orgcode.checking.check import check
from orgcode.checking.rules import RULES
from orgcode.i18n.translator import Translator
from orgcode.model.finding import Finding
from orgcode.model.snapshot import Unreadable
from tests.checking.demo import demo
from tests.checking.edits import demo_with, edited, edits

YAML = [path for path in demo() if path.endswith(".yaml")]
ANOTHER_WAY = {"org.yaml": "seat-open"}
"""org.yaml sets the severity of this rule; while it cannot be read, nobody knows."""


def found_in(files: Mapping[str, bytes | Unreadable]) -> tuple[Finding, ...]:
    return check(demo_with(files))


def new_in(files: Mapping[str, bytes | Unreadable]) -> list[Finding]:
    return [finding for finding in found_in(files) if finding not in AS_IT_IS]


VALUES = (
    *("", "null", "[]", "{}", "[null]", "x", "42", "1.5", "true", '"  "', "{nl: x}", "[a, {b: c}]"),
    *("2027-13-40", "0001-01-01", "9999-12-31", "role:kok", "circle:", "a#b", "a/b", "keuken#"),
    *('"\\0"', "[[]]", "- x", "999 years", "0 days", "sara", "buurt"),
    *("{person: sara, until: 0001-01-01}", "{on: 2027-01-01}", "[sara, sara, {person: omar}]"),
)

AS_IT_IS = found_in(demo())


@pytest.mark.parametrize("path", YAML)
@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda text: text + b"\n  broken: [\n", id="a bracket"),
        pytest.param(lambda text: text[: len(text) // 2] + b"\n'", id="half of it"),
        pytest.param(lambda text: b"\xff\xfe" + text, id="no UTF-8"),
        pytest.param(lambda text: text[:0], id="empty"),
        pytest.param(lambda text: text.replace(b":", b"", 1), id="no colon"),
        pytest.param(lambda text: b"- " + text.replace(b"\n", b"\n  "), id="a list"),
    ],
)
def test_a_broken_file_has_findings_and_no_other_file_has_new_ones(
    path: str, break_it: Callable[[bytes], bytes]
) -> None:
    new = new_in({**demo(), path: break_it(demo()[path])})
    assert any(finding.path == path for finding in new)
    elsewhere = [f for f in new if f.path != path and f.rule != ANOTHER_WAY.get(path)]
    assert elsewhere == []


@pytest.mark.parametrize(
    ("path", "why"),
    [*((path, Unreadable.LINK) for path in YAML), *(("roles/kok.yaml", why) for why in Unreadable)],
)
def test_an_unreadable_file_has_one_finding_and_no_other_file_has_new_ones(
    path: str, why: Unreadable
) -> None:
    new = new_in({**demo(), path: why})
    own = [finding.rule for finding in new if finding.path == path]
    assert own == ["unreadable-file"]
    assert [f for f in new if f.path != path and f.rule != ANOTHER_WAY.get(path)] == []


@pytest.mark.parametrize("path", YAML)
def test_a_value_of_the_wrong_shape_has_one_finding_and_no_other_comes_of_it(path: str) -> None:
    text = demo()[path].decode()
    before = {(finding.path, finding.rule) for finding in AS_IT_IS}
    for key in re.findall(r"^(\w+):", text, re.MULTILINE):
        spoilt = re.sub(
            rf"^{key}:.*\n(?:(?:[ \-#].*)?\n)*", f"{key}: [[1]]\n", text, flags=re.MULTILINE
        )
        new = [f for f in found_in({**demo(), path: spoilt.encode()}) if f not in AS_IT_IS]
        rules = {(f.path, f.rule) for f in new if f.rule != ANOTHER_WAY.get(path)}
        assert rules - before == {(path, "wrong-shape")}, key


def test_two_broken_files_each_have_their_findings() -> None:
    broken = dict.fromkeys(("roles/kok.yaml", "people/tom.yaml"), b"name: [\n")
    paths = {finding.path for finding in new_in({**demo(), **broken})}
    assert paths == set(broken)


def test_findings_stand_by_path_line_column_and_rule() -> None:
    for edit in edits():
        places = [(f.path, f.line, f.column, f.rule) for f in check(edited(edit))]
        assert places == sorted(places)


def test_the_order_of_files_and_rules_makes_no_difference() -> None:
    for edit in edits()[::5]:
        org = edited(edit)
        assert check(org, RULES[::-1]) == check(org)


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2026, 12, 31), date(2060, 6, 30)])
def test_what_does_not_say_so_does_not_depend_on_today(day: date) -> None:
    rules = [rule for rule in RULES if not rule.depends_on_date]
    for edit in edits():
        org = edited(edit)
        assert check(org.on(day), rules) == check(org, rules)


@pytest.mark.parametrize("seed", range(8))
def test_no_change_of_lines_makes_check_fall_over(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same changes every time)
    for _ in range(20):
        files = dict(demo())
        path = chance.choice(YAML)
        lines = files[path].decode().split("\n")
        place = chance.randrange(len(lines))
        lines[place : place + chance.randrange(3)] = [
            lines[place].partition(":")[0] + ": " + chance.choice(VALUES),
            *chance.sample(lines, chance.randrange(3)),
        ]
        files[path] = "\n".join(lines).encode()
        for finding in found_in(files):
            for language in ("nl", "en"):
                assert Translator(language).say(finding.cause)
                assert Translator(language).say(finding.way_out)
