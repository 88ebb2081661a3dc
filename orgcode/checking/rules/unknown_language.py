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

from orgcode.checking.rule import Group, Subject
from orgcode.checking.texts import Texts, texts_of
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("file",)


def check(org: Org, path: str) -> Iterator[Problem]:
    """Find texts in a language that org.yaml does not list."""
    languages = org.kept("languages", lambda: _listed(org))
    if not languages:
        return
    facts = org.files[path]
    for pointer in _in_other_languages(facts.data, texts_of(facts.kind), languages):
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
                languages=languages,
            ),
        )


def _listed(org: Org) -> tuple[str, ...]:
    """The languages, if org.yaml says which there are and could be read."""
    facts = org.files.get("org.yaml")
    if org.organisation is None or facts is None or not facts.is_whole:
        return ()
    is_listed = isinstance(facts.data, Mapping) and "languages" in facts.data
    return org.organisation.languages if is_listed else ()


def _in_other_languages(
    value: object, here: Texts, languages: tuple[str, ...]
) -> Iterator[Pointer]:
    """The pointers of texts under a code that is not listed, in one file."""
    waiting: list[tuple[object, Texts, Pointer]] = [(value, here, ())]
    while waiting:
        value, here, pointer = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if here.is_text and key not in here.keys:
                    if key not in languages:
                        yield (*pointer, key)
                elif inner.__class__ is not str and (below := here.keys.get(key) or here.rest):
                    waiting.append((inner, below, (*pointer, key)))
        elif isinstance(value, list) and here.items is not None:
            for place, inner in enumerate(value):
                if inner.__class__ is not str:
                    waiting.append((inner, here.items, (*pointer, place)))
