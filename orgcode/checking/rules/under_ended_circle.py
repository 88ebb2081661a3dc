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
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Agreement, Circle, Objective, Policy, Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("circle", "role", "policy", "agreement", "objective")


def check(org: Org, thing: Circle | Role | Policy | Agreement | Objective) -> Iterator[Problem]:
    """Compare the end of a thing with the end of its circle."""
    if isinstance(thing, Circle):
        key, circle_id = "parent", None if thing.id == org.anchor else thing.parent
    else:
        key, circle_id = "circle", thing.circle
    circle = org.circles.get(circle_id) if circle_id else None
    if circle is None or circle.ended is None or _may_stay(thing) or not is_whole(org, thing.path):
        return
    if thing.ended is None or thing.ended.on > circle.ended.on:
        yield Problem(
            path=thing.path,
            pointer=(key,),
            cause=message(
                "The {circle} “{id}” is over as of {day}, but this goes on.",
                circle=one("circle"),
                id=circle.id,
                day=circle.ended.on,
            ),
            way_out=message(
                "Move it to another {circle}, or write `ended` here, with a day that is not later.",
                circle=one("circle"),
            ),
        )


def _may_stay(thing: Circle | Role | Policy | Agreement | Objective) -> bool:
    if isinstance(thing, Objective):
        return thing.result is not None
    return isinstance(thing, Agreement) and thing.kind == "decision"
