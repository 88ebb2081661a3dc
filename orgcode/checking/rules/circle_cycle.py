"""Ensure that no circle stands, by way of others, in itself.

When the garden stands in the kitchen and the kitchen in the garden, neither belongs to the whole,
and whoever looks for the wider circle goes round forever. Give one of them another `parent`.

Wrong:

    # circles/garden.yaml
    name: Garden
    parent: kitchen  # <-- here

    # circles/kitchen.yaml
    name: Kitchen
    parent: garden

Right:

    # circles/garden.yaml
    name: Garden
    parent: house

    # circles/kitchen.yaml
    name: Kitchen
    parent: garden
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import many, message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("circle",)


def check(org: Org, circle: Circle) -> Iterator[Problem]:
    """Follow the parents of a circle; a round is named once, at its first circle."""
    if circle.parent is None or circle.id == org.anchor:
        return
    way = tuple(above.id for above in org.path_to_anchor(circle.id))
    last = org.circles[way[-1]]
    if last.parent == circle.id and last.id != org.anchor and circle.id == min(way):
        yield Problem(
            path=circle.path,
            pointer=("parent",),
            cause=message(
                "These {circles} stand in each other, in a round: {names}.",
                circles=many("circle"),
                names=way,
            ),
            way_out=message("Give one of them another `parent`."),
        )
