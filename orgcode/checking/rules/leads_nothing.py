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

import re
from collections.abc import Iterator

from orgcode.checking.rule import Group
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable

SEVERITY: Severity = "notice"
GROUP: Group = "people"
DEPENDS_ON_DATE = True

_WORD = re.compile(rb"[a-z0-9-]+")


def check(org: Org) -> Iterator[Problem]:
    """Look for a role that each voting member holds or is going to hold."""
    perhaps = _ids_in_broken_files(org)
    if perhaps is None:
        return
    for person in org.people.values():
        if not org.votes(person) or not org.files[person.path].is_whole:
            continue
        if _leads(org, person.id) or person.id in perhaps:
            continue
        yield Problem(
            path=person.path,
            pointer=("name",),
            cause=message("{person} votes, and holds no role.", person=person.name),
            way_out=message(
                "Agree on a role with {person}; `orgcode list roles --open` shows which are open."
                " Somebody who does not take part in decisions can have a membership that does not"
                " vote.",
                person=person.name,
            ),
        )


def _leads(org: Org, id: str) -> bool:
    return any(
        seat.holding.state(org.today) != "past" and seat.role.is_live(org.today)
        for seat in org.seats_of.get(id, ())
    )


def _ids_in_broken_files(org: Org) -> frozenset[str] | None:
    """Words of role and circle files that could not be read entirely: any of them may be a
    holder. None where such a file could not be opened at all.
    """
    found: set[str] = set()
    for path, facts in org.files.items():
        if facts.kind in {"role", "circle"} and not facts.is_whole:
            content = org.snapshot.read(path)
            if isinstance(content, Unreadable):
                return None
            found.update(word.decode("ascii") for word in _WORD.findall(content))
    return frozenset(found)
