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

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from orgcode.checking.entries import entries
from orgcode.checking.rule import Group, Subject
from orgcode.checking.things import thing_at
from orgcode.model.alike import account_mark, email_mark, key_mark, marks
from orgcode.model.entities import Person
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "people"
FOR: tuple[Subject, ...] = ("person",)


class _Mark(NamedTuple):
    """Something by which a person is known, how it is called, and where it stands."""

    mark: str
    text: str
    pointer: Pointer


def check(org: Org, person: Person) -> Iterator[Problem]:
    """Look for each mark of a person at others whose days in the organisation overlap."""
    shared = [mark for mark in marks(person) if len(org.beside("mark", mark, person.path)) > 1]
    told: set[Pointer] = set()
    for mark, text, pointer in _marks(org, person) if shared else ():
        place = pointer[:2]  # login and id of one account: once
        if mark in shared and place not in told and (first := _first(org, person, mark)):
            told.add(place)
            yield Problem(
                path=person.path,
                pointer=pointer,
                cause=message(
                    "{text} belongs to {second} here, and to {first} in {path}.",
                    text=text,
                    second=person.name,
                    first=first.name,
                    path=first.path,
                ),
                way_out=message(
                    "Leave it with the person it belongs to; if both files are about the same"
                    " person, keep one of them."
                ),
            )


def _first(org: Org, person: Person, mark: str) -> Person | None:
    """Somebody with the same mark who was there before, and at the same time."""
    begin = (_begin(person), person.path)
    for path, _ in org.beside("mark", mark, person.path):
        other = thing_at(org, path)
        if not isinstance(other, Person) or (_begin(other), path) >= begin:
            continue
        if _begin(person) <= _end(other):
            return other
    return None


def _begin(person: Person) -> date:
    return person.joined_on or date.min


def _end(person: Person) -> date:
    """The last day of a person in the organisation."""
    return person.ended.on - timedelta(days=1) if person.ended else date.max


def _marks(org: Org, person: Person) -> Iterator[_Mark]:
    facts = org.files[person.path]
    for pointer, account in entries(facts, "accounts", "*"):
        forge = str(pointer[-1])
        for key in ("login", "id"):
            if text := account.get(key):
                mark = account_mark(forge, key, str(text))
                yield _Mark(mark, f"{forge}: {text}", (*pointer, key))
    for _, top in entries(facts):
        emails = top.get("emails")
        for place, email in enumerate(emails if isinstance(emails, list | tuple) else ()):
            if email:
                yield _Mark(email_mark(str(email)), str(email), ("emails", place))
    for pointer, item in entries(facts, "keys", "*"):
        if text := item.get("key"):
            mark = key_mark(str(text))
            yield _Mark(mark, mark.removeprefix("key "), (*pointer, "key"))
