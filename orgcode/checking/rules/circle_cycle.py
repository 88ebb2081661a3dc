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

from orgcode.checking.rule import Group
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"


def check(org: Org) -> Iterator[Problem]:
    """Follow the parents of every circle; name each round once, at its first circle."""
    for cycle in _cycles(org):
        first = org.circles[min(cycle)]
        start = cycle.index(first.id)
        yield Problem(
            path=first.path,
            pointer=("parent",),
            cause=message(
                "These circles stand in each other, in a round: {circles}.",
                circles=(*cycle[start:], *cycle[:start]),
            ),
            way_out=message("Give one of them another `parent`."),
        )


def _cycles(org: Org) -> Iterator[list[str]]:
    done: set[str] = set()
    for circle in org.circles:
        path: dict[str, None] = {}
        here: str | None = circle
        while here and here in org.circles and here not in done and here not in path:
            path[here] = None
            here = None if here == org.anchor else org.circles[here].parent
        if here and here in path:
            way = list(path)
            yield way[way.index(here) :]
        done |= path.keys()
