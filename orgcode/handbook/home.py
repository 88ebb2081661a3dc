"""The first page: what the organisation is for, what is open, and where to find what."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from orgcode.handbook.addresses import (
    ATTENTION,
    DIARY,
    GLOSSARY,
    HOME,
    OVER,
    WHO_DECIDES,
    WHO_JUDGES,
)
from orgcode.handbook.attention import needs
from orgcode.handbook.book import Book
from orgcode.handbook.cards import Card, cards
from orgcode.handbook.changes import Change, changes
from orgcode.handbook.decided import open_refs
from orgcode.handbook.diary import lately
from orgcode.handbook.free import guide_address
from orgcode.handbook.need import Need
from orgcode.handbook.story import Step, story
from orgcode.handbook.thing import free_refs
from orgcode.model.entities import Circle, CircleKind, Organisation, Text
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref

_A_FEW = 8
_LATELY = 4
_SIDE_BY_SIDE = 24
"""From more circles on they stand by kind."""
_BRIEF = 12
"""From more circles of a kind on they stand by name and number alone."""


class CardGroup(Struct, frozen=True, kw_only=True):
    """Circles of one kind; without a heading where all stand together."""

    heading: Text | Message | None
    cards: tuple[Card, ...]
    is_brief: bool


class Question(Struct, frozen=True, kw_only=True):
    """Something that people often come to ask, with the page that answers it."""

    ask: Message
    page: Ref


class HomeView(Struct, frozen=True, kw_only=True):
    """The organisation as its first page shows it."""

    organisation: Organisation | None
    purpose: Text | None
    anchor: Card | None
    groups: tuple[CardGroup, ...]
    deeper: int
    """How many circles lie deeper than those that are shown."""
    number_of: dict[str, int]
    overviews: dict[str, Ref]
    needs: tuple[Need, ...]
    attention: Ref
    proposals: tuple[Ref, ...]
    """Those that are open, the latest first."""
    more_proposals: int
    all_proposals: Ref
    open_seats: tuple[Ref, ...]
    more_open: int
    changes: tuple[Change, ...]
    more_changes: int
    questions: tuple[Question, ...]
    free_pages: tuple[Ref, ...]
    lately: tuple[Step, ...]
    diary: Ref
    in_force: bool


def home_page(book: Book) -> Page:
    """The first page."""
    org = book.org
    organisation = org.organisation
    anchor = org.circles.get(org.anchor) if org.anchor else None
    top = org.live_children(anchor.id) if anchor else tuple(org.live_circles())
    number = {
        "circle": sum(1 for _ in org.live_circles()),
        "role": sum(1 for _ in org.live_roles()),
        "person": sum(1 for _ in org.active_people()),
        "policy": sum(1 for p in org.policies.values() if p.is_live(book.today)),
    }
    open_seats = [
        role
        for role in org.live_roles()
        if org.open_seats(role) and not (role.core and role.core.optional)
    ]
    open_proposals = open_refs(book)
    soon = changes(book, org.live_roles())
    top_cards = cards(book, (anchor,) if anchor and not top else top)
    view = HomeView(
        organisation=organisation,
        purpose=organisation.purpose if organisation else None,
        anchor=cards(book, (anchor,))[0] if anchor and top else None,
        groups=_groups(book, top, top_cards),
        deeper=number["circle"] - len(top) - (1 if anchor else 0),
        number_of=number,
        overviews={kind: book.overview(kind) for kind in number},
        needs=tuple(need for need in needs(book) if need.items),
        attention=Ref(label=message("What needs attention"), path=ATTENTION),
        proposals=open_proposals[:_A_FEW],
        more_proposals=max(0, len(open_proposals) - _A_FEW),
        all_proposals=book.overview("proposal"),
        open_seats=book.refs_in_order(book.refs.in_full(role) for role in open_seats)[:_A_FEW],
        more_open=max(0, len(open_seats) - _A_FEW),
        changes=soon[:_A_FEW],
        more_changes=max(0, len(soon) - _A_FEW),
        questions=_questions(),
        free_pages=free_refs(book),
        lately=lately(book, _LATELY),
        diary=Ref(label=message("Diary"), path=DIARY),
        in_force=organisation is not None and organisation.rules_in_force_since is not None,
    )
    return Page(
        path=HOME,
        template="pages/home.html",
        title=organisation.name if organisation else message("Handbook"),
        view=view,
        file="org.yaml",
        story=None if book.audience.hidden else story(book, "org.yaml", "org"),
    )


def _groups(
    book: Book, circles: Iterable[Circle], shown: tuple[Card, ...]
) -> tuple[CardGroup, ...]:
    """The circles together, or by kind where there are many of several kinds."""
    kinds = {circle.id: kind for circle in circles if (kind := book.org.kind_of(circle))}
    by_id = {kind.id: kind for kind in kinds.values()}
    if len(shown) <= _SIDE_BY_SIDE or len(by_id) < 2:
        brief = len(shown) > _SIDE_BY_SIDE
        return (CardGroup(heading=None, cards=shown, is_brief=brief),) if shown else ()
    found: dict[str, list[Card]] = {}
    for card in shown:
        kind = kinds.get(card.ref.id)
        found.setdefault(kind.id if kind else "", []).append(card)
    in_order = sorted(found, key=lambda kind: (-sum(card.circles for card in found[kind]), kind))
    return tuple(
        CardGroup(
            heading=_heading(by_id[id], len(found[id])) if id in by_id else None,
            cards=tuple(found[id]),
            is_brief=len(found[id]) > _BRIEF,
        )
        for id in in_order
    )


def _heading(kind: CircleKind, number: int) -> Text | Message:
    """What so many circles of a kind are called, above the number of them."""
    if number == 1:
        return kind.name
    return kind.plural or message("Of the kind {kind}", kind=kind.name)


def _questions() -> tuple[Question, ...]:
    return (
        Question(
            ask=message("Who decides on somebody who wants to join?"),
            page=Ref(label=message("Who decides what"), path=f"{WHO_DECIDES}#person"),
        ),
        Question(
            ask=message("Who can appoint, release or bind whom?"),
            page=Ref(label=message("Who judges whom"), path=WHO_JUDGES),
        ),
        Question(
            ask=message("What is no longer there, and since when?"),
            page=Ref(label=message("What is over"), path=OVER),
        ),
        Question(
            ask=message("What do the words mean?"),
            page=Ref(label=message("Glossary"), path=GLOSSARY),
        ),
        Question(
            ask=message("How do I get something changed?"),
            page=Ref(label=message("Help"), path=guide_address("the-files.md")),
        ),
    )
