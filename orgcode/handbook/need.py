"""Something that needs attention, and how all that does is put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from orgcode.handbook.addresses import ATTENTION
from orgcode.handbook.book import Book
from orgcode.model.entities import Role
from orgcode.model.message import Message, Word, message
from orgcode.rendering.page import Ref


class Item(Struct, frozen=True, kw_only=True):
    """One thing to look at: what it is, what is known about it, and its state."""

    said: Ref | Message
    detail: Message | None = None
    mark: Message | None = None
    state: str = ""


class Need(Struct, frozen=True, kw_only=True):
    """Things of one sort that need attention, and what to do about them."""

    id: str
    heading: Message
    short: Message
    """The number of them in words."""
    items: tuple[Item, ...]
    to_do: Message
    none: Message

    @property
    def path(self) -> str:
        """Where the page says it."""
        return f"{ATTENTION}#{self.id}"


def by_day(found: Iterable[tuple[date, str, Item]]) -> tuple[Item, ...]:
    """Items, the longest ago first."""
    return tuple(item for *_, item in sorted(found, key=lambda each: each[:2]))


def capital_many(key: str) -> Word:
    """A term for several, at the start of a heading."""
    return Word(key=key, many=True, capital=True)


def role_in_full(book: Book, role: Role) -> Ref | Message:
    """A role with its circle."""
    ref = book.refs.in_full(role)
    if role.core is not None:
        return ref
    return message("{role} in {circle}", role=ref, circle=book.refs.circle(role.circle))
