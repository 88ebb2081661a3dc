"""Ensure that no two people have the same account, e-mail address or key.

By these orgcode knows who said something. If two people shared one, each could speak as the other,
and one person could count twice. This also holds for somebody who left: where the days on which two
people belong to the organisation overlap, they may share none of these. Somebody who comes back
keeps their old file.

Capitals make no difference in the name of an account or in an address, and the remark at the end
of a key makes none there.

Wrong:

    # people/sara.yaml
    name: Sara
    accounts:
      github: {login: house-kitchen}
    emails: [kitchen@example.org]

    # people/omar.yaml
    name: Omar
    joined_on: 2026-01-01
    accounts:
      github: {login: House-Kitchen}  # <-- here
    emails: [Kitchen@example.org]  # <-- here

Right:

    # people/sara.yaml
    name: Sara
    accounts:
      github: {login: sara}
    emails: [sara@example.org]

    # people/omar.yaml
    name: Omar
    accounts:
      github: {login: omar}
    emails: [omar@example.org]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from orgcode.checking.entries import entries
from orgcode.checking.overlap import Period, overlaps
from orgcode.checking.rule import Group
from orgcode.model.entities import Person
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "people"


class _Mark(NamedTuple):
    """Something by which a person is known, and where it stands."""

    person: Person
    pointer: Pointer
    text: str


def check(org: Org) -> Iterator[Problem]:
    """Look for one mark at two people whose days in the organisation overlap."""
    marked: dict[tuple[str, str], list[Period[_Mark]]] = defaultdict(list)
    for person in org.people.values():
        until = person.ended.on - timedelta(days=1) if person.ended else None
        for known_by, mark in _marks(org, person):
            marked[known_by].append(Period(mark, person.joined_on, until))
    told: set[tuple[str, Pointer]] = set()
    for periods in marked.values():
        if len(periods) < 2:
            continue
        for first, second in overlaps(periods):
            place = (second.person.path, second.pointer[:2])  # login and id of one account: once
            if first.person is not second.person and place not in told:
                told.add(place)
                yield _problem(first.person, second)


def _problem(first: Person, second: _Mark) -> Problem:
    return Problem(
        path=second.person.path,
        pointer=second.pointer,
        cause=message(
            "{text} belongs to {second} here, and to {first} in {path}.",
            text=second.text,
            second=second.person.name,
            first=first.name,
            path=first.path,
        ),
        way_out=message(
            "Leave it with the person it belongs to; if both files are about the same person, keep"
            " one of them."
        ),
    )


def _marks(org: Org, person: Person) -> Iterator[tuple[tuple[str, str], _Mark]]:
    facts = org.files[person.path]
    for pointer, account in entries(facts, "accounts", "*"):
        forge = str(pointer[-1])
        for key in ("login", "id"):
            if text := account.get(key):
                known_by = (f"{forge} {key}", str(text).casefold())
                yield known_by, _Mark(person, (*pointer, key), f"{forge}: {text}")
    for _, top in entries(facts):
        emails = top.get("emails")
        for place, email in enumerate(emails if isinstance(emails, list | tuple) else ()):
            if email:
                known_by = ("email", str(email).casefold())
                yield known_by, _Mark(person, ("emails", place), str(email))
    for pointer, item in entries(facts, "keys", "*"):
        if text := item.get("key"):
            kind, _, rest = str(text).partition(" ")
            known_by = ("key", f"{kind} {rest.split(' ')[0]}")
            yield known_by, _Mark(person, (*pointer, "key"), known_by[1])
