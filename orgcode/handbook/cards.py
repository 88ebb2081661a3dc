"""A circle in short, so that several can stand side by side."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from orgcode.handbook.book import Book
from orgcode.model.entities import Circle, Role, Text
from orgcode.rendering.page import Ref

_NAMED = 3
"""So many people who lead a circle are named on its card."""


class Card(Struct, frozen=True, kw_only=True):
    """A circle: what it is for, who leads it, and how many are in it."""

    ref: Ref
    purpose: Text | None
    lead: Lead | None
    members: int
    circles: int
    open: int


class Lead(Struct, frozen=True, kw_only=True):
    """The first core role of a circle that somebody holds, and some of its holders."""

    role: Ref
    people: tuple[Ref, ...]
    more: int


def cards(book: Book, circles: Iterable[Circle]) -> tuple[Card, ...]:
    """Circles by name."""
    return tuple(card(book, c) for c in book.in_order(circles) if isinstance(c, Circle))


def card(book: Book, circle: Circle) -> Card:
    """One circle in short."""
    org = book.org
    roles = org.live_roles_in(circle.id)
    return Card(
        ref=book.refs.circle(circle.id),
        purpose=circle.purpose,
        lead=_lead(book, roles),
        members=len(org.members(circle.id)),
        circles=len(org.live_children(circle.id)),
        open=sum(org.open_seats(r) for r in roles if not (r.core and r.core.optional)),
    )


def _lead(book: Book, roles: Iterable[Role]) -> Lead | None:
    for role in roles:
        if role.core is not None:
            people = book.refs_in_order(book.refs.person(h.person) for h in book.org.holders(role))
            if people:
                shown = people[:_NAMED]
                return Lead(
                    role=book.refs.of_role(role), people=shown, more=len(people) - len(shown)
                )
    return None
