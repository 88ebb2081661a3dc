"""Ensure that somebody holds each core role that a circle needs.

A circle has its core roles so that it can work: somebody prepares its meetings, somebody keeps its
agreements, somebody speaks for it in the wider circle. A vacancy is no mistake, but work that
waits. Choose somebody and write them under `core_roles` in the circle's file; or give the circle a
kind that does without. Optional core roles may stay empty.

A core role whose last holder's term came to an end is told of by the rule `term-over`.

Wrong:

    # circles/house.yaml
    name: House
    kind: anchor
    core_roles:  # <-- here
      facilitator: [sara]

Right:

    # circles/house.yaml
    name: House
    kind: anchor
    core_roles:
      facilitator: [sara]
      secretary: [omar]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.holders import lapsed, open_seats
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "structure"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("circle",)


def check(org: Org, circle: Circle) -> Iterator[Problem]:
    """Look for core roles of a circle without a holder today."""
    kind = org.kind_of(circle)
    if kind is None or not circle.is_live(org.today) or not is_whole(org, circle.path):
        return
    for role in org.core_roles_in.get(circle.id, ()):
        if role.core is None or role.core.optional or role.core.id not in kind.core_roles:
            continue
        if open_seats(org, role) > len(lapsed(org, role)):
            yield Problem(
                path=circle.path,
                pointer=_place(circle, role.core.id),
                on_key=bool(circle.core_roles),
                cause=message("Nobody is {role} of {circle}.", role=role.name, circle=circle.name),
                way_out=message(
                    "Choose somebody, and write under `core_roles`: `{id}: [<person>]`.",
                    id=role.core.id,
                ),
            )


def _place(circle: Circle, id: str) -> Pointer:
    if id in circle.core_roles:
        return ("core_roles", id)
    return ("core_roles",) if circle.core_roles else ()
