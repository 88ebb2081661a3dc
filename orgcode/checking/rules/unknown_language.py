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
from orgcode.checking.texts import Texts
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("texts",)


def check(org: Org, texts: Texts) -> Iterator[Problem]:
    """Find texts in a language that org.yaml does not list."""
    languages = org.kept("languages", lambda: _listed(org)) if texts.in_languages else ()
    for pointer in texts.in_languages if languages else ():
        if pointer[-1] in languages:
            continue
        yield Problem(
            path=texts.path,
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
