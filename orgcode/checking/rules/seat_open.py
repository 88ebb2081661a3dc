"""Ensure that open seats are seen: that every seat of a role is held by somebody today.

A role has one seat, or as many as `seats` says. An open seat is no mistake. It is work that nobody
looks after at the moment, and a place for somebody who wants to. Whoever sees it can step forward.

A seat whose last holder's term came to an end is told of by the rule `term-over`, and core roles by
`core-role-missing`.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    seats: 2
    holders: [sara]  # <-- here

    # roles/gardener.yaml  # <-- here
    name: Gardener
    circle: house
    purpose: Vegetables for the whole year

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    seats: 2
    holders: [sara, omar]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.holders import is_live, lapsed, open_seats, person_name
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, many, message, messages, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "people"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("role",)


def check(org: Org, role: Role) -> Iterator[Problem]:
    """Count the seats of a role that nobody holds today."""
    count = open_seats(org, role)
    if count and is_live(org, role):
        count -= len(lapsed(org, role))
        if count:
            yield Problem(
                path=role.path,
                pointer=("holders",) if role.holders else (),
                on_key=bool(role.holders),
                cause=messages(
                    "The {role} {name} has an open {seat}.",
                    "The {role} {name} has {count} open {seats}.",
                    count,
                    role=one("role"),
                    name=role.name,
                    seat=one("seat"),
                    seats=many("seat"),
                ),
                way_out=_way_out(org, role),
            )


def _way_out(org: Org, role: Role) -> Message:
    coming = [h for h in role.holders if h.state(org.today) == "planned" and h.since]
    if coming:
        first = min(coming, key=lambda h: str(h.since))
        return message(
            "{person} is to hold it from {day} on. See whether somebody can look after the work"
            " until then.",
            person=person_name(org, first.person),
            day=first.since,
        )
    return message(
        "Find somebody for it and add them under `holders`; lower `seats` if fewer people are"
        " enough; or give the {role} an `ended` if the work is no longer needed.",
        role=one("role"),
    )
