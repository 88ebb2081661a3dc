"""The words of the organisation: those of its ruleset, and its kinds of circle and the like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from orgcode.handbook.addresses import GLOSSARY
from orgcode.handbook.book import Book
from orgcode.model.entities import Text
from orgcode.model.message import Message, message, messages
from orgcode.model.ruleset import Term
from orgcode.model.span import spoken
from orgcode.rendering.page import Page, Ref, Word


class Explained(Struct, frozen=True, kw_only=True):
    """A word of the vocabulary with what it means."""

    key: str
    word: Word
    term: Term


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of circle, of policy or of membership, or a core role, with what it means."""

    id: str
    name: Text
    meaning: Text | Message
    details: tuple[Text | Message, ...] = ()
    points: tuple[Text, ...] = ()


class GlossaryView(Struct, frozen=True, kw_only=True):
    """The vocabulary in the order of the language, and the kinds of things there are."""

    words: tuple[Explained, ...]
    circle_kinds: tuple[Kind, ...]
    core_roles: tuple[Kind, ...]
    policy_kinds: tuple[Kind, ...]
    memberships: tuple[Kind, ...]
    ruleset: str


def glossary_page(book: Book) -> Page:
    """Every word of the ruleset's vocabulary, and every kind with its meaning."""
    vocabulary = book.org.ruleset.vocabulary
    words = sorted(
        (
            Explained(key=key, word=Word(key=key, capital=True), term=term)
            for key, term in vocabulary.items()
        ),
        key=lambda explained: (book.key(Ref(label=explained.word)), explained.key),
    )
    return Page(
        path=GLOSSARY,
        template="pages/glossary.html",
        title=message("Glossary"),
        view=GlossaryView(
            words=tuple(words),
            circle_kinds=_in_order(book, _circle_kinds(book)),
            core_roles=_in_order(book, _core_roles(book)),
            policy_kinds=_in_order(book, _policy_kinds(book)),
            memberships=_in_order(book, _memberships(book)),
            ruleset=book.org.ruleset.id,
        ),
        crumbs=(book.home(),),
    )


def _circle_kinds(book: Book) -> Iterable[Kind]:
    org = book.org
    default = org.ruleset.default_circle_kind
    number = Counter(circle.kind or default for circle in org.live_circles())
    for kind in org.circle_kinds.values():
        names = tuple(
            org.core_role_kinds[id].name for id in kind.core_roles if id in org.core_role_kinds
        )
        has = message("Has {core_roles}.", core_roles=names) if names else _NO_CORE_ROLES
        yield Kind(
            id=kind.id,
            name=kind.name,
            meaning=kind.description or _UNEXPLAINED,
            details=(has, _number(number[kind.id])),
        )


def _core_roles(book: Book) -> Iterable[Kind]:
    for core in book.org.core_role_kinds.values():
        details: list[Text | Message] = []
        if core.term:
            details.append(message("Chosen for {time}.", time=spoken(core.term)))
        if core.in_parent:
            details.append(
                message(
                    "Also among the {members} one level up.",
                    members=Word(key="member", many=True),
                )
            )
        if core.stands_in == "parent":
            details.append(message("Who holds it is decided one level up."))
        if core.optional:
            details.append(message("It may stay unfilled."))
        yield Kind(
            id=core.id,
            name=core.name,
            meaning=core.purpose or _UNEXPLAINED,
            details=tuple(details),
            points=core.accountabilities,
        )


def _policy_kinds(book: Book) -> Iterable[Kind]:
    today = book.today
    number = Counter(p.kind for p in book.org.policies.values() if p.is_live(today))
    for id, name in book.org.ruleset.policy_kinds.items():
        yield Kind(
            id=id,
            name=name,
            meaning=_POLICY_KINDS.get(id, _UNEXPLAINED),
            details=(_number(number[id]),),
        )


def _memberships(book: Book) -> Iterable[Kind]:
    number = Counter(person.membership for person in book.org.active_people())
    for kind in book.org.memberships.values():
        votes = message("Has a vote.") if kind.votes else message("Has no vote.")
        yield Kind(id=kind.id, name=kind.name, meaning=votes, details=(_number(number[kind.id]),))


def _number(count: int) -> Message:
    return messages("There is one today.", "There are {count} today.", count)


def _in_order(book: Book, kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    return tuple(sorted(kinds, key=lambda kind: (book.key(Ref(label=kind.name)), kind.id)))


_UNEXPLAINED = message("Nothing is written down about what it means.")
_NO_CORE_ROLES = message(
    "Has no {core_roles} of its own.", core_roles=Word(key="core_role", many=True)
)
_POLICY_KINDS: Mapping[str, Message] = {
    "constraint": message("Sets a limit that everybody keeps to."),
    "authority": message("Lets somebody spend, sign or decide something on behalf of all."),
    "access": message("Says who may use or enter something, and how."),
    "process": message("Says how something is done."),
    "statutes": message("What we are in law, and by which rules our members decide."),
    "bylaws": message("Works out what the statutes leave open."),
    "budget": message("Says how much may go to what in a year."),
    "charter": message(
        "Says what a {circle} is there for, who is in it, and how it decides.",
        circle=Word(key="circle"),
    ),
    "conduct": message("Says how we treat each other, and what happens when somebody does not."),
}
"""What the kinds mean that the rulesets have."""
