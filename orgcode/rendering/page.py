"""What a page is before it is HTML. Paths count from the root of the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from orgcode.model.entities import Text
from orgcode.model.message import Message, Word
from orgcode.model.ruleset import Ruleset

__all__ = ["Around", "Edition", "Page", "Ref", "Word"]


class Ref(Struct, frozen=True, kw_only=True):
    """A thing by its name, with the page about it; without a path it is only named.

    `kind` is that of the thing; a person's name is nobody's language.
    """

    label: Text | Message | Word
    path: str | None = None
    kind: str = ""
    id: str = ""
    is_over: bool = False


class Around(Struct, frozen=True, kw_only=True):
    """What lies around a circle: the way to it, the circles beside it, and those in it."""

    path: tuple[Ref, ...]
    beside: tuple[Ref, ...]
    inside: tuple[Ref, ...]
    here: str
    more_beside: int = 0
    """How many beside it are not named here, for want of room."""
    more_inside: int = 0


class Page(Struct, frozen=True, kw_only=True):
    """One page as data: what it shows (`view`) and the template that shows it."""

    path: str
    template: str
    title: Text | Message | Word
    view: object
    title_kind: str = ""
    crumbs: tuple[Ref, ...] = ()
    around: Around | None = None
    file: str | None = None
    """The file of the repository that the page is about; relative links count from it."""
    forge_url: str | None = None
    story: object = None
    """The history of what the page is about."""
    feed: str | None = None
    """The feed of what happens there."""


class Edition(Struct, frozen=True, kw_only=True):
    """The handbook in one language, as far as every page of it has the same."""

    language: str
    base: str
    """The folder of the language: empty for the first one, `en/` for another."""
    others: tuple[tuple[str, str, str], ...]
    """Code, name and folder of the other languages."""
    languages: tuple[str, ...]
    """The organisation's languages; untagged text is in the first."""
    organisation: Text
    ruleset: Ruleset
    today: date
    nav: tuple[Ref, ...]
    pages_of: Mapping[str, str]
    """The page of every file of the repository that has one."""
    assets: frozenset[str]
    """The organisation's own pictures and documents that the handbook carries."""
    logo: str | None = None
    home_url: str | None = None
    """Where the handbook is published, if that is known."""
    back: Message | None = None
    """Of which day or revision it is, where it does not show what is there now."""
    feed: str | None = None
    """The feed of everything that happens."""
    for_members: bool = True
    """Whether it is for the members of the organisation only."""
    withheld: Mapping[str, Message | Word] = field(default_factory=dict)
    """The kinds of things that are not shown, in words."""
    pages: frozenset[str] | None = None
    """Every page there is, where something is withheld; None: there is a page for everything."""
