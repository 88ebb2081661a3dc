"""Feeds: what happened lately, for readers that ask again by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import NAMESPACE_URL, UUID, uuid5

from orgcode.handbook.addresses import DIARY, FEED, HOME, address, circle_feed, month_address
from orgcode.handbook.book import Book
from orgcode.handbook.diary import shown
from orgcode.handbook.story import Step
from orgcode.handbook.unnamed import is_hidden
from orgcode.model.chronicle import Happening
from orgcode.model.entities import Text
from orgcode.rendering.feed import Feed, FeedEntry

MOST = 30
"""So many entries a feed has."""
_LOOKED_AT = 200
"""Among so many steps they are found of which readers are shown something."""

Feeds = Mapping[str, Callable[[], Feed]]
"""Every feed by its path, made when called."""


def feeds(book: Book) -> Feeds:
    """The feed of everything and one for each circle that has a page."""
    if book.past is None:
        return {}
    found: dict[str, Callable[[], Feed]] = {FEED: partial(_of_all, book)}
    if book.audience.shows("circle"):
        for id in book.org.circles:
            if not is_hidden(id):
                found[circle_feed(id)] = partial(_of_circle, book, id)
    return found


def _of_all(book: Book) -> Feed:
    assert book.past is not None  # noqa: S101 (there is no such feed otherwise)
    happenings = book.past.latest(_LOOKED_AT if book.audience.hidden else MOST)
    return _feed(book, FEED, DIARY, None, "", happenings)


def _of_circle(book: Book, id: str) -> Feed:
    assert book.past is not None  # noqa: S101 (there is no such feed otherwise)
    found = book.past.in_circle(id, _LOOKED_AT if book.audience.hidden else MOST)
    mine = (
        one._replace(told=tuple(told for told in one.told if id in told.circles)) for one in found
    )
    name = book.org.circles[id].name
    return _feed(book, circle_feed(id), address("circle", id), name, id, tuple(mine))


def _feed(
    book: Book,
    path: str,
    page: str,
    about: Text | None,
    circle: str,
    happenings: tuple[Happening, ...],
) -> Feed:
    entries = []
    for happening in happenings:
        step = shown(book, happening)
        if step is not None and (step.lines or (step.subject and not circle)):
            entries.append(_entry(book, circle, happening, step))
        if len(entries) == MOST:
            break
    organisation = book.org.organisation
    name: Text = organisation.name if organisation and organisation.name else "…"
    return Feed(
        path=path,
        page=page or HOME,
        id=_urn(book, f"feed {circle} {book.translator.language}"),
        organisation=name,
        about=about,
        at=max((entry.at for entry in entries), default=f"{book.today.isoformat()}T00:00:00Z"),
        entries=tuple(entries),
    )


def _entry(book: Book, circle: str, happening: Happening, step: Step) -> FeedEntry:
    return FeedEntry(
        id=_urn(book, f"step {happening.id} {circle} {book.translator.language}"),
        page=month_address(happening.at.isoformat()[:7]),
        at=happening.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        step=step,
    )


def _urn(book: Book, what: str) -> str:
    """A name for ever, from that of the organisation: the same wherever the handbook stands."""
    organisation = book.org.organisation
    try:
        root = UUID(organisation.id if organisation and organisation.id else "")
    except ValueError:
        root = uuid5(NAMESPACE_URL, "orgcode")
    everyone = " everyone" if book.audience.hidden else ""
    return uuid5(root, what + everyone).urn
