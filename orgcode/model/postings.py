"""What a file says that others look up from the other end.

A posting is an (index, key) pair: a role in the kitchen has ("role.circle", "kitchen"), so that
the roles of a circle are found without reading all roles. Some carry a note, which is all that
those who look them up need to know. Postings are a pure function of one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from orgcode.model.alike import domain_keys, marks, names_beside
from orgcode.model.entities import (
    Agreement,
    Circle,
    Holding,
    Objective,
    Person,
    Policy,
    Proposal,
    Response,
    Role,
    Tension,
    Text,
    Thing,
)
from orgcode.model.facts import FOLDER_OF
from orgcode.model.links import resolve, targets
from orgcode.model.lookalikes import look

BESIDE = frozenset({"look", "beside", "domain", "mark"})
"""Indices under whose keys a thing looks for others that have the same key as itself, or (`look`)
the look of its own id."""


class Posting(Struct, frozen=True, gc=False):
    """Under which key of which index a file is found."""

    of: str
    key: str
    note: str = ""


def postings(content: Thing | tuple[Response, ...]) -> tuple[Posting, ...]:
    """The postings of what one file holds, each once."""
    if isinstance(content, tuple):
        return tuple(dict.fromkeys(_of_responses(content)))
    return tuple(dict.fromkeys((*_of_any(content), *_of_kind(content))))


def those_beside(index: str, key: str, paths: Iterable[str]) -> Iterator[str]:
    """The files that look for others under a key of `BESIDE`; `paths` have a posting there."""
    if index in BESIDE:
        yield from paths
        if index == "look":
            yield f"{key}.yaml"


def standing(person: Person) -> str:
    """What tells whether somebody takes part and votes on a day: the note of their posting."""
    joined = person.joined_on.isoformat() if person.joined_on else ""
    ended = person.ended.on.isoformat() if person.ended else ""
    return f"{joined} {ended} {person.membership or ''}"


def takes_part(note: str, today: date) -> tuple[bool, str | None]:
    """Whether the person with that standing is active on a day, and their membership."""
    joined, ended, membership = note.split(" ", 2)
    day = today.isoformat()
    return joined <= day and (not ended or day < ended), membership or None


def leaves(note: str) -> bool:
    """Whether the person with that standing has left or is to leave, whatever the day."""
    return note.split(" ", 2)[1] != ""


def is_away(note: str, day: date) -> bool:
    """Whether somebody is away on a day, as the note of their posting says."""
    since, _, until = note.partition(" ")
    return date.fromisoformat(since) <= day and (not until or day <= date.fromisoformat(until))


def _of_any(thing: Thing) -> Iterator[Posting]:
    kind = type(thing).__name__.lower()
    for target in _links(thing):
        yield Posting("link", target)
    for alias in thing.aliases:
        yield Posting("alias", f"{kind}:{alias}")
    if kind in FOLDER_OF and (seen := look(thing.id)) != thing.id:
        yield Posting("look", f"{FOLDER_OF[kind]}/{seen}")
    for name in names_beside(thing):
        yield from _each("beside", name.keys)


def _of_kind(thing: Thing) -> Iterator[Posting]:
    match thing:
        case Circle():
            if thing.parent:
                yield Posting("circle.parent", thing.parent)
            for holdings in thing.core_roles.values():
                yield from _held("circle.holder", holdings)
            yield from _held("circle.member", thing.members)
            yield from _each("circle.former", (former.person for former in thing.former))
            yield from _each("circle.serves", thing.serves)
            if thing.decision_rules:
                yield Posting("circle.rules", "")
            yield from _domains(thing)
        case Role():
            yield Posting("role.circle", thing.circle)
            yield from _held("role.holder", thing.holders)
            yield from _each("role.serves", thing.serves)
            yield from _each("role.consult", thing.consult)
            yield from _domains(thing)
        case Person():
            yield Posting("person", "", standing(thing))
            for away in thing.away:
                until = away.until.isoformat() if away.until else ""
                yield Posting("person.away", "", f"{away.since.isoformat()} {until}")
            yield from _each("mark", marks(thing))
        case Policy():
            yield Posting("policy.circle", thing.circle)
            if thing.domain:
                yield Posting("policy.domain", thing.domain.partition("#")[0])
        case Agreement():
            yield Posting("agreement.circle", thing.circle)
            yield from _each("agreement.between", thing.between)
        case Objective():
            yield Posting("objective.circle", thing.circle)
            if thing.owner:
                yield Posting("objective.owner", thing.owner)
            if thing.parent:
                yield Posting("objective.parent", thing.parent)
        case Tension():
            yield Posting("tension.sensed_by", thing.sensed_by)
            if thing.role:
                yield Posting("tension.role", thing.role)
        case Proposal():
            yield Posting("proposal.proposer", thing.proposer)
            if thing.tension_id:
                yield Posting("proposal.tension", thing.tension_id)


def _of_responses(entries: Iterable[Response]) -> Iterator[Posting]:
    for entry in entries:
        yield Posting("response.proposal", entry.proposal)
        yield Posting("response.person", entry.person)


def _held(index: str, holdings: Iterable[Holding]) -> list[Posting]:
    return _each(index, [holding.person for holding in holdings])


def _each(index: str, keys: Iterable[str]) -> list[Posting]:
    return [Posting(index, key) for key in keys if key]


def _domains(thing: Circle | Role) -> Iterator[Posting]:
    for domain in thing.domains if thing.ended is None else ():
        yield from _each("domain", domain_keys(thing, domain))


def _links(thing: Thing) -> Iterator[str]:
    """The files that the texts of a thing link to."""
    for text in texts_of(thing):
        if "](" in text or "]:" in text:
            for target in targets(text):
                path = resolve(target, thing.path)
                if path and path != thing.path:
                    yield path


def texts_of(thing: Thing) -> Iterator[str]:
    """The texts in which a thing may link to others, in each language."""
    found: list[Text | None] = [thing.notes]
    match thing:
        case Circle():
            found += [thing.strategy, thing.context.text if thing.context else None]
        case Person():
            found.append(thing.about)
        case Policy() | Agreement() | Objective() | Tension():
            found.append(thing.text)
        case Proposal():
            found += [thing.because, thing.example]
    for text in found:
        if isinstance(text, str):
            yield text
        elif text is not None:
            yield from text.values()
