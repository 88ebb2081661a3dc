"""What needs attention in the whole organisation, gathered from all its files."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from orgcode.handbook.addresses import ATTENTION, WHO_JUDGES
from orgcode.handbook.book import Book
from orgcode.handbook.need import Item, Need, role_in_full
from orgcode.handbook.overdue import evaluations, facts, objectives, reviews, tensions
from orgcode.handbook.seats import open_seats, terms
from orgcode.model.message import message, messages
from orgcode.rendering.page import Page, Ref

_SHOWN = 120
"""So many lines of one sort the page shows; of more the number is said."""


class AttentionView(Struct, frozen=True, kw_only=True):
    """Everything that needs attention, sort by sort; `shown` lines of each at most."""

    needs: tuple[Need, ...]
    shown: int


def attention_page(book: Book) -> Page:
    """Everything that needs attention."""
    return Page(
        path=ATTENTION,
        template="pages/attention.html",
        title=message("What needs attention"),
        view=AttentionView(needs=needs(book), shown=_SHOWN),
        crumbs=(book.home(),),
    )


def needs(book: Book) -> tuple[Need, ...]:
    """Everything that needs attention, in the order of the page."""
    return tuple(need(book) for need in _NEEDS)


def _one_sided(book: Book) -> Need:
    found = sorted(book.index.one_sided, key=lambda arrow: (arrow.role.id, arrow.holding.person))
    return Need(
        id="one-sided",
        heading=message("Authority that runs one way"),
        short=messages(
            "{count} relation in which authority runs one way",
            "{count} relations in which authority runs one way",
            len(found),
        ),
        items=tuple(
            Item(
                said=message(
                    "{person}, as {role}, has no say over those who decide about it.",
                    person=book.refs.person(arrow.holding.person),
                    role=role_in_full(book, arrow.role),
                ),
                mark=messages("{count} person", "{count} people", len(arrow.by)),
                state="blocked",
            )
            for arrow in found
        ),
        to_do=message(
            "{page} says by which rule. Let those who are decided about take part in deciding.",
            page=Ref(label=message("Who judges whom"), path=WHO_JUDGES),
        ),
        none=message("Whoever is appointed or released has a say over those who do so."),
    )


_NEEDS: tuple[Callable[[Book], Need], ...] = (
    open_seats,
    terms,
    reviews,
    evaluations,
    facts,
    objectives,
    tensions,
    _one_sided,
)
