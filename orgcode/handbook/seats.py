"""Seats that are open, and terms that are over or end soon, among what needs attention."""

from __future__ import annotations

from datetime import date, timedelta

from orgcode.checking.holders import lapsed
from orgcode.handbook.ages import age, ends_soon
from orgcode.handbook.book import Book
from orgcode.handbook.need import Item, Need, by_day, role_in_full
from orgcode.model.entities import Role
from orgcode.model.message import Message, message, messages


def open_seats(book: Book) -> Need:
    """Seats that nobody holds, and whose last holder's term did not just end."""
    found = [
        (role, count)
        for role in book.org.live_roles()
        if not (role.core and role.core.optional)
        and (count := book.org.open_seats(role) - len(lapsed(book.org, role))) > 0
    ]
    found.sort(key=lambda each: _place(book, each[0]))
    return Need(
        id="open-seats",
        heading=message("Open seats"),
        short=messages("{count} open seat", "{count} open seats", sum(count for _, count in found)),
        items=tuple(
            Item(
                said=role_in_full(book, role),
                detail=_planned(book, role),
                mark=messages("one open seat", "{count} open seats", count),
                state="open",
            )
            for role, count in found
        ),
        to_do=message(
            "An open seat is work that nobody looks after, and a place for somebody who wants to. "
            "Whoever does, proposes it."
        ),
        none=message("Every seat is taken."),
    )


def terms(book: Book) -> Need:
    """Terms that are over with nobody after them, and those that end soon in the same way."""
    today = book.today
    found: list[tuple[date, str, Item]] = []
    for role in book.org.live_roles():
        for holding in lapsed(book.org, role) if role.holders else ():
            if holding.until is not None and not (role.core and role.core.optional):
                said = message(
                    "The term of {person} as {role} ended on {day}.",
                    person=book.refs.person(holding.person),
                    role=role_in_full(book, role),
                    day=holding.until,
                )
                item = Item(said=said, detail=_planned(book, role), mark=_OVER, state="past")
                found.append((holding.until, role.id, item))
        for holding in role.holders:
            until = holding.until
            if until is None or not ends_soon(until, today) or not book.org.holds(holding):
                continue
            after = until + timedelta(days=1)
            if sum(other.state(after) == "current" for other in role.holders) < role.seats:
                said = message(
                    "The term of {person} as {role} ends on {day}, and nobody is to follow.",
                    person=book.refs.person(holding.person),
                    role=role_in_full(book, role),
                    day=until,
                )
                found.append(
                    (until, role.id, Item(said=said, mark=age(until, today), state="ending"))
                )
    return Need(
        id="terms",
        heading=message("Terms that are over or end soon"),
        short=messages(
            "{count} term that is over or ends soon",
            "{count} terms that are over or end soon",
            len(found),
        ),
        items=by_day(found),
        to_do=message(
            "Choose in time who comes next, and write it down with the day on which it begins. It "
            "may be the same person again."
        ),
        none=message("No term ends in the coming two months without somebody to follow."),
    )


def _planned(book: Book, role: Role) -> Message | None:
    """Who is to hold a role next."""
    coming = [h for h in role.holders if h.state(book.today) == "planned" and h.since]
    if not coming:
        return None
    first = min(coming, key=lambda holding: (holding.since or date.max, holding.person))
    return message(
        "{person} is to hold it from {day} on.",
        person=book.refs.person(first.person),
        day=first.since,
    )


def _place(book: Book, role: Role) -> tuple[str, str, str]:
    return (book.key(book.refs.circle(role.circle)), role.circle, role.id)


_OVER = message("over")
