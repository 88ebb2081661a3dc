"""From a message to a sentence in one language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from gettext import NullTranslations
from typing import TYPE_CHECKING

from orgcode.i18n.catalogue import catalogue
from orgcode.i18n.languages import LANGUAGES, Language
from orgcode.i18n.nouns import Noun, capital, plain_name
from orgcode.model.message import Message, Word, message, messages

if TYPE_CHECKING:  # a large module, which nobody else may need
    from orgcode.model.entities import Text
    from orgcode.model.ruleset import Ruleset
    from orgcode.model.term import Term


class Translator:
    """Says messages, and reads what people wrote, in one language (`nl` or `en`)."""

    def __init__(self, language: str, vocabulary: Mapping[str, Term] | None = None) -> None:
        self.language = language
        self._ways: Language = LANGUAGES[language]
        self._vocabulary = vocabulary or {}

    def speaking(self, ruleset: Ruleset) -> Translator:
        """One that says `Word`s as an organisation with that ruleset does."""
        return Translator(self.language, ruleset.vocabulary)

    @property
    def _catalogue(self) -> NullTranslations:
        return catalogue(self.language)

    def say(self, message: Message) -> str:
        """The sentence of a message; where a translation is missing, in English."""
        template = self.template(message)
        said = {name: self.value(value) for name, value in message.arguments.items()}
        try:
            return template.format_map(said)
        except ValueError:  # a sentence that asks for a little word before what is no `Word`
            nouns = {name: Noun(value, self.language) for name, value in said.items()}
            return template.format_map(nouns)

    def template(self, message: Message) -> str:
        """The sentence of a message with its holes."""
        if message.plural is not None and message.count is not None:
            return self._catalogue.ngettext(message.id, message.plural, message.count)
        return self._catalogue.gettext(message.id)

    def words(self, template: str, /, **arguments: object) -> str:
        """`say(message(template, ...))` in one step, for templates of pages."""
        return self.say(message(template, **arguments))

    def count(self, one: str, many: str, /, count: int, **arguments: object) -> str:
        """`say(messages(one, many, ...))` in one step, for templates of pages."""
        return self.say(messages(one, many, count, **arguments))

    def value(self, value: object) -> str:
        """An argument of a message as it stands in a sentence."""
        match value:
            case str():
                return value
            case Message():
                return self.say(value)
            case Word():
                return self.word(value)
            case bool():
                return self._ways.yes if value else self._ways.no
            case int() | float():
                return self.number(value)
            case datetime.date():
                return self.date(value)
            case Mapping():
                return self.read(value)
            case tuple() | list():
                return self.list(value)
        return str(value)

    def read(self, text: Text, languages: tuple[str, ...] = ()) -> str:
        """What people wrote, in this language where they did, else in the first of `languages`
        that they used, else in any.
        """
        if isinstance(text, str):
            return text
        for language in (self.language, *languages, *text):
            if language in text:
                return text[language]
        return ""

    def language_of(self, text: Text, languages: tuple[str, ...] = ()) -> str | None:
        """The language that `read` gives a text in; None where it does not say."""
        if isinstance(text, str):
            return None
        return next((code for code in (self.language, *languages, *text) if code in text), None)

    def language_name(self, code: str) -> str:
        """What a language is called, as Unicode's CLDR has it; its code where it has no name."""
        return _language_name(self.language, code)

    def date(self, day: datetime.date) -> str:
        """A date written out, "1 March 2028"; a moment with its time in UTC."""
        written = self._ways.date(day)
        return f"{written}, {day:%H:%M} UTC" if isinstance(day, datetime.datetime) else written

    def number(self, value: float) -> str:
        """A number with the decimal sign and grouping of the language."""
        return self._ways.number(value)

    def measured(self, value: float | str, unit: str | None) -> str:
        """A figure with its unit."""
        return self._ways.measured(value, unit)

    def list(self, items: tuple[object, ...] | list[object]) -> str:
        """A list in running text: "a, b and c"."""
        return self.joined([self.value(item) for item in items])

    def joined(self, items: Sequence[str]) -> str:
        """The same of what is text already."""
        return self._ways.list(items)

    def weekday(self, day: datetime.date) -> str:
        """The name of the day of the week."""
        return self._ways.weekdays[day.weekday()]

    def word(self, word: Word) -> Noun:
        """A word as the organisation says it; where its ruleset is not known, by its plain name."""
        if word.key in self._vocabulary:
            term = self._vocabulary[word.key]
            said = self.read(term.many if word.many else term.one)
        else:
            said = plain_name(word.key, self.language, many=word.many)
        return Noun(capital(said) if word.capital else said, self.language, many=word.many)

    def term(self, ruleset: Ruleset, key: str, *, many: bool = False) -> str:
        """The ruleset's word for one of the notions of its vocabulary."""
        term = ruleset.vocabulary[key]
        return self.read(term.many if many else term.one)


@cache
def _language_name(language: str, code: str) -> str:
    from babel import Locale  # only here: slow to import, seldom needed

    name: str = Locale(language).languages.get(code, code)
    return name
