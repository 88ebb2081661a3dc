"""Ensure that nobody holds the same role twice at the same time.

A person who stands twice in a list of holders takes up two seats, and hides that one of them is
open. Someone who holds a role again after a pause may stand there again, with days that do not
overlap; someone who looks after two parts of the work writes both under `focus`.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - {person: sara, since: 2026-01-01, until: 2027-03-31}
      - {person: sara, since: 2027-03-31}  # <-- here

    # circles/house.yaml, continued
    members:
      - omar
      - omar  # <-- here

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - {person: sara, since: 2026-01-01, until: 2027-03-31}
      - {person: sara, since: 2027-04-01}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orgcode.checking.holders import called, holdings_of, person_name
from orgcode.checking.overlap import Period, overlaps
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle, Holding, Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "people"
FOR: tuple[Subject, ...] = ("circle", "role", "core-role")


def check(org: Org, thing: Circle | Role) -> Iterator[Problem]:
    """Look for overlapping periods of one person in one list."""
    holdings = holdings_of(thing)
    if len(holdings) < 2:
        return
    by_person: dict[str, list[Period[Holding]]] = defaultdict(list)
    for holding in holdings:
        by_person[holding.person].append(Period(holding, holding.since, holding.until))
    for person, periods in by_person.items():
        for _, second in overlaps(periods) if len(periods) > 1 else ():
            yield Problem(
                path=thing.path,
                pointer=second.pointer,
                cause=message(
                    "{person} is listed twice under {of} for the same time.",
                    person=person_name(org, person),
                    of=called(org, thing),
                ),
                way_out=message(
                    "Take one of the two away, or give them days that do not overlap with"
                    " `since` and `until`."
                ),
            )
