"""List the things of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from orgcode.actions.addressing import find_thing, things_of
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import read_org
from orgcode.model.entities import (
    Agreement,
    Circle,
    Objective,
    Person,
    Proposal,
    Role,
    Tension,
    Text,
    Thing,
)
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import Kind
from orgcode.model.message import message
from orgcode.model.org import Org

_Found = TypeVar("_Found", bound=Thing)

WORDS: Mapping[Kind, tuple[str, ...]] = {
    "circle": ("circle", "circles", "kring", "kringen", "cirkel", "cirkels"),
    "role": ("role", "roles", "rol", "rollen"),
    "person": ("person", "people", "persons", "persoon", "personen", "mens", "mensen"),
    "policy": ("policy", "policies", "afspraak", "afspraken", "beleid"),
    "agreement": ("agreement", "agreements", "overeenkomst", "overeenkomsten"),
    "objective": ("objective", "objectives", "doel", "doelen", "doelstelling", "doelstellingen"),
    "tension": ("tension", "tensions", "spanning", "spanningen"),
    "proposal": ("proposal", "proposals", "voorstel", "voorstellen"),
}
"""What each kind may be called, besides the words of the organisation's own ruleset."""


class Listing(Struct, frozen=True, kw_only=True):
    """The things that were asked for; and, to say why there are none, how many there are at all:
    live ones of the kind, and ones that are over.
    """

    org: Org
    kind: Kind
    things: tuple[Thing, ...]
    live: int
    over: int
    circle: Circle | None
    person: Person | None
    open: bool


def list_things(
    directory: Path,
    today: date,
    kind: str,
    *,
    circle: str | None = None,
    person: str | None = None,
    open: bool = False,
    at: str | None = None,
    progress: Progress = silent,
) -> Listing:
    """The live things of a kind (a word in Dutch, English, or of the ruleset), by id.

    `circle` keeps what stands in a circle, `person` what is a person's, `open` what waits for
    something: roles with an open seat, tensions, objectives and proposals without an end.
    """
    org = read_org(directory, today, at=at, progress=progress)
    which = _kind_called(org, kind)
    if open and which not in {"role", "tension", "objective", "proposal", "circle"}:
        raise OrgcodeError(
            message("{kind} are neither open nor closed.", kind=kind),
            message("Leave out --open."),
        )
    of_circle = _filter(org, circle, "circles", Circle)
    of_person = _filter(org, person, "people", Person)
    every = sorted(things_of(org, which).values(), key=lambda thing: thing.id)
    live = [thing for thing in every if _is_live(org, thing)]
    chosen = [
        thing
        for thing in live
        if (of_circle is None or of_circle.id in _circles_of(org, thing))
        and (of_person is None or of_person.id in _people_of(org, thing))
        and (not open or _is_open(org, thing))
    ]
    return Listing(
        org=org,
        kind=which,
        things=tuple(chosen),
        live=len(live),
        over=len(every) - len(live),
        circle=of_circle,
        person=of_person,
        open=open,
    )


def _kind_called(org: Org, word: str) -> Kind:
    names: dict[str, Kind] = {word: kind for kind, words in WORDS.items() for word in words}
    for kind in WORDS:
        if term := org.ruleset.vocabulary.get(kind):
            for said in (*term.one.values(), *term.many.values()):
                names.setdefault(said.lower(), kind)
    asked = word.lower()
    if asked in names:
        return names[asked]
    near = get_close_matches(asked, names, n=1)
    raise OrgcodeError(
        message("There is no kind of thing called {name}.", name=word),
        message("Did you mean {name}?", name=near[0])
        if near
        else message("Choose from: {choices}.", choices=_choices(org)),
    )


def _choices(org: Org) -> tuple[Text, ...]:
    terms = org.ruleset.vocabulary
    return tuple(terms[kind].many if kind in terms else words[1] for kind, words in WORDS.items())


def _filter(org: Org, text: str | None, folder: str, type_: type[_Found]) -> _Found | None:
    if text is None:
        return None
    address = text if "/" in text else f"{folder}/{text}"
    found = find_thing(org, address).thing
    if not isinstance(found, type_):
        raise OrgcodeError(
            message("{name} is something else.", name=text),
            message("Give an address that begins with {folder}/.", folder=folder),
        )
    return found


def _is_live(org: Org, thing: Thing) -> bool:
    if isinstance(thing, Person):
        return thing.is_active(org.today)
    if isinstance(thing, Role):
        circle = org.circles.get(thing.circle)
        return thing.is_live(org.today) and (circle is None or circle.is_live(org.today))
    return thing.is_live(org.today)


def _circles_of(org: Org, thing: Thing) -> tuple[str, ...]:
    match thing:
        case Circle():
            return (thing.parent or "",)
        case Person():
            return org.circles_of.get(thing.id, ())
        case Tension() | Proposal():
            role = org.every_role.get(thing.role or "")
            return (role.circle,) if role else ()
    return (str(getattr(thing, "circle", "")),)


def _people_of(org: Org, thing: Thing) -> Iterator[str]:
    match thing:
        case Circle():
            yield from org.members(thing.id)
        case Role():
            yield from (holding.person for holding in org.holders(thing))
        case Person():
            yield thing.id
        case Agreement():
            yield from thing.between
        case Objective():
            owner = org.every_role.get(thing.owner or "")
            yield from (holding.person for holding in org.holders(owner)) if owner else ()
        case Tension():
            yield thing.sensed_by
        case Proposal():
            yield thing.proposer


def _is_open(org: Org, thing: Thing) -> bool:
    match thing:
        case Circle():
            return any(org.open_seats(role) for role in org.live_roles_in(thing.id))
        case Role():
            return org.open_seats(thing) > 0
        case Tension():
            return thing.closed is None
        case Objective():
            return thing.result is None
        case Proposal():
            return thing.outcome is None
    return True
