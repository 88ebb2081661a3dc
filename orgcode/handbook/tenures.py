"""Who held which role from when to when, as the history tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from orgcode.handbook.book import Book
from orgcode.handbook.discretion import ref_of
from orgcode.model.chronicle import Tenure
from orgcode.model.entities import Person, Role
from orgcode.rendering.page import Ref

FEW = 12
"""So many stand open; those before them are folded."""


class TenureLine(Struct, frozen=True, kw_only=True):
    """One holding: who or what, and its days."""

    ref: Ref
    since: date
    is_stated: bool
    """Whether the file names the first day; else it is when it was written down."""
    until: date | None
    is_now: bool


class Tenures(Struct, frozen=True, kw_only=True):
    """All holdings, the latest first; `older` are folded."""

    lines: tuple[TenureLine, ...]
    older: tuple[TenureLine, ...]


def held_by(book: Book, person: Person) -> Tenures | None:
    """What a person held; None where that cannot be told."""
    if book.past is None or not (book.audience.shows("role") and book.audience.shows("circle")):
        return None
    return _tenures(_lines(book, book.past.held_by(person.id), "role"))


def held_in(book: Book, role: Role) -> Tenures | None:
    """Who held a role; None where that cannot be told."""
    if book.past is None or not book.audience.shows("person"):
        return None
    found = (one for one in book.past.held_in(role.path) if one.role == role.id)
    return _tenures(_lines(book, found, "person"))


def _is_on(book: Book, tenure: Tenure) -> bool:
    """Whether somebody who is here holds it today."""
    person = book.org.people.get(tenure.person)
    is_here = person is not None and person.is_active(book.today)
    has_begun = tenure.since <= book.today
    return is_here and has_begun and (tenure.until is None or book.today <= tenure.until)


def _tenures(lines: Iterable[TenureLine]) -> Tenures:
    found = tuple(lines)
    return Tenures(lines=found[:FEW], older=found[FEW:])


def _lines(book: Book, tenures: Iterable[Tenure], named: str) -> Iterator[TenureLine]:
    for one in tenures:
        id = one.person if named == "person" else one.role
        ref = ref_of(book, named, id)
        if ref is None:
            if book.audience.hidden:
                continue
            ref = Ref(label=id, kind=named, id=id)
        elif named == "role":
            ref = book.refs.in_full(book.org.every_role[id])
        yield TenureLine(
            ref=ref,
            since=one.since,
            is_stated=one.is_stated,
            until=one.until,
            is_now=not ref.is_over and _is_on(book, one),
        )
