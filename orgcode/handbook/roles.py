"""The page of a role, and the overview of all roles by circle."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.addresses import OVER, OVERVIEWS
from orgcode.handbook.book import Book
from orgcode.handbook.bound import Source, bound
from orgcode.handbook.deciding import Deciding, deciding
from orgcode.handbook.holding import Holders, holders_of
from orgcode.handbook.listing import Entry, objective_entries, tension_entries
from orgcode.handbook.tenures import Tenures, held_in
from orgcode.handbook.thing import Commons, commons, page_of
from orgcode.handbook.unnamed import together
from orgcode.model.entities import Role, Text
from orgcode.model.message import Message, message
from orgcode.model.span import spoken
from orgcode.rendering.page import Page, Ref, Word

_MANY = 300
"""From more roles on the overview shows their names alone, without core roles."""
_TOO_MANY = 3000
"""From more roles on it shows how many each circle has."""


class RoleView(Struct, frozen=True, kw_only=True):
    """A role as its page shows it."""

    role: Role
    name: Ref
    circle: Ref
    term: Message | None
    holders: Holders
    over_time: Tenures | None
    """Everybody who ever held it; None where that cannot be told."""
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


class RoleEntry(Struct, frozen=True, kw_only=True):
    """A role in the overview."""

    ref: Ref
    purpose: Text | None
    holders: tuple[Ref, ...]
    open: int


class RoleGroup(Struct, frozen=True, kw_only=True):
    """The roles of a circle, or their number."""

    circle: Ref
    roles: tuple[RoleEntry, ...]
    number: int


class RolesView(Struct, frozen=True, kw_only=True):
    """All roles by circle, and those that are over."""

    groups: tuple[RoleGroup, ...]
    number: int
    is_brief: bool
    """Whether there are so many that only their names are shown, without core roles."""
    is_count: bool
    """Whether there are so many that each circle only says how many."""
    over: int
    past: Ref


def role_page(book: Book, role: Role) -> Page:
    """The page of one role or core role."""
    is_live = role.is_live(book.today)
    view = RoleView(
        role=role,
        name=replace(book.refs.of_role(role), path=None, is_over=False),
        circle=book.refs.circle(role.circle),
        term=spoken(role.core.term) if role.core and role.core.term else None,
        holders=holders_of(book, role),
        over_time=held_in(book, role),
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
    number = sum(1 for role in org.live_roles() if role.core is None)
    brief, counts = number > _MANY, number > _TOO_MANY
    groups = []
    for circle in book.in_order(org.live_circles()):
        roles = [r for r in org.live_roles_in(circle.id) if not brief or r.core is None]
        if roles:
            entries = () if counts else _entries(book, roles)
            ref = book.refs.circle(circle.id)
            if counts and ref.path:
                ref = replace(ref, path=f"{ref.path}#roles")
            groups.append(RoleGroup(circle=ref, roles=entries, number=len(roles)))
    live = {circle.id for circle in org.live_circles()}
    return Page(
        path=OVERVIEWS["role"],
        template="pages/roles.html",
        title=Word(key="role", many=True, capital=True),
        view=RolesView(
            groups=tuple(groups),
            number=number,
            is_brief=brief,
            is_count=counts,
            over=sum(
                not role.is_live(book.today) or role.circle not in live
                for role in org.roles.values()
            ),
            past=Ref(label=message("What is over"), path=f"{OVER}#role"),
        ),
        crumbs=(book.home(),),
    )


def _entries(book: Book, roles: Iterable[Role]) -> tuple[RoleEntry, ...]:
    entries = [
        RoleEntry(
            ref=book.refs.of_role(role),
            purpose=role.purpose,
            holders=tuple(together(book.refs.person(h.person) for h in book.org.holders(role))),
            open=0 if role.core and role.core.optional else book.org.open_seats(role),
        )
        for role in roles
    ]
    return tuple(sorted(entries, key=lambda e: ("/" in e.ref.id, book.key(e.ref), e.ref.id)))
