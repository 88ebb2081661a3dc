"""Ensure that the anchor circle is the top of the organisation.

Every circle stands in another one, its parent; only the anchor circle, which org.yaml names, holds
the whole and stands in none. That is how one can tell, for everything, who decides when a circle
cannot. Take `parent` out of the anchor circle, or name another circle under `anchor` in org.yaml.

Wrong:

    # circles/house.yaml
    name: House
    parent: garden  # <-- here

    # circles/garden.yaml
    name: Garden
    parent: house

Right:

    # circles/house.yaml
    name: House

    # circles/garden.yaml
    name: Garden
    parent: house
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("circle",)


def check(org: Org, circle: Circle) -> Iterator[Problem]:
    """Look at the circle that org.yaml names."""
    if circle.id != org.anchor:
        return
    if circle.parent:
        yield Problem(
            path=circle.path,
            pointer=("parent",),
            cause=message(
                "“{id}” is the {anchor}, but stands in another {circle}.",
                anchor=one("anchor_circle"),
                circle=one("circle"),
                id=circle.id,
            ),
            way_out=message(
                "Take `parent` out, or name another {circle} as `anchor` in org.yaml.",
                circle=one("circle"),
            ),
        )
    if circle.ended:
        yield Problem(
            path=circle.path,
            pointer=("ended",),
            cause=message(
                "“{id}” is the {anchor}, but is to end.", anchor=one("anchor_circle"), id=circle.id
            ),
            way_out=message(
                "Take `ended` out, or name another {circle} as `anchor` in org.yaml.",
                circle=one("circle"),
            ),
        )
