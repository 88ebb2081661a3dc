"""Who holds a role: now, next and before, each in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.ages import age, ends_soon
from orgcode.handbook.book import Book
from orgcode.handbook.unnamed import hidden_ref
from orgcode.model.entities import Holding, Role, Text
from orgcode.model.message import Message, message
from orgcode.model.org import Seat
from orgcode.rendering.page import Ref

State = Literal["current", "ending", "planned", "past"]


class Holder(Struct, frozen=True, kw_only=True):
    """One holding as it is shown: who or what, in which state, and its days in words."""

    ref: Ref
    circle: Ref | None = None
    state: State
    span: Message | None
    focus: Text | None
    elected: bool
    hours: float | None
    since: date | None
    until: date | None
    ahead: Message | None
    """How far ahead it begins or ends."""


class Holders(Struct, frozen=True, kw_only=True):
    """The holdings of a role, and how many of its seats are open."""

    now: tuple[Holder, ...]
    next: tuple[Holder, ...]
    before: tuple[Holder, ...]
    open: int
    seats: int


def holders_of(book: Book, role: Role) -> Holders:
    """Everyone in a role, by when."""
    shown = [
        (_state(book, holding), _holder(book, holding, book.refs.person(holding.person)))
        for holding in role.holders
    ]
    return Holders(
        now=_counted(holder for state, holder in shown if state in ("current", "ending")),
        next=_by_day(holder for state, holder in shown if state == "planned"),
        before=tuple(reversed(_by_day(holder for state, holder in shown if state == "past"))),
        open=book.org.open_seats(role) if _is_live(book, role) else 0,
        seats=role.seats,
    )


def seats_of(book: Book, seats: Iterable[Seat]) -> tuple[Holder, ...]:
    """The roles of a person as holdings, each named by its role and circle."""
    shown = [
        _holder(
            book, seat.holding, book.refs.of_role(seat.role), book.refs.circle(seat.role.circle)
        )
        for seat in seats
    ]
    return tuple(sorted(shown, key=lambda holder: (book.label(holder.ref), holder.ref.id)))


def seat_state(book: Book, seat: Seat) -> State:
    """The state of a person's holding today; in what is over it is past."""
    return _state(book, seat.holding) if _is_live(book, seat.role) else "past"


def span(holding: Holding, state: State) -> Message | None:
    """The days of a holding in words."""
    since, until = holding.since, holding.until
    if state in ("planned", "past") and since and until:
        return message("from {since} to {until}", since=since, until=until)
    if state == "planned":
        return message("from {since}", since=since)
    if since and until:
        return message("since {since}, until {until}", since=since, until=until)
    if until:
        return message("until {until}", until=until)
    return message("since {since}", since=since) if since else None


def _holder(book: Book, holding: Holding, ref: Ref, circle: Ref | None = None) -> Holder:
    state = _state(book, holding)
    return Holder(
        ref=ref,
        circle=circle,
        state=state,
        span=span(holding, state),
        focus=holding.focus,
        elected=holding.elected,
        hours=holding.hours,
        since=holding.since,
        until=holding.until,
        ahead=_ahead(book, holding, state),
    )


def _ahead(book: Book, holding: Holding, state: State) -> Message | None:
    day = holding.since if state == "planned" else holding.until
    return age(day, book.today) if day and state != "past" else None


def _state(book: Book, holding: Holding) -> State:
    state = holding.state(book.today)
    if state != "current":
        return state
    person = book.org.people.get(holding.person)
    if person is not None and not person.is_active(book.today):
        return "past"
    return "ending" if ends_soon(holding.until, book.today) else "current"


def _is_live(book: Book, role: Role) -> bool:
    circle = book.org.circles.get(role.circle)
    return role.is_live(book.today) and (circle is None or circle.is_live(book.today))


def _counted(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """Holders, with those who are not shown together at the end, by their number."""
    found = list(holders)
    unnamed = [holder for holder in found if not holder.ref.id]
    if not unnamed:
        return tuple(found)
    number = replace(unnamed[0], ref=hidden_ref("person", len(unnamed)))
    return (*(holder for holder in found if holder.ref.id), number)


def _by_day(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    return tuple(sorted(holders, key=lambda holder: (holder.since or date.min, holder.ref.id)))
