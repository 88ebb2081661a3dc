"""Ensure that nothing goes on in a circle that is over.

When a circle ends, its roles, sub-circles, policies and objectives need a place: whoever holds a
role there would work for a circle that is no more, and no one could decide about it. Move them to
another circle, or end them on the same day or before. Decisions that were taken, and objectives
that have a result, may stay.

Only the days in the files count, not today: an end that is planned is found in time too.

Wrong:

    # circles/garden.yaml
    name: Garden
    parent: house
    ended: {on: 2027-04-01, because: The land is sold}

    # roles/gardener.yaml
    name: Gardener
    circle: garden  # <-- here
    purpose: Vegetables

Right:

    # circles/garden.yaml
    name: Garden
    parent: house
    ended: {on: 2027-04-01, because: The land is sold}

    # roles/gardener.yaml
    name: Gardener
    circle: garden
    purpose: Vegetables
    ended: {on: 2027-04-01, because: The land is sold}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.naming import things_in_circles
from orgcode.checking.rule import Group
from orgcode.model.entities import Agreement, Objective, Thing
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"


def check(org: Org) -> Iterator[Problem]:
    """Compare the end of everything with the end of its circle."""
    for circle in org.circles.values():
        if circle.parent and circle.id != org.anchor:
            yield from _outlives(org, circle, circle.parent, "parent")
    for thing in things_in_circles(org):
        if isinstance(thing, Objective) and thing.result:
            continue
        if isinstance(thing, Agreement) and thing.kind == "decision":
            continue
        yield from _outlives(org, thing, thing.circle, "circle")


def _outlives(org: Org, thing: Thing, circle_id: str, key: str) -> Iterator[Problem]:
    circle = org.circles.get(circle_id)
    if circle is None or circle.ended is None or not is_whole(org, thing.path):
        return
    if thing.ended is None or thing.ended.on > circle.ended.on:
        yield Problem(
            path=thing.path,
            pointer=(key,),
            cause=message(
                "The circle “{circle}” is over as of {day}, but this goes on.",
                circle=circle.id,
                day=circle.ended.on,
            ),
            way_out=message(
                "Move it to another circle, or write `ended` here, with a day that is not later."
            ),
        )
