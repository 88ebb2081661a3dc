"""Ensure that nothing ends before it begins.

Two days that belong together stand in the wrong order, mostly because of a typing error in the
year. Beginning and ending on the same day is fine, since the last day counts too.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - person: sara
        since: 2027-01-01
        until: 2026-12-31  # <-- here

    # objectives/herb-garden.yaml
    title: Herbs from our own garden
    circle: house
    starts_on: 2027-01-01
    ends_on: 2026-12-31  # <-- here

    # people/omar.yaml
    name: Omar
    joined_on: 2027-01-01
    ended:
      because: Moves to another town
      on: 2026-12-31  # <-- here

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - {person: sara, since: 2027-01-01, until: 2027-01-01}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from orgcode.checking.entries import entries
from orgcode.checking.rule import Group, Subject
from orgcode.model.facts import Kind
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "time"
FOR: tuple[Subject, ...] = ("file",)

Way = tuple[str, ...]

PAIRS: Mapping[Kind, tuple[tuple[Way, str, Way], ...]] = {
    "org": ((("witnesses", "*"), "since", ("until",)),),
    "circle": (
        (("members", "*"), "since", ("until",)),
        (("core_roles", "*", "*"), "since", ("until",)),
        (("former", "*"), "since", ("until",)),
    ),
    "role": ((("holders", "*"), "since", ("until",)),),
    "person": (
        ((), "joined_on", ("ended", "on")),
        (("keys", "*"), "since", ("until",)),
        (("away", "*"), "from", ("until",)),
    ),
    "policy": (
        ((), "effective_on", ("review_on",)),
        ((), "effective_on", ("expires_on",)),
    ),
    "agreement": (
        ((), "agreed_on", ("review_on",)),
        ((), "agreed_on", ("ended", "on")),
    ),
    "objective": ((((), "starts_on", ("ends_on",))),),
    "tension": ((((), "sensed_on", ("closed", "on"))),),
}
"""For each kind: where two days stand, the key of the first, and the way to the second."""


def check(org: Org, path: str) -> Iterator[Problem]:
    """Compare all days of a file that belong together."""
    facts = org.files[path]
    if not isinstance(facts.data, dict):
        return
    for way, first, second in PAIRS.get(facts.kind, ()):
        if way and not _may_have(facts.data.get(way[0]), second[0]):
            continue
        for pointer, data in entries(facts, *way):
            if first not in data:
                continue
            start, end = data[first], _at(data, second)
            if isinstance(start, str) and isinstance(end, str) and end < start:
                yield _problem(path, (*pointer, *second), (first, start), (second, end))


def _may_have(value: object, key: str) -> bool:
    """Whether an item of a list has a key; of anything else that may be."""
    if not isinstance(value, list):
        return value is not None
    for item in value:  # noqa: SIM110 (faster, and this is asked of every file)
        if item.__class__ is dict and key in item:
            return True
    return False


def _at(data: Mapping[str, object], way: Way) -> object:
    value: object = data
    for key in way:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _problem(
    path: str, pointer: Pointer, first: tuple[str, str], second: tuple[Way, str]
) -> Problem:
    return Problem(
        path=path,
        pointer=pointer,
        cause=message(
            "`{later}` is {end}, which comes before `{earlier}`, {start}.",
            later=": ".join(second[0]),
            end=date.fromisoformat(second[1]),
            earlier=first[0],
            start=date.fromisoformat(first[1]),
        ),
        way_out=message("Correct the one that is wrong."),
    )
