"""How a value of a page becomes HTML in one language.

Addresses begin with `ROOT`, a control character that no text of people can hold any more once it
is clean; a finished page gets the way to its own root in that place. So what is rendered once
can stand on every page.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote
from zlib import crc32

from markupsafe import Markup, escape
from msgspec.structs import replace

from orgcode.i18n.translator import Translator
from orgcode.model.entities import Text
from orgcode.model.facts import identify
from orgcode.model.message import Message, Word, message, messages
from orgcode.rendering.markdown import to_html
from orgcode.rendering.page import Edition, Ref
from orgcode.rendering.text import clean, escaped

ROOT = "\x02"
HUES = 12

_TO_A_PAGE = re.compile(rf'<a\b[^>]*? href="{ROOT}([^"#]*\.html)(?:#[^"]*)?"[^>]*>')
_UP = re.compile(r"\A(?:\.\./)+")
_HELD = re.compile("\x01([0-9]+)\x01")


class Words:
    """Shows values in the language of an edition."""

    def __init__(self, edition: Edition, translator: Translator) -> None:
        self._edition = edition
        self._translator = translator.speaking(edition.ruleset)
        self._ended = escape(translator.say(message("over")))
        self._left = escape(translator.say(message("has left")))
        self._ways: dict[type, Callable[[Any], Markup]] = {}
        self._said: dict[str, Markup] = {}
        self._templates: dict[tuple[str, str | None, int | None], str] = {}
        self._days: dict[datetime.date, Markup] = {}
        self._hrefs: dict[tuple[str, str], Markup] = {}
        self._links: dict[tuple[str, str, str | None, bool], Markup] = {}
        self._parts: dict[tuple[object, ...], tuple[tuple[object, ...], Markup]] = {}

    def show(self, value: object) -> Markup:
        """Any value of a page as HTML."""
        way = self._ways.get(type(value))
        if way is None:
            way = self._ways[type(value)] = self._way(value)
        return way(value)

    def _way(self, value: object) -> Callable[[Any], Markup]:
        """How values of the type of this one are shown."""
        match value:
            case Markup():
                return Markup
            case str():
                return escaped
            case Ref():
                return self.link
            case Message():
                return self.sentence
            case Word():
                return lambda word: escaped(self.word(word))
            case Mapping():
                return self.text
            case datetime.date():
                return self._day
            case bool() | int() | float():
                return lambda number: escape(self._translator.value(number))
            case tuple() | list():
                return lambda items: self.sentence(
                    Message(id="{list}", arguments={"list": tuple(items)})
                )
        kind = type(value).__name__
        raise TypeError(kind)

    def once(self, *key: object, caller: Callable[[], Markup]) -> Markup:
        """A part of a page that is the same wherever its key is: rendered at its first place.

        What is no text or number in the key counts as the same only while it is the same object.
        """
        place = tuple(k if isinstance(k, str | int) else id(k) for k in key)
        found = self._parts.get(place)
        if found is None:
            found = self._parts[place] = (key, caller())  # the key is held, so that no id returns
        return found[1]

    def say(self, template: str, /, **arguments: object) -> Markup:
        """A sentence with links and dates in its holes."""
        if arguments:
            return self.sentence(message(template, **arguments))
        if template not in self._said:
            self._said[template] = self.sentence(message(template))
        return self._said[template]

    def count(self, one: str, many: str, /, count: int, **arguments: object) -> Markup:
        """A sentence about a number of things."""
        return self.sentence(messages(one, many, count, **arguments))

    def sentence(self, said: Message) -> Markup:
        """A message with whatever is in its holes shown as HTML."""
        try:
            shown = {name: self._in_hole(value) for name, value in said.arguments.items()}
            filled = self._template(said).format_map(shown)
        except ValueError:  # it has a word of the ruleset, on which other words of it may depend
            return self._with_words(said)
        return Markup(filled)  # noqa: S704 (escaped, and its holes filled with HTML)

    def _template(self, said: Message) -> str:
        """The sentence with its holes, as HTML."""
        key = said.id, said.plural, said.count
        found = self._templates.get(key)
        if found is None:
            found = self._templates[key] = str(escape(self._translator.template(said)))
        return found

    def _in_hole(self, value: object) -> str:
        """What stands in a hole of a sentence; raises `ValueError` for a word of the ruleset."""
        if isinstance(value, Word):
            raise ValueError(value.key)
        if isinstance(value, tuple | list):
            return self._translator.joined([self._in_hole(item) for item in value])
        return self.show(value)

    def _with_words(self, said: Message) -> Markup:
        """The same where it has words of the ruleset."""
        held: list[Markup] = []

        def hold(value: object) -> object:
            if isinstance(value, tuple | list):
                return tuple(hold(item) for item in value)
            if isinstance(value, int | float | Word):
                return value
            held.append(self.show(value))
            return f"\x01{len(held) - 1}\x01"

        arguments = {name: hold(value) for name, value in said.arguments.items()}
        written = escape(
            self._translator.say(
                Message(id=said.id, plural=said.plural, count=said.count, arguments=arguments)
            )
        )
        filled = _HELD.sub(lambda match: held[int(match[1])], written)
        return Markup(filled)  # noqa: S704 (escaped, and its holes filled with HTML)

    def text(self, text: Text) -> Markup:
        """What people wrote, marked where it is not in the language of the page."""
        fit = escaped(self._translator.read(text, self._edition.languages))
        foreign = self._foreign(text)
        if not foreign:
            return fit
        return Markup(f'<span lang="{escape(foreign)}">{fit}</span>')  # noqa: S704 (both escaped)

    def prose(self, text: Text, file: str, level: int) -> Markup:
        """What people wrote in Markdown; its links count from `file`."""
        html = to_html(
            self._translator.read(text, self._edition.languages),
            file,
            self._address,
            level,
            self._withheld if self._edition.pages is not None else None,
        )
        foreign = self._foreign(text)
        lang = f' lang="{escape(foreign)}"' if foreign else ""
        shown = f'<div class="prose" dir="auto"{lang}>{escape(html)}</div>'
        return Markup(shown)  # noqa: S704 (put together from escaped parts)

    def capital(self, value: object) -> Markup:
        """A value with its first letter as a capital, unless a link comes first."""
        shown = str(self.show(value))
        return Markup(shown[:1].upper() + shown[1:])  # noqa: S704 (it was HTML)

    def measured(self, value: float | str, unit: str | None) -> Markup:
        """A figure with its unit."""
        return escaped(self._translator.measured(value, unit))

    def name(self, value: Text | Message | Word) -> Markup:
        """A title or heading, whoever it is by."""
        return self.show(value) if isinstance(value, Message | Word) else self.text(value)

    def link(self, ref: Ref) -> Markup:
        """The name of a thing, leading to its page."""
        if not self.has_page(ref.path):
            ref = replace(ref, path=None)
        key = (ref.kind, ref.id, ref.path, ref.is_over)
        if not (ref.kind and ref.id):
            return self._link(ref)
        if key not in self._links:
            self._links[key] = self._link(ref)
        return self._links[key]

    def _link(self, ref: Ref) -> Markup:
        if isinstance(ref.label, Message | Word):
            label, foreign = self.show(ref.label), None
        else:
            label = escaped(self._translator.read(ref.label, self._edition.languages))
            foreign = None if ref.kind == "person" else self._foreign(ref.label)
        marks = f' lang="{escape(foreign)}"' if foreign else ""
        has_left = ref.is_over and ref.kind == "person"
        marks += f' class="{"left" if has_left else "over"}"' if ref.is_over else ""
        if ref.path is None:
            shown = f"<span{marks}>{label}</span>"
        else:
            shown = f'<a href="{self.href(ref.path)}"{marks}>{label}</a>'
        if ref.is_over:
            mark = self._left if has_left else self._ended
            shown += f' <small class="mark over-mark">{mark}</small>'
        return Markup(shown)  # noqa: S704 (put together from escaped parts)

    def href(self, path: str, base: str | None = None) -> Markup:
        """The address of a page of this edition, or of the one in the folder `base`."""
        folder = self._edition.base if base is None else base
        found = self._hrefs.get((folder, path))
        if found is None:
            page, hash_sign, place = path.partition("#")
            found = escape(f"{ROOT}{quote(folder + page)}{hash_sign}{quote(place)}")
            self._hrefs[folder, path] = found
        return found

    def canonical(self, path: str) -> Markup:
        """The address of a page where the handbook is published; of the first page its folder."""
        at = re.split("[?#]", self._edition.home_url or "")[0].rstrip("/")
        shown = self._edition.base + ("" if path == "index.html" else path)
        return escape(f"{at}/{quote(shown)}")

    def asset(self, path: str) -> Markup:
        """The address of a style, font or picture, which all editions share."""
        return escape(ROOT + quote(path))

    def word(self, word: Word) -> str:
        """A word of the ruleset's vocabulary; the key itself where the ruleset lacks it."""
        if word.key not in self._edition.ruleset.vocabulary:
            return word.key.replace("_", " ")
        written = self._translator.term(self._edition.ruleset, word.key, many=word.many)
        return written[:1].upper() + written[1:] if word.capital else written

    def plain(self, value: Text | Message | Word) -> str:
        """A title as text without marks, for the head of a page."""
        if isinstance(value, Message):
            return self.sentence(value).striptags()
        if isinstance(value, Word):
            return clean(self.word(value))
        return clean(self._translator.read(value, self._edition.languages))

    def _day(self, day: datetime.date) -> Markup:
        if day not in self._days:
            written = escape(self._translator.date(day))
            html = f'<time datetime="{day.isoformat()}">{written}</time>'
            self._days[day] = Markup(html)  # noqa: S704 (a date has nothing to escape)
        return self._days[day]

    def _address(self, path: str) -> str | None:
        if path in self._edition.assets:
            return str(self.asset(path))
        page = self._edition.pages_of.get(path)
        return None if page is None else str(self.href(page))

    def has_page(self, path: str | None) -> bool:
        """Whether there is such a page; without a path there is none to miss."""
        pages = self._edition.pages
        return path is None or pages is None or path.partition("#")[0] in pages

    def shows(self, kind: str) -> bool:
        """Whether things of a kind are shown."""
        return kind not in self._edition.withheld

    def withheld(self, kind: str) -> Markup:
        """That things of a kind are not shown, as a sentence."""
        said = message(
            "{things} are not shown in this handbook.",
            things=Word(key=kind, many=True, capital=True),
        )
        return self.sentence(said)

    def unlinked(self, html: str) -> str:
        """The HTML without the links to pages that there are not; their words stay."""

        def kept(match: re.Match[str]) -> str:
            path = unquote(match[1])
            bases = (self._edition.base, *(base for _, _, base in self._edition.others))
            is_there = any(
                path.startswith(base) and self.has_page(path.removeprefix(base)) for base in bases
            )
            return match[0] if is_there else "<a>"

        return _TO_A_PAGE.sub(kept, html)

    def _withheld(self, path: str) -> Markup | None:
        """What stands in the place of a link to something that is not shown."""
        if path in self._edition.pages_of:
            return None
        inside = _UP.sub("", path)  # whatever the folder is from which it was meant to count
        if identify(inside) is None and not inside.startswith("pages/"):
            return None
        return Markup("<em>{}</em>").format(self.say("something that is not shown here"))

    def _foreign(self, text: Text) -> str | None:
        """The language of a text where it is not that of the page."""
        own = self._translator.language_of(text, self._edition.languages)
        language = own or (self._edition.languages[0] if self._edition.languages else None)
        return None if language == self._edition.language else language


def initials(name: object) -> str:
    """The first letters of the first and the last word of a name; a dot for what is no name."""
    if not isinstance(name, str):
        return "·"
    words = [word for word in re.split(r"[\s\-]+", name) if word and word[0].isalnum()]
    if not words:
        return "·"
    return "".join(
        word[0].upper() for word in (words if len(words) == 1 else (words[0], words[-1]))
    )


def hue(id: str) -> int:
    """One of a dozen hues for a person, always the same."""
    return crc32(id.encode()) % HUES


class Glossed:
    """The ruleset's words on one page: each leads to the glossary where it first stands."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._seen: set[str] = set()

    def plain(self, key: str, *, many: bool = False) -> str:
        """The word without a link."""
        return self._words.word(Word(key=key, many=many))

    def __call__(self, key: str, *, many: bool = False, capital: bool = True) -> Markup:
        """The word, as a heading begins with it."""
        written = self._words.word(Word(key=key, many=many))
        fit = escaped(written[:1].upper() + written[1:] if capital else written)
        if key in self._seen:
            return fit
        self._seen.add(key)
        href = self._words.href(f"glossary.html#{key}")
        linked = f'<a class="term" href="{href}">{fit}</a>'
        return Markup(linked)  # noqa: S704 (put together from escaped parts)


def outside(url: str) -> str:
    """An address elsewhere, if it is one that a browser only goes to; else nothing."""
    return url if url.startswith(("https://", "http://", "mailto:")) else ""
