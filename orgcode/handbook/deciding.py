"""Who decides, as pages show it: what, in which way, by whom, and where the rule stands."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from orgcode.handbook.book import Book
from orgcode.law.sentences import sentence, way_out, where_it_stands
from orgcode.law.who_decides import Decision, together
from orgcode.model.entities import AGREEMENT_KINDS, Text, Thing
from orgcode.model.message import Message
from orgcode.rendering.page import Ref

NAMED = 12
"""Electorates up to this size are named one by one."""


class Deciding(Struct, frozen=True, kw_only=True):
    """What is decided in one way: the matters, the sentences, and the people as of today."""

    about: tuple[Message, ...]
    decides: Message
    stuck: Message | None
    origin: Message
    people: tuple[Ref, ...]
    number: int
    """How many they are; 0 where that cannot be told from what is shown."""
    only: tuple[Text | Ref | Message, ...] = ()
    """For which things alone, where the rule is not for all of the kind."""


def deciding(book: Book, thing: Thing) -> tuple[Deciding, ...]:
    """Everything that is decided about a thing; matters decided alike stand together."""
    of = f"{thing.path} {thing.id}"
    found = book.org.latest("who decides", of, lambda: book.law.who_decides(thing))
    return gathered(book, found)


def gathered(book: Book, decisions: Iterable[Decision]) -> tuple[Deciding, ...]:
    """Decisions, with those that are made alike in one."""
    alike: dict[tuple[object, ...], list[Decision]] = {}
    for decision in decisions:
        voters = decision.electorate
        key = (
            (decision.level, decision.path, decision.pointer, decision.circle),
            (voters.people, voters.passed_to),
        )
        alike.setdefault(key, []).append(decision)
    return tuple(_deciding(book, same) for same in alike.values())


def _deciding(book: Book, same: list[Decision]) -> Deciding:
    """Kept, since the things of a circle have the same rules and people."""
    first = same[0]
    people = first.electorate.people
    of = (first.level, first.path, first.pointer, first.circle, first.match.name, people)
    about = [repr(decision.about) for decision in same]
    name = f"deciding.{book.translator.language}:{first.circle}:{of}:{about}"
    return book.org.kept(name, lambda: _made(book, same))


def _made(book: Book, same: list[Decision]) -> Deciding:
    first = same[0]
    people = first.electorate.people
    return Deciding(
        about=together(decision.about for decision in same),
        decides=sentence(book.org, first),
        stuck=way_out(book.org, first),
        origin=where_it_stands(book.org, first.match),
        people=book.refs_in_order(book.refs.person(person) for person in people)
        if len(people) <= NAMED and book.audience.shows("person")
        else (),
        number=len(people) if _is_certain(book, first) else 0,
        only=tuple(_meant(book, field, value) for field, value in first.rule.where.items()),
    )


def _is_certain(book: Book, decision: Decision) -> bool:
    """Whether all are known who decide: what is not shown may affect more people."""
    hidden = {"policy", "agreement", "objective", "tension"} & set(book.audience.hidden)
    return not hidden or "affected" not in decision.rule.way.of


def _meant(book: Book, field: str, value: str) -> Text | Ref | Message:
    """The value of a `where`, as people call it."""
    org = book.org
    match field:
        case "circle":
            return book.refs.circle(value)
        case "core_role" if value in org.core_role_kinds:
            return org.core_role_kinds[value].name
        case "membership" if value in org.memberships:
            return org.memberships[value].name
        case "kind" if value in org.ruleset.policy_kinds:
            return org.ruleset.policy_kinds[value]
        case "kind" if value in org.circle_kinds:
            return org.circle_kinds[value].name
        case "kind" if value in AGREEMENT_KINDS:
            return AGREEMENT_KINDS[value]
    return value
