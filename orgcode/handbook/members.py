"""Who is in a circle and who was, as its page shows them."""

from __future__ import annotations

from msgspec import Struct

from orgcode.handbook.book import Book
from orgcode.handbook.holding import span
from orgcode.handbook.unnamed import hidden_ref, is_hidden
from orgcode.model.entities import Circle, Holding
from orgcode.model.message import Message
from orgcode.rendering.page import Ref


class Member(Struct, frozen=True, kw_only=True):
    """A member of a circle, with the roles that make them one."""

    ref: Ref
    roles: tuple[Ref, ...]


class FormerLine(Struct, frozen=True, kw_only=True):
    """Somebody who was in the circle."""

    ref: Ref
    role: Ref | None
    span: Message | None


def members_of(book: Book, circle: Circle) -> tuple[Member, ...]:
    """The members of a circle by name, and how many there are that are not shown."""
    org = book.org
    here = {circle.id, *(child.id for child in org.live_children(circle.id))}
    found = []
    members = org.members(circle.id)
    for person in members:
        if is_hidden(person):
            continue
        roles = [
            seat.role
            for seat in org.current_seats(person)
            if seat.role.circle == circle.id
            or (seat.role.circle in here and seat.role.core and seat.role.core.in_parent)
        ]
        found.append(
            Member(
                ref=book.refs.person(person),
                roles=book.refs_in_order(
                    book.refs.of_role(role) if role.circle == circle.id else book.refs.in_full(role)
                    for role in roles
                ),
            )
        )
    found.sort(key=lambda member: (book.key(member.ref), member.ref.id))
    if unnamed := len(members) - len(found):
        found.append(Member(ref=hidden_ref("person", unnamed), roles=()))
    return tuple(found)


def former_of(book: Book, circle: Circle) -> tuple[FormerLine, ...]:
    """Who was in a circle, as its file lists them."""
    return tuple(
        FormerLine(
            ref=book.refs.person(former.person),
            role=book.refs.role(former.role)
            if former.role and (former.role in book.org.every_role or is_hidden(former.role))
            else (Ref(label=former.role) if former.role else None),
            span=span(
                Holding(person=former.person, since=former.since, until=former.until), "past"
            ),
        )
        for former in circle.former
    )
