"""Ensure that a term that is over is followed by a new one, of somebody else or the same person.

After the last day that `until` names, a person no longer holds the role, even if they go on doing
the work. If they are to go on, they are chosen again; if not, the work needs somebody else.

A core role may have a term of its own, such as a year. Where a holder of such a role has only a
first day, `since`, the term counts from there.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - person: sara
        until: 2027-02-28  # <-- here

    # circles/house.yaml, continued
    core_roles:
      secretary:
        - person: omar
          since: 2026-01-15  # <-- here

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - {person: sara, until: 2027-02-28}
      - {person: omar, since: 2027-03-01}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.holders import called, is_live, lapsed, person_name
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org
from orgcode.model.span import last_day, spoken

SEVERITY: Severity = "warning"
GROUP: Group = "time"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("role", "core-role")


def check(org: Org, role: Role) -> Iterator[Problem]:
    """Look for open seats whose last holder's term ended, and for terms exceeded."""
    if not role.holders or not is_live(org, role):
        return
    for holding in lapsed(org, role):
        yield Problem(
            path=role.path,
            pointer=(*holding.pointer, "until"),
            cause=message(
                "The {term} of {person} as {role} ended on {day}, and the {seat} is open.",
                term=one("term"),
                seat=one("seat"),
                person=person_name(org, holding.person),
                role=called(org, role),
                day=holding.until,
            ),
            way_out=message(
                "Choose who holds the {role} now, and add them as a new entry with `since`; it"
                " may be the same person again.",
                role=one("role"),
            ),
        )
    if role.core is not None and role.core.term is not None:
        yield from _exceeded(org, role, role.core.term)


def _exceeded(org: Org, role: Role, term: str) -> Iterator[Problem]:
    for holding in org.holders(role):
        if holding.since is None or holding.until is not None:
            continue
        if last_day(holding.since, term) < org.today:
            yield Problem(
                path=role.path,
                pointer=(*holding.pointer, "since"),
                cause=message(
                    "{person} holds {role} since {day}, longer than its {term} ({span}).",
                    person=person_name(org, holding.person),
                    role=called(org, role),
                    day=holding.since,
                    term=one("term"),
                    span=spoken(term),
                ),
                way_out=message(
                    "Choose again who holds the {role}: give this entry an `until`, and add a new"
                    " one with `since`; it may be the same person again.",
                    role=one("role"),
                ),
            )
