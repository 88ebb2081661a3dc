"""The page of a role, and the overview of all roles by circle."""

from __future__ import annotations

from dataclasses import dataclass

from orgcode.handbook.addresses import OVERVIEWS
from orgcode.handbook.book import Book
from orgcode.handbook.bound import Source, bound
from orgcode.handbook.deciding import Deciding, deciding
from orgcode.handbook.holding import Holders, holders_of
from orgcode.handbook.listing import Entry, objective_entries, tension_entries
from orgcode.handbook.thing import Commons, commons, page_of
from orgcode.model.entities import Circle, Role, Text
from orgcode.model.message import Message
from orgcode.model.span import spoken
from orgcode.rendering.page import Page, Ref, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role as its page shows it."""

    role: Role
    name: Ref
    circle: Ref
    term: Message | None
    holders: Holders
    is_optional: bool
    consult: tuple[Ref, ...]
    consulted_by: tuple[Ref, ...]
    serves: tuple[Ref, ...]
    sources: tuple[Source, ...]
    """What binds whoever holds it, by the circle from which it comes."""
    objectives: tuple[Entry, ...]
    tensions: tuple[Entry, ...]
    deciding: tuple[Deciding, ...]
    commons: Commons


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """A role in the overview."""

    ref: Ref
    purpose: Text | None
    holders: tuple[Ref, ...]
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGroup:
    """The roles of a circle."""

    circle: Ref
    roles: tuple[RoleEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesView:
    """All roles by circle, and those that are over."""

    groups: tuple[RoleGroup, ...]
    over: tuple[Ref, ...]


def role_page(book: Book, role: Role) -> Page:
    """The page of one role or core role."""
    is_live = role.is_live(book.today)
    view = RoleView(
        role=role,
        name=book.refs.of_role(role),
        circle=book.refs.circle(role.circle),
        term=spoken(role.core.term) if role.core and role.core.term else None,
        holders=holders_of(book, role),
        is_optional=role.core is not None and role.core.optional,
        consult=tuple(book.refs.party(party) for party in role.consult),
        consulted_by=book.refs_in_order(
            book.refs.of_role(other) for other in book.index.consulted_by.get(f"role:{role.id}", ())
        ),
        serves=book.refs_in_order(book.refs.circle(id) for id in role.serves),
        sources=bound(book, role) if is_live else (),
        objectives=objective_entries(book, book.index.objectives_of.get(role.id, ())),
        tensions=tension_entries(book, book.index.tensions_from.get(role.id, ())),
        deciding=deciding(book, role) if is_live else (),
        commons=commons(book, role),
    )
    return page_of(
        book,
        "role",
        role,
        view,
        crumbs=book.crumbs(role.circle),
        around=book.around(role.circle),
    )


def roles_page(book: Book) -> Page:
    """The overview: every role under its circle."""
    org = book.org
    groups = tuple(
        group
        for circle in book.in_order(org.live_circles())
        if isinstance(circle, Circle)
        and (group := RoleGroup(circle=book.refs.circle(circle.id), roles=_entries(book, circle)))
        and group.roles
    )
    shown = {entry.ref.id for group in groups for entry in group.roles}
    return Page(
        path=OVERVIEWS["role"],
        template="pages/roles.html",
        title=Word(key="role", many=True, capital=True),
        view=RolesView(
            groups=groups,
            over=book.refs_in_order(
                book.refs.of_role(role) for role in org.every_role.values() if role.id not in shown
            ),
        ),
        crumbs=(book.home(),),
    )


def _entries(book: Book, circle: Circle) -> tuple[RoleEntry, ...]:
    roles = book.org.live_roles_in(circle.id)
    entries = [
        RoleEntry(
            ref=book.refs.of_role(role),
            purpose=role.purpose,
            holders=tuple(book.refs.person(h.person) for h in book.org.holders(role)),
            open=0 if role.core and role.core.optional else book.org.open_seats(role),
        )
        for role in roles
    ]
    return tuple(sorted(entries, key=lambda e: ("/" in e.ref.id, book.key(e.ref), e.ref.id)))
