"""The first page: what the organisation is for, what is open, and where to find what."""

from __future__ import annotations

from dataclasses import dataclass

from orgcode.handbook.addresses import HELP, HOME, WHO_DECIDES
from orgcode.handbook.ages import SOON
from orgcode.handbook.book import Book
from orgcode.handbook.holding import seats_of
from orgcode.handbook.listing import Entry
from orgcode.handbook.thing import free_refs
from orgcode.model.entities import Circle, Organisation, Text
from orgcode.model.message import Message, message
from orgcode.model.org import Seat
from orgcode.rendering.page import Page, Ref

_A_FEW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody who comes into a role or leaves it."""

    person: Ref
    sentence: Message
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The organisation as its first page shows it."""

    organisation: Organisation | None
    purpose: Text | None
    anchor: Ref | None
    circles: tuple[Entry, ...]
    more_circles: int
    number_of: dict[str, int]
    overviews: dict[str, Ref]
    open_seats: tuple[Ref, ...]
    more_open: int
    changes: tuple[Change, ...]
    more_changes: int
    tensions: tuple[Ref, ...]
    more_tensions: int
    free_pages: tuple[Ref, ...]
    who_decides: Ref
    help: Ref
    in_force: bool


def home_page(book: Book) -> Page:
    """The first page."""
    org = book.org
    organisation = org.organisation
    anchor = org.circles.get(org.anchor) if org.anchor else None
    top = org.live_children(anchor.id) if anchor else tuple(org.live_circles())
    open_seats = [
        role
        for role in org.live_roles()
        if org.open_seats(role) and not (role.core and role.core.optional)
    ]
    changes = _changes(book)
    tensions = [
        book.refs.thing("tension", tension.id)
        for tension in org.tensions.values()
        if tension.closed is None and tension.is_live(book.today)
    ]
    view = HomeView(
        organisation=organisation,
        purpose=organisation.purpose if organisation else None,
        anchor=book.refs.circle(anchor.id) if anchor else None,
        circles=tuple(
            Entry(ref=book.refs.circle(circle.id), line=circle.purpose)
            for circle in book.in_order(top)
            if isinstance(circle, Circle)
        )[: 2 * _A_FEW],
        more_circles=max(0, len(top) - 2 * _A_FEW),
        number_of={
            "circle": sum(1 for _ in org.live_circles()),
            "role": sum(1 for _ in org.live_roles()),
            "person": sum(1 for _ in org.active_people()),
            "policy": sum(1 for p in org.policies.values() if p.is_live(book.today)),
        },
        overviews={
            kind: book.overview(kind) for kind in ("circle", "role", "person", "policy", "tension")
        },
        open_seats=book.refs_in_order(book.refs.in_full(role) for role in open_seats)[:_A_FEW],
        more_open=max(0, len(open_seats) - _A_FEW),
        changes=changes[:_A_FEW],
        more_changes=max(0, len(changes) - _A_FEW),
        tensions=book.refs_in_order(tensions)[:_A_FEW],
        more_tensions=max(0, len(tensions) - _A_FEW),
        free_pages=free_refs(book),
        who_decides=Ref(label=message("Who decides what"), path=WHO_DECIDES),
        help=Ref(label=message("Help"), path=HELP),
        in_force=organisation is not None and organisation.rules_in_force_since is not None,
    )
    return Page(
        path=HOME,
        template="pages/home.html",
        title=organisation.name if organisation else message("Handbook"),
        view=view,
        file="org.yaml",
    )


def _changes(book: Book) -> tuple[Change, ...]:
    """Who comes into a role or whose term ends, in the days that count as soon, by day."""
    found = []
    for role in book.org.live_roles():
        for holding in role.holders:
            person = book.org.people.get(holding.person)
            if person is None or not person.is_live(book.today):
                continue
            shown = seats_of(book, (Seat(role, holding),))[0]
            names = {"person": book.refs.person(person.id), "role": book.refs.in_full(role)}
            if shown.state == "planned" and holding.since:
                if (holding.since - book.today).days <= SOON:
                    said = message("{person} holds {role} from {day}.", day=holding.since, **names)
                    found.append((holding.since, person.id, role.id, said, "planned"))
            elif shown.state == "ending" and holding.until:
                said = message("{person} holds {role} until {day}.", day=holding.until, **names)
                found.append((holding.until, person.id, role.id, said, "ending"))
    return tuple(
        Change(person=book.refs.person(person), sentence=said, state=state)
        for _, person, _, said, state in sorted(found, key=lambda change: change[:3])
    )
