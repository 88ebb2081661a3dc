"""Ensure that every circle but the anchor circle says in which circle it stands.

A circle without a `parent` hangs in the air: nobody can say who decides about its purpose, and no
lead or representative carries anything to another circle and back. Name its parent; if it is to be
the circle that holds the whole, name it as `anchor` in org.yaml.

Wrong:

    # circles/garden.yaml  # <-- here
    name: Garden
    purpose: Vegetables

Right:

    # circles/garden.yaml
    name: Garden
    purpose: Vegetables
    parent: house
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("circle",)


def check(org: Org, circle: Circle) -> Iterator[Problem]:
    """Look for a parent."""
    if circle.parent is not None or circle.id == org.anchor or not is_whole(org, circle.path):
        return
    if org.anchor and org.is_known("circle", org.anchor):
        yield Problem(
            path=circle.path,
            cause=message(
                "The {circle} “{id}” stands in no other {circle}.",
                circle=one("circle"),
                id=circle.id,
            ),
            way_out=message(
                "Name its `parent`, as in `parent: {id}`; only the {anchor} has none.",
                id=org.anchor,
                anchor=one("anchor_circle"),
            ),
        )
