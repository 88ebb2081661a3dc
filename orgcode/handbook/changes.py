"""Who comes into a role and who leaves it, in the order of the days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from orgcode.handbook.ages import SOON, age, ends_soon
from orgcode.handbook.book import Book
from orgcode.model.entities import Role
from orgcode.model.message import Message, message
from orgcode.rendering.page import Ref


class Change(Struct, frozen=True, kw_only=True):
    """Somebody who comes into a role or leaves it."""

    person: Ref
    sentence: Message
    when: Message
    state: str


def changes(book: Book, roles: Iterable[Role], *, all_planned: bool = False) -> tuple[Change, ...]:
    """Who comes and goes in the days that count as soon; `all_planned`: who comes later too."""
    found: list[tuple[date, str, str, Message, str]] = []
    for role in roles:
        if not role.holders:
            continue
        for holding in role.holders:
            state = holding.state(book.today)
            if state == "planned" and holding.since:
                if not all_planned and (holding.since - book.today).days > SOON:
                    continue
                day, template, mark = holding.since, _COMES, "planned"
            elif state == "current" and holding.until and ends_soon(holding.until, book.today):
                day, template, mark = holding.until, _GOES, "ending"
            else:
                continue
            person = book.org.people.get(holding.person)
            if person is None or not person.is_live(book.today):
                continue
            said = Message(
                id=template.id,
                arguments={
                    "person": book.refs.person(person.id),
                    "role": book.refs.of_role(role) if all_planned else book.refs.in_full(role),
                    "day": day,
                },
            )
            found.append((day, person.id, role.id, said, mark))
    return tuple(
        Change(
            person=book.refs.person(person),
            sentence=said,
            when=age(day, book.today),
            state=state,
        )
        for day, person, _, said, state in sorted(found, key=lambda change: change[:3])
    )


_COMES = message("{person} holds {role} from {day}.")
_GOES = message("{person} holds {role} until {day}.")
