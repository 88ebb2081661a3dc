"""What every builder of pages is given: the organisation, its references, and one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from unicodedata import combining, normalize

from msgspec import Struct

from orgcode.handbook.addresses import HOME, OVERVIEWS, Refs
from orgcode.handbook.audience import MEMBERS, Audience
from orgcode.handbook.index import Index
from orgcode.handbook.recalling import Recall
from orgcode.handbook.unnamed import is_hidden, together
from orgcode.i18n.translator import Translator
from orgcode.law.who_decides import Law
from orgcode.model.entities import Text, Thing
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.rendering.page import Around, Ref, Word


class Book(Struct, frozen=True, kw_only=True):
    """The organisation on its way to becoming pages in one language."""

    org: Org
    law: Law
    index: Index
    refs: Refs
    translator: Translator
    titles: Mapping[str, Text]
    """The titles of the free pages, by their files."""
    audience: Audience = MEMBERS
    past: Recall | None = None
    """What happened before; None where no history is at hand."""

    @property
    def today(self) -> date:
        """The day of the handbook."""
        return self.org.today

    @property
    def languages(self) -> tuple[str, ...]:
        """The organisation's languages, the first first."""
        return self.org.organisation.languages if self.org.organisation else ("en",)

    def read(self, text: Text) -> str:
        """A text in the language of the book."""
        return self.translator.read(text, self.languages)

    def in_order(self, things: Iterable[Thing]) -> list[Thing]:
        """Things by name as this language reads it."""
        return sorted(things, key=lambda thing: (self._key(self.name_of(thing)), thing.id))

    def refs_in_order(self, refs: Iterable[Ref]) -> tuple[Ref, ...]:
        """References by name, and how many there are that are not shown."""
        found = sorted(refs, key=lambda ref: (self.key(ref), ref.kind, ref.id))
        return tuple(together(found))

    def name_of(self, thing: Thing) -> str:
        """The name or title of a thing in this language."""
        label = getattr(thing, "name", None) or getattr(thing, "title", None) or thing.id
        return self.read(label)

    def crumbs(self, circle_id: str) -> tuple[Ref, ...]:
        """The way from home through the circles to one circle, itself included."""
        path = reversed(self.org.path_to_anchor(circle_id))
        return (self.home(), *(self.refs.circle(c.id) for c in path if not is_hidden(c.id)))

    def home(self) -> Ref:
        """The first page."""
        return Ref(label=message("Home"), path=HOME)

    def overview(self, kind: str) -> Ref:
        """The overview of a kind."""
        return Ref(label=Word(key=kind, many=True, capital=True), path=OVERVIEWS[kind])

    def around(self, circle_id: str) -> Around | None:
        """What lies around a circle; None where the circle is not known."""
        name = f"around.{self.translator.language}:{circle_id}"
        return self.org.kept(name, lambda: self._around(circle_id))

    def _around(self, circle_id: str) -> Around | None:
        path = self.org.path_to_anchor(circle_id)
        if not path or is_hidden(circle_id):
            return None
        here, *above = path
        beside = self._below(above[0].id) if above else (self.refs.circle(here.id),)
        inside = self._below(circle_id)
        few_beside, few_inside = _few(beside, here.id), _few(inside, "")
        return Around(
            path=tuple(self.refs.circle(circle.id) for circle in reversed(above)),
            beside=few_beside,
            inside=few_inside,
            here=circle_id,
            more_beside=len(beside) - len(few_beside),
            more_inside=len(inside) - len(few_inside),
        )

    def _below(self, circle_id: str) -> tuple[Ref, ...]:
        def refs() -> tuple[Ref, ...]:
            live = self.org.live_children(circle_id)
            return self.refs_in_order(self.refs.circle(c.id) for c in live)

        return self.org.kept(f"below.{self.translator.language}:{circle_id}", refs)

    def label(self, ref: Ref) -> str:
        """What a reference is called in this language."""
        if isinstance(ref.label, str):
            return ref.label
        if isinstance(ref.label, Word):
            word = self.org.ruleset.vocabulary[ref.label.key]
            return self.translator.read(word.many if ref.label.many else word.one)
        if isinstance(ref.label, Message):
            return self.translator.say(ref.label)
        return self.read(ref.label)

    def key(self, ref: Ref) -> str:
        """Where a reference stands in a list."""
        return self._key(self.label(ref))

    def _key(self, name: str) -> str:
        """Order without regard to case and accents, the same everywhere."""
        return "".join(c for c in normalize("NFD", name.strip().casefold()) if not combining(c))


SIDE_COLUMN = 24
"""So many circles beside one another the side column shows."""


def _few(circles: tuple[Ref, ...], here: str) -> tuple[Ref, ...]:
    """At most so many circles as a side column can hold, among them the one at hand."""
    return tuple(c for place, c in enumerate(circles) if place < SIDE_COLUMN or c.id == here)
