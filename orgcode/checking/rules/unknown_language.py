"""Ensure that texts are written in languages that the organisation has.

A text may be given in several languages, each under its code, as in `nl:` and `en:`. `languages`
in org.yaml lists those of the organisation, and the handbook is made in these. What stands under
another code is shown to nobody. Often it is a slip of the pen, or a sentence with a colon that
YAML took for a language: then put the sentence between quotes.

Wrong:

    # org.yaml, continued
    languages: [en, nl]

    # roles/cook.yaml
    name: {en: Cook, nk: Kok}  # <-- here
    circle: house
    accountabilities:
      - wie: binnen een uur vervanging regelen  # <-- here

Right:

    # org.yaml, continued
    languages: [en, nl]

    # roles/cook.yaml
    name: {en: Cook, nl: Kok}
    circle: house
    accountabilities:
      - "wie: binnen een uur vervanging regelen"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgcode.checking.rule import Group
from orgcode.documents.shapes import Shape, shape
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"


def check(org: Org) -> Iterator[Problem]:
    """Find texts in a language that org.yaml does not list."""
    if org.organisation is None or not _are_listed(org):
        return
    languages = frozenset(org.organisation.languages)
    for path, facts in org.files.items():
        for pointer in _in_other_languages(facts.data, shape(facts.kind), languages):
            yield Problem(
                path=path,
                pointer=pointer,
                on_key=True,
                cause=message(
                    "“{code}” is none of the languages of the organisation.", code=pointer[-1]
                ),
                way_out=message(
                    "Use one of these: {languages}; add it to `languages` in org.yaml; or put "
                    "the text between quotes if it is one sentence with a colon.",
                    languages=org.organisation.languages,
                ),
            )


def _are_listed(org: Org) -> bool:
    """Whether org.yaml says which languages there are, and could be read."""
    facts = org.files["org.yaml"]
    return facts.is_whole and isinstance(facts.data, Mapping) and "languages" in facts.data


def _in_other_languages(value: object, here: Shape, languages: frozenset[str]) -> Iterator[Pointer]:
    """The pointers of texts under a code that is not listed, in one file."""
    waiting: list[tuple[object, Shape, Pointer]] = [(value, here, ())]
    while waiting:
        value, here, pointer = waiting.pop()
        if isinstance(value, list) and here.items:
            for place, item in enumerate(value):
                if item.__class__ is not str:
                    waiting.append((item, here.items, (*pointer, place)))
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                below = here.keys.get(key) or here.rest
                if below is None:
                    continue
                if here.free and key not in here.keys:
                    if key not in languages:
                        yield (*pointer, key)
                elif inner.__class__ is not str:
                    waiting.append((inner, below, (*pointer, key)))
