"""Ensure that not too much ends at once without anybody looking at it twice.

A quarter of all people, circles or holders that go in one change, and at least five: that may be a
merger that everybody knows of, or a mistake in a script, or somebody who clears the house. Look
at the list with `orgcode diff`, and where you can, divide it into steps that people can judge by
themselves.

Wrong:

    # org.yaml  # <-- here
    orgcode: 1
    id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
    name: The house
    purpose: Live and work together.
    anchor: house
    ruleset: teal@1

    # people/ann.yaml, before
    name: Ann

    # people/bea.yaml, before
    name: Bea

    # people/cor.yaml, before
    name: Cor

    # people/dik.yaml, before
    name: Dik

    # people/eva.yaml, before
    name: Eva

Right:

    # people/ann.yaml, before
    name: Ann

    # people/ann.yaml
    name: Ann
    ended: {on: 2027-03-01}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.changes.change import Change
from orgcode.checking.rule import Group, Subject
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, many, message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "change"
FOR: tuple[Subject, ...] = ("change",)

FROM = 5
"""Fewer are never many."""


def check(_: Org, change: Change) -> Iterator[Problem]:
    """Name what ends in large numbers."""
    for ended, total, cause in _counted(change):
        if ended >= FROM and 4 * ended >= total:
            yield Problem(
                path="org.yaml",
                cause=cause,
                way_out=message(
                    "Look at the list with `orgcode diff`, and divide it into steps if you can."
                ),
            )


def _counted(change: Change) -> Iterator[tuple[int, int, Message]]:
    """How many end, of how many there were, and what to say; counted only where it may be many."""
    before = change.before
    people = _things(change, frozenset({"person.left", "person.removed"}))
    if people >= FROM:
        total = sum(1 for _ in before.active_people())
        yield (
            people,
            total,
            message(
                "{ended} of {total} {people} leave at once.",
                ended=people,
                total=total,
                people=many("person"),
            ),
        )
    circles = _things(change, frozenset({"circle.ended", "circle.removed"}))
    if circles >= FROM:
        total = sum(1 for _ in before.live_circles())
        yield (
            circles,
            total,
            message(
                "{ended} of {total} {circles} end at once.",
                ended=circles,
                total=total,
                circles=many("circle"),
            ),
        )
    holders = _holders(change)
    if holders >= FROM:
        total = sum(len(before.holders(role)) for role in before.live_roles())
        yield (
            holders,
            total,
            message(
                "{ended} of {total} {holders} lose their place at once.",
                ended=holders,
                total=total,
                holders=many("holder"),
            ),
        )


def _things(change: Change, kinds: frozenset[str]) -> int:
    return len({effect.thing for effect in change.effects if effect.kind in kinds})


def _holders(change: Change) -> int:
    """How many holders are released, by themselves or because their role ends."""
    released: set[tuple[str, str]] = set()
    for effect in change.effects:
        kind, _, narrowing = effect.kind.rpartition(".")
        if narrowing == "ended" and kind in {"assignment", "assignment.core", "role"}:
            released.update((effect.thing, person) for person in effect.subjects)
    return len(released)
