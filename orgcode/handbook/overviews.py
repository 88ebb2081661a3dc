"""The overviews of policies, agreements, objectives, tensions, proposals and free pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from msgspec import Struct

from orgcode.handbook.addresses import FREE_PAGES, OVERVIEWS
from orgcode.handbook.book import Book
from orgcode.handbook.decided import proposals_page
from orgcode.handbook.listing import (
    Entry,
    agreement_entry,
    objective_entry,
    policy_entry,
    tension_entry,
)
from orgcode.handbook.thing import free_refs
from orgcode.handbook.unnamed import hidden_ref, is_hidden
from orgcode.model.entities import Tension, Thing
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref, Word


class Group(Struct, frozen=True, kw_only=True):
    """Entries under a heading; without one, at the top."""

    heading: Ref | Message | None
    entries: tuple[Entry, ...]


class OverviewView(Struct, frozen=True, kw_only=True):
    """All things of a kind, in groups, and what to do where there are none."""

    kind: str
    groups: tuple[Group, ...]
    over: tuple[Entry, ...]
    meaning: str | None


def overview_pages(book: Book) -> Mapping[str, Callable[[], Page]]:
    """The overviews of the kinds that have nothing particular, by path, made when called."""
    return {
        OVERVIEWS["policy"]: partial(_policies_page, book),
        OVERVIEWS["agreement"]: partial(_agreements_page, book),
        OVERVIEWS["objective"]: partial(_objectives_page, book),
        OVERVIEWS["tension"]: partial(_tensions_page, book),
        OVERVIEWS["proposal"]: partial(proposals_page, book),
    }


def _policies_page(book: Book) -> Page:
    policies = book.org.policies.values()
    return _by_circle(book, "policy", ((p.circle, p, policy_entry(book, p)) for p in policies))


def _agreements_page(book: Book) -> Page:
    agreements = book.org.agreements.values()
    entries = ((a.circle, a, agreement_entry(book, a)) for a in agreements)
    return _by_circle(book, "agreement", entries)


def _objectives_page(book: Book) -> Page:
    objectives = book.org.objectives.values()
    entries = ((o.circle, o, objective_entry(book, o)) for o in objectives)
    return _by_circle(book, "objective", entries)


def _tensions_page(book: Book) -> Page:
    tensions = book.org.tensions.values()
    entries = ((_circle_of(book, t), t, tension_entry(book, t)) for t in tensions)
    return _by_circle(book, "tension", entries)


def free_pages_page(book: Book) -> Page:
    """The overview of the organisation's own pages."""
    return Page(
        path=FREE_PAGES,
        template="pages/overview.html",
        title=message("Pages"),
        view=OverviewView(
            kind="page",
            groups=(Group(heading=None, entries=tuple(Entry(ref=ref) for ref in free_refs(book))),),
            over=(),
            meaning=None,
        ),
        crumbs=(book.home(),),
    )


_LOOSE = message("Without {circles}", circles=Word(key="circle", many=True))


def _circle_of(book: Book, tension: Tension) -> str:
    role = book.org.every_role.get(tension.role) if tension.role else None
    return role.circle if role else ""


def _by_circle(book: Book, kind: str, entries: Iterable[tuple[str, Thing, Entry]]) -> Page:
    grouped: dict[str, list[Entry]] = defaultdict(list)
    over = []
    for circle, thing, entry in entries:
        if thing.is_live(book.today) and entry.state != "past":
            grouped["" if is_hidden(circle) else circle].append(entry)
        else:
            over.append(entry)
    circles = book.refs_in_order(book.refs.circle(id) for id in grouped if id)
    groups = [Group(heading=ref, entries=_sorted(book, grouped[ref.id])) for ref in circles]
    if "" in grouped:
        hidden = not book.audience.shows("circle")
        heading = hidden_ref("circle") if hidden else _LOOSE
        groups.append(Group(heading=heading, entries=_sorted(book, grouped[""])))
    return _overview(book, kind, tuple(groups), _sorted(book, over))


def _overview(book: Book, kind: str, groups: tuple[Group, ...], over: tuple[Entry, ...]) -> Page:
    term = book.org.ruleset.vocabulary.get(kind)
    return Page(
        path=OVERVIEWS[kind],
        template="pages/overview.html",
        title=Word(key=kind, many=True, capital=True),
        view=OverviewView(
            kind=kind,
            groups=groups,
            over=over,
            meaning=book.translator.read(term.meaning) if term else None,
        ),
        crumbs=(book.home(),),
    )


def _sorted(book: Book, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (book.key(entry.ref), entry.ref.id)))
