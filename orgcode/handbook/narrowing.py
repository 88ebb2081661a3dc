"""An edition with only the pages and files that its readers are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from orgcode.handbook.audience import Audience
from orgcode.handbook.book import Book
from orgcode.model.message import Message, message
from orgcode.rendering.own_templates import own_templates
from orgcode.rendering.page import Edition, Page, Word

Pages = Mapping[str, Callable[[], Page]]


def narrowed(edition: Edition, pages: Pages, audience: Audience) -> tuple[Edition, Pages]:
    """The edition and its pages, without what the audience is not shown; it says what that is."""
    edition = replace(edition, for_members=not audience.everyone)
    if not audience.hidden:
        return edition, pages
    shown = {path: make for path, make in pages.items() if audience.has_page(path)}
    return (
        replace(
            edition,
            nav=tuple(ref for ref in edition.nav if ref.path in shown),
            withheld={kind: _words_for(kind) for kind in audience.hidden},
            pages=frozenset(shown),
        ),
        shown,
    )


def carried(book: Book, assets: Iterable[str]) -> tuple[str, ...]:
    """The files of assets/ that something shown links to or is made with; all for members."""
    if not book.audience.hidden:
        return tuple(assets)
    organisation = book.org.organisation
    logo = organisation.handbook.logo if organisation else None
    linked = book.index.mentioned_by
    own = own_templates(book.org.snapshot)
    return tuple(path for path in assets if path == logo or path in linked or own.mention(path))


def _words_for(kind: str) -> Message | Word:
    return message("pages") if kind == "page" else Word(key=kind, many=True)
