"""The overview of all circles, each in the one around it."""

from __future__ import annotations

from msgspec import Struct

from orgcode.handbook.addresses import OVER, OVERVIEWS
from orgcode.handbook.book import Book
from orgcode.model.entities import Circle, Text
from orgcode.model.message import message
from orgcode.rendering.page import Page, Ref, Word


class Branch(Struct, frozen=True, kw_only=True):
    """A circle in the tree of all circles."""

    ref: Ref
    members: int
    purpose: Text | None
    branches: tuple[Branch, ...]


class CirclesView(Struct, frozen=True, kw_only=True):
    """The tree of circles, those that hang nowhere, and those that are over."""

    tree: tuple[Branch, ...]
    loose: tuple[Ref, ...]
    over: int
    past: Ref


LEVELS = 40
"""No tree on a page is deeper; circles below that are listed beside it."""


def circles_page(book: Book) -> Page:
    """The overview: the tree of circles."""
    org = book.org
    seen: set[str] = set()

    def branch(circle: Circle, levels: int = LEVELS) -> Branch:
        seen.add(circle.id)
        below = org.live_children(circle.id) if levels else ()
        children = [c for c in below if c.id not in seen]
        return Branch(
            ref=book.refs.circle(circle.id),
            members=len(org.members(circle.id)),
            purpose=circle.purpose or _of_all(book, circle),
            branches=tuple(
                branch(c, levels - 1) for c in book.in_order(children) if isinstance(c, Circle)
            ),
        )

    top = [c for c in org.live_circles() if c.id == org.anchor]
    tree = tuple(branch(circle) for circle in top)
    return Page(
        path=OVERVIEWS["circle"],
        template="pages/circles.html",
        title=Word(key="circle", many=True, capital=True),
        view=CirclesView(
            tree=tree,
            loose=book.refs_in_order(
                book.refs.circle(c.id) for c in org.live_circles() if c.id not in seen
            ),
            over=sum(not circle.is_live(book.today) for circle in org.circles.values()),
            past=Ref(label=message("What is over"), path=f"{OVER}#circle"),
        ),
        crumbs=(book.home(),),
    )


def _of_all(book: Book, circle: Circle) -> Text | None:
    """The purpose of the organisation, which the circle around all others has as its own."""
    organisation = book.org.organisation
    return organisation.purpose if organisation and circle.id == book.org.anchor else None
