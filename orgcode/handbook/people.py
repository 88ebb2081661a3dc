"""The page of a person, and the overview of everyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.addresses import ATTENTION, OVER, OVERVIEWS
from orgcode.handbook.book import Book
from orgcode.handbook.bound import Source, bound
from orgcode.handbook.deciding import Deciding, deciding
from orgcode.handbook.holding import Holder, seat_state, seats_of, span
from orgcode.handbook.listing import Entry, agreement_entries, letter_of, tension_entries
from orgcode.handbook.tenures import Tenures, held_by
from orgcode.handbook.thing import Commons, commons, page_of
from orgcode.model.entities import Account, Away, Circle, Domain, Holding, Person, Text
from orgcode.model.message import Message, message
from orgcode.model.org import Seat
from orgcode.rendering.page import Page, Ref, Word

_MANY = 120
"""From more people on the overview shows their names alone, by letter."""
_PROFILES = {
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "codeberg": "https://codeberg.org/{}",
}


class OwnDomain(Struct, frozen=True, kw_only=True):
    """What a person decides alone, and in which role."""

    role: Ref
    domains: tuple[Domain, ...]


class Asking(Struct, frozen=True, kw_only=True):
    """Whom a person asks before deciding, and in which role."""

    role: Ref
    parties: tuple[Ref, ...]


class FormerIn(Struct, frozen=True, kw_only=True):
    """A circle that remembers a person, as what and when."""

    circle: Ref
    role: Ref | None
    span: Message | None


class Contact(Struct, frozen=True, kw_only=True):
    """An account by which a person is reached."""

    forge: str
    login: str
    url: str | None


class PersonView(Struct, frozen=True, kw_only=True):
    """A person as their page shows them."""

    person: Person
    name: Ref
    membership: Text | None
    is_active: bool
    votes: bool
    away: Away | None
    now: tuple[Holder, ...]
    next: tuple[Holder, ...]
    before: tuple[Holder, ...]
    over_time: Tenures | None
    """Every role that they ever held; None where that cannot be told."""
    former: tuple[FormerIn, ...]
    alone: tuple[OwnDomain, ...]
    asks: tuple[Asking, ...]
    asked_by: tuple[Ref, ...]
    open_seats: Ref
    sources: tuple[Source, ...]
    """What binds the person, by the circle from which it comes."""
    contacts: tuple[Contact, ...]
    languages: tuple[str, ...]
    circles: tuple[Ref, ...]
    agreements: tuple[Entry, ...]
    tensions: tuple[Entry, ...]
    proposals: tuple[Ref, ...]
    responded_to: tuple[Ref, ...]
    deciding: tuple[Deciding, ...]
    commons: Commons


class PersonEntry(Struct, frozen=True, kw_only=True):
    """A person in the overview."""

    ref: Ref
    roles: tuple[Ref, ...]
    is_away: bool


class Letter(Struct, frozen=True, kw_only=True):
    """The people whose names begin alike."""

    letter: str
    people: tuple[PersonEntry, ...]


class PeopleView(Struct, frozen=True, kw_only=True):
    """Everyone who takes part, who will, and who did."""

    now: tuple[Letter, ...]
    number: int
    is_brief: bool
    """Whether there are so many that only their names are shown."""
    next: tuple[Ref, ...]
    before: int
    over: Ref


def person_page(book: Book, person: Person) -> Page:
    """The page of one person."""
    org = book.org
    seats = org.seats_of.get(person.id, ())
    states = [(seat_state(book, seat), seat) for seat in seats]
    kind = org.memberships.get(person.membership) if person.membership else None
    current = org.current_seats(person.id)
    view = PersonView(
        person=person,
        name=replace(book.refs.person(person.id), path=None, is_over=False),
        membership=kind.name if kind else person.membership,
        is_active=person.is_active(book.today),
        votes=org.votes(person),
        away=next(
            (
                away
                for away in person.away
                if away.since <= book.today and (away.until is None or book.today <= away.until)
            ),
            None,
        ),
        now=seats_of(book, (seat for state, seat in states if state in ("current", "ending"))),
        next=seats_of(book, (seat for state, seat in states if state == "planned")),
        before=seats_of(book, (seat for state, seat in states if state == "past")),
        over_time=held_by(book, person),
        former=tuple(_former(book, person)),
        alone=tuple(
            OwnDomain(role=book.refs.of_role(seat.role), domains=seat.role.domains)
            for seat in current
            if seat.role.domains
        ),
        asks=tuple(
            Asking(
                role=book.refs.of_role(seat.role),
                parties=tuple(book.refs.party(party) for party in seat.role.consult),
            )
            for seat in current
            if seat.role.consult
        ),
        asked_by=_asked_by(book, person, current),
        open_seats=Ref(label=message("Open seats"), path=f"{ATTENTION}#open-seats"),
        sources=bound(book, person),
        contacts=tuple(_contact(account) for account in person.accounts),
        languages=tuple(book.translator.language_name(code) for code in person.languages),
        circles=book.refs_in_order(
            book.refs.circle(id) for id in org.circles_of.get(person.id, ())
        ),
        agreements=agreement_entries(book, book.index.agreements_between.get(person.id, ())),
        tensions=tension_entries(book, book.index.tensions_by.get(person.id, ())),
        proposals=book.refs_in_order(
            book.refs.thing("proposal", p.id) for p in book.index.proposals_by.get(person.id, ())
        ),
        responded_to=book.refs_in_order(
            book.refs.thing("proposal", id)
            for id in {r.proposal for r in book.index.responses_of.get(person.id, ())}
        ),
        deciding=deciding(book, person) if person.is_live(book.today) else (),
        commons=commons(book, person),
    )
    return page_of(book, "person", person, view, crumbs=(book.home(), book.overview("person")))


def people_page(book: Book) -> Page:
    """The overview: everyone by name."""
    letters: dict[str, list[PersonEntry]] = {}
    later: list[Ref] = []
    number = before = 0
    is_brief = sum(1 for _ in book.org.active_people()) > _MANY
    for person in book.in_order(book.org.people.values()):
        assert isinstance(person, Person)  # noqa: S101 (what went in comes out)
        ref = book.refs.person(person.id)
        if person.is_active(book.today):
            number += 1
            letters.setdefault(letter_of(book, ref) if is_brief else "", []).append(
                PersonEntry(
                    ref=ref,
                    roles=()
                    if is_brief
                    else book.refs_in_order(
                        {
                            seat.role.id: book.refs.in_full(seat.role)
                            for seat in book.org.current_seats(person.id)
                        }.values()
                    ),
                    is_away=person.is_away(book.today),
                )
            )
        elif person.is_live(book.today):
            later.append(ref)
        else:
            before += 1
    return Page(
        path=OVERVIEWS["person"],
        template="pages/people.html",
        title=Word(key="person", many=True, capital=True),
        view=PeopleView(
            now=tuple(
                Letter(letter=letter, people=tuple(people)) for letter, people in letters.items()
            ),
            number=number,
            is_brief=is_brief,
            next=tuple(later),
            before=before,
            over=Ref(label=message("What is over"), path=f"{OVER}#person"),
        ),
        crumbs=(book.home(),),
    )


def _former(book: Book, person: Person) -> Iterator[FormerIn]:
    circles = book.index.former_in.get(person.id, ())
    for circle in book.in_order(circles):
        for former in circle.former if isinstance(circle, Circle) else ():
            if former.person == person.id:
                days = Holding(person=person.id, since=former.since, until=former.until)
                yield FormerIn(
                    circle=book.refs.circle(circle.id),
                    role=book.refs.role(former.role) if former.role else None,
                    span=span(days, "past"),
                )


def _asked_by(book: Book, person: Person, seats: Iterable[Seat]) -> tuple[Ref, ...]:
    """The roles that ask this person, by name or in a role, before they decide."""
    consulted_by = book.index.consulted_by
    keys = dict.fromkeys((person.id, *(f"role:{seat.role.id}" for seat in seats)))
    found = {role.id: role for key in keys for role in consulted_by.get(key, ())}
    return book.refs_in_order(
        book.refs.of_role(role) for role in found.values() if role.is_live(book.today)
    )


def _contact(account: Account) -> Contact:
    profile = _PROFILES.get(account.forge)
    return Contact(
        forge=account.forge,
        login=account.login,
        url=profile.format(account.login) if profile and account.login.isascii() else None,
    )
