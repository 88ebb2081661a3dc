"""Ensure that the end of a term is seen in time: two months ahead, while nobody is to follow.

A choice that is made calmly takes two monthly meetings: one to look back and hear who is willing,
one to choose. As soon as the role has enough holders for the day after, because somebody else is
planned or the same person was chosen again, this is done.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - person: sara
        until: 2027-04-15  # <-- here

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - {person: sara, until: 2027-04-15}
      - {person: omar, since: 2027-04-16}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from orgcode.checking.holders import called, is_live, person_name
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "notice"
GROUP: Group = "time"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("role", "core-role")

AHEAD = timedelta(days=60)
"""Long enough for two monthly meetings."""


def check(org: Org, role: Role) -> Iterator[Problem]:
    """Look for terms that end soon without enough holders for the day after."""
    for holding in role.holders:
        until = holding.until
        if until is None or not org.today <= until <= org.today + AHEAD:
            continue
        if not org.holds(holding) or not is_live(org, role):
            continue
        after = until + timedelta(days=1)
        if not role.is_live(after):
            continue
        if sum(other.state(after) == "current" for other in role.holders) < role.seats:
            yield Problem(
                path=role.path,
                pointer=(*holding.pointer, "until"),
                cause=message(
                    "The {term} of {person} as {role} ends on {day}, and nobody is to follow.",
                    term=one("term"),
                    person=person_name(org, holding.person),
                    role=called(org, role),
                    day=until,
                ),
                way_out=message(
                    "Choose in time who holds the {role} from {after} on, and add them with"
                    " `since: {after_written}`; it may be the same person again.",
                    role=one("role"),
                    after=after,
                    after_written=after.isoformat(),
                ),
            )
