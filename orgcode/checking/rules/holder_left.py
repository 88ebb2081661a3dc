"""Ensure that nobody holds a role or belongs to a circle after having left.

Somebody who left keeps their file, with `ended`. From that day on they hold nothing, so every role
that they still stand in looks held while nobody looks after it. Write their last day as `until`
behind each role and membership, in the same change that ends their own file.

Only the days in the files count, not today: a departure that is planned is found in time too.

Wrong:

    # people/omar.yaml
    name: Omar
    ended: {on: 2027-06-01, because: Moves to another town}

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - sara
      - omar  # <-- here

    # circles/house.yaml, continued
    members:
      - person: omar
        until: 2027-06-01  # <-- here

Right:

    # people/omar.yaml
    name: Omar
    ended: {on: 2027-06-01, because: Moves to another town}

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - sara
      - {person: omar, until: 2027-05-31}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from orgcode.checking.holders import called, holdings_of, over_on
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle, Holding, Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "people"
FOR: tuple[Subject, ...] = ("circle", "role", "core-role")


def check(org: Org, thing: Circle | Role) -> Iterator[Problem]:
    """Compare the end of every holding with the day on which its person left."""
    for holding in holdings_of(thing):
        person = org.people.get(holding.person)
        if person is None or person.ended is None:
            continue
        last_day = person.ended.on - timedelta(days=1)
        if _last_day(holding, over_on(org, thing)) > last_day:
            until = ("until",) if holding.until else ()
            yield Problem(
                path=thing.path,
                pointer=(*holding.pointer, *until),
                cause=message(
                    "{person} is gone from {day} on, as their own file says, but is listed"
                    " under {of} for longer.",
                    person=person.name,
                    day=person.ended.on,
                    of=called(org, thing),
                ),
                way_out=message(
                    "Write `until: {last_day}` here or an earlier day, or correct `ended` in"
                    " {path} if that is wrong.",
                    last_day=last_day.isoformat(),
                    path=person.path,
                ),
            )


def _last_day(holding: Holding, over: date | None) -> date:
    return min(holding.until or date.max, over - timedelta(days=1) if over else date.max)
