"""Ensure that everyone who votes leads something: that they hold a role.

In an organisation with distributed leadership everyone leads a part of the work. Whoever takes part
in decisions and holds no role carries nothing of it, often because nobody thought of it. Ask the
person which work they do already, and give it the form of a role; or find an open seat with
`orgcode list roles --open`.

It does not count here that somebody is a member of a circle. Whoever has been planned for a role,
or has a membership that does not vote, is left out.

Wrong:

    # people/omar.yaml
    name: Omar  # <-- here

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders: [sara]

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders:
      - sara
      - {person: omar, since: 2027-04-01}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Person
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "notice"
GROUP: Group = "people"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("person",)


def check(org: Org, person: Person) -> Iterator[Problem]:
    """Look for a role that a voting member holds or is going to hold."""
    if _leads(org, person.id) or not org.votes(person) or not is_whole(org, person.path):
        return
    perhaps = org.kept("perhaps holders", lambda: org.words_in_broken("role", "circle"))
    if perhaps is None or person.id in perhaps:
        return
    yield Problem(
        path=person.path,
        pointer=("name",),
        cause=message("{person} votes, and holds no {role}.", person=person.name, role=one("role")),
        way_out=message(
            "Agree on {role:a} with {person}; `orgcode list roles --open` shows which are open."
            " Somebody who does not take part in decisions can have a membership that does not"
            " vote.",
            person=person.name,
            role=one("role"),
        ),
    )


def _leads(org: Org, id: str) -> bool:
    return any(
        seat.holding.state(org.today) != "past" and seat.role.is_live(org.today)
        for seat in org.seats_of.get(id, ())
    )
