"""Ensure that nobody holds more roles than can be looked after: seven at most.

A role wants some attention every week. With more than seven, core roles included, hardly anybody
has that for all of them: work is left undone without anyone having said so, and the knowledge of
many parts sits in one head. See together which role can pass to somebody else, or which two are
one.

Wrong:

    # org.yaml, continued
    core_roles:
      buying: {name: Buying}
      cooking: {name: Cooking}
      cleaning: {name: Cleaning}
      garden: {name: Garden}

    # people/sara.yaml
    name: Sara  # <-- here

    # circles/house.yaml, continued
    core_roles:
      lead: [sara]
      representative: [sara]
      facilitator: [sara]
      secretary: [sara]
      buying: [sara]
      cooking: [sara]
      cleaning: [sara]
      garden: [sara]

Right:

    # circles/house.yaml, continued
    core_roles:
      facilitator: [sara]
      secretary: [omar]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Person
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import many, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "notice"
GROUP: Group = "people"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("person",)

MOST = 7
"""A role each weekday and two to spare; more have no day of the week to themselves."""


def check(org: Org, person: Person) -> Iterator[Problem]:
    """Count the roles that a person holds today."""
    if len(org.seats_of.get(person.id, ())) <= MOST:
        return
    count = len({seat.role.id for seat in org.current_seats(person.id)})
    if count > MOST:
        yield Problem(
            path=person.path,
            pointer=("name",),
            cause=message(
                "{person} holds {count} {roles}, which is more than {most}.",
                roles=many("role"),
                person=person.name,
                count=count,
                most=MOST,
            ),
            way_out=message(
                "See with {person} which {role} can pass to somebody else, or which {roles} can"
                " become one.",
                role=one("role"),
                roles=many("role"),
                person=person.name,
            ),
        )
