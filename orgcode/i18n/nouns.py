"""Words of a ruleset in a sentence, with the little words before them that depend on them.

In a hole for a word, what stands behind the colon says which: in Dutch `{circle:deze}` gives "deze
cirkel" or "dit team", and `{circle:=die}` the little word alone, "die" or "dat"; in English
`{circle:a}` gives "a circle" or "an office". With a capital, so is the answer: `{circle:Deze}`.
`{circle:^}` is the word itself with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

DUTCH: Mapping[str, tuple[str, str]] = {
    "de": ("de", "het"),
    "deze": ("deze", "dit"),
    "die": ("die", "dat"),
    "elke": ("elke", "elk"),
    "welke": ("welke", "welk"),
    "andere": ("andere", "ander"),
    "dezelfde": ("dezelfde", "hetzelfde"),
}
"""Little words, for a noun with "de" and for one with "het"; the plural has the first."""

ENGLISH: Mapping[str, tuple[str, str]] = {"a": ("a", "an")}
"""Little words, before a consonant and before a vowel."""

_NEUTER = (
    "beleid",
    "belang",
    "besluit",
    "bureau",
    "bestuur",
    "bezwaar",
    "cijfer",
    "comité",
    "consent",
    "deel",
    "doel",
    "domein",
    "gebied",
    "getal",
    "lid",
    "netwerk",
    "orgaan",
    "overleg",
    "plan",
    "proces",
    "project",
    "punt",
    "resultaat",
    "signaal",
    "team",
    "terrein",
    "verslag",
    "voorstel",
    "werk",
)
"""Dutch nouns with "het"; a compound takes after its last part."""

_AFTER = re.compile(r" (?:bij|in|met|na|om|op|over|van|voor) ")
"""What comes behind the noun in a term of several words, such as "besluit na advies"."""


class Noun(str):
    """A word as it stands in a sentence of its language."""

    __slots__ = ("_is_plural", "_language")

    _language: str
    _is_plural: bool

    def __new__(cls, word: str, language: str, *, many: bool = False) -> Noun:
        """A word, or its plural, in a language."""
        noun = super().__new__(cls, word)
        noun._language = language
        noun._is_plural = many
        return noun

    def __format__(self, spec: str) -> str:
        """The word with the little word that `spec` asks for."""
        if not spec:
            return str(self)
        if spec == "^":
            return capital(self)
        asked = spec.removeprefix("=").lower()
        little = (DUTCH if self._language == "nl" else ENGLISH)[asked][self._second]
        said = little if spec.startswith("=") else f"{little} {self}"
        return said if spec.removeprefix("=").islower() else capital(said)

    @property
    def _second(self) -> bool:
        """Whether the second of two forms goes with the word."""
        if self._language == "nl":
            return not self._is_plural and is_neuter(self)
        return self[:1].lower() in set("aeiou")


def is_neuter(word: str) -> bool:
    """Whether a Dutch word has "het"."""
    head = _AFTER.split(word.lower())[0]
    return head.endswith(_NEUTER) or head.endswith("je")


_PLAIN: Mapping[str, tuple[str, str]] = {
    "circle": ("cirkel", "cirkels"),
    "objection": ("bezwaar", "bezwaren"),
    "person": ("persoon", "mensen"),
    "proposal": ("voorstel", "voorstellen"),
    "response": ("reactie", "reacties"),
    "role": ("rol", "rollen"),
    "tension": ("spanning", "spanningen"),
}
"""Dutch names of notions that are spoken of where no ruleset is known, one and several."""


def plain_name(key: str, language: str = "en", *, many: bool) -> str:
    """What a notion is called where no ruleset gives it a name."""
    if language == "nl" and key in _PLAIN:
        return _PLAIN[key][many]
    name = key.replace("_", " ")
    if not many:
        return name
    if name == "person":
        return "people"
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def capital(text: str) -> str:
    """A text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
