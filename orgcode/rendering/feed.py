"""What a feed is before it is Atom (RFC 4287). Paths count from the root of its language."""

from __future__ import annotations

from msgspec import Struct

from orgcode.model.entities import Text

TEMPLATE = "feeds/feed.xml"


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One step: its name for ever, the page that tells it, its moment, and what it did."""

    id: str
    page: str
    at: str
    step: object


class Feed(Struct, frozen=True, kw_only=True):
    """A feed: its name for ever, the page that it goes with, its latest moment, its entries."""

    path: str
    page: str
    id: str
    organisation: Text
    about: Text | None
    """The name of the circle that it is about; None: of everything."""
    at: str
    entries: tuple[FeedEntry, ...]
