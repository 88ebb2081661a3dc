"""An organisation with words of its own reads them, and none of another ruleset's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from orgcode.checking.check import check
from orgcode.checking.documentation import Example, documentation
from orgcode.checking.rule import Rule
from orgcode.checking.rules import RULES
from orgcode.documents.rulesets import load_ruleset
from orgcode.i18n.translator import Translator
from orgcode.law.binding import Why
from orgcode.law.binding import sentence as why
from orgcode.law.sentences import sentence, way_out, where_it_stands
from orgcode.law.who_decides import Law, kind_name
from orgcode.model.effect import KINDS, RULELESS
from orgcode.model.entities import Thing
from orgcode.model.message import Message, Word
from orgcode.model.org import Org
from orgcode.model.ruleset import Ruleset, Term
from tests.changes.test_stands import MORE
from tests.checking.examples import example_organisation
from tests.law.small import organisation

LANGUAGES = ("nl", "en")
TEAL = load_ruleset("teal@1")
OWN = {
    key: Term(
        one={"nl": f"xq{number}", "en": f"xq{number}"},
        many={"nl": f"xqs{number}", "en": f"xqs{number}"},
        meaning={"nl": "", "en": ""},
    )
    for number, key in enumerate(TEAL.vocabulary)
}
EVERYDAY = {
    "seat",
    "person",
    "advice",
    "vote",
    "decision",
    "concern",
    "context",
    "strategy",
    "metric",
}
"""Notions whose words are also everyday words, which a sentence may need in their plain sense."""
RENAMED = replace(TEAL, vocabulary=OWN)
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\S*[/.]\S+")
"""What is to be typed, and paths: keys of files are the same for everybody."""


def teal_words(language: str) -> re.Pattern[str]:
    words = {
        word
        for key, term in TEAL.vocabulary.items()
        if key not in EVERYDAY
        for word in (term.one[language], term.many[language])
    }
    return re.compile(rf"\b({'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE)


def bare(value: object) -> object:
    """A message without what people wrote, which may be any word."""
    match value:
        case Message():
            arguments = {name: bare(item) for name, item in value.arguments.items()}
            return replace(value, arguments=arguments)
        case tuple() | list():
            return tuple(bare(item) for item in value)
        case Word() | int() | float():
            return value
    return "…"


def strange_words(said: Message, ruleset: Ruleset, language: str) -> set[str]:
    """Words of teal in a sentence that is said with the words of a ruleset."""
    message = bare(said)
    assert isinstance(message, Message)
    text = QUOTED.sub("", Translator(language).speaking(ruleset).say(message))
    return set(teal_words(language).findall(text))


def decided(org: Org) -> Iterator[Message]:
    """All that who-decides says of an organisation."""
    law = Law(org)
    things: list[Thing] = [
        thing
        for kind in ("circle", "role", "person", "policy", "agreement", "objective", "tension")
        for thing in org.things(kind).values()
    ]
    assert org.organisation is not None
    things += [org.organisation, *org.every_role.values()]
    asked: list[Thing | str] = [*things, *(kind for kind in KINDS if kind not in RULELESS)]
    for target in asked:
        for decision in law.who_decides(target):
            yield decision.about
            yield sentence(org, decision)
            yield where_it_stands(org, decision.match)
            out = way_out(org, decision)
            if out is not None:
                yield out
            for reasons in decision.electorate.reasons.values():
                yield from reasons
    for kind in KINDS:
        yield kind_name(kind)


WAYS = """\
decision_rules:
  - {for: policy, by: consensus, of: ["core:lead", "role:cook", parent-members, subject]}
  - for: role
    by: consent
    of: [affected, all]
    silence: consents
    open_for: 2 days
    quorum: 2
    otherwise: {after: 3 days, by: vote, of: anchor-members, threshold: "> 2/3"}
  - {for: circle, by: role, of: ["core:lead", "role:cook"], recuse: [proposer, subject]}
  - {for: agreement, by: advice, of: members, open_for: 1 day}
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_decides_speaks_the_words_of_the_organisation(language: str) -> None:
    org = organisation({**MORE, "org.yaml": WAYS})
    said = list(decided(org))
    assert len(said) > 300
    strange = {
        message.id: found
        for message in said
        if (found := strange_words(message, RENAMED, language))
    }
    assert strange == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_binds_speaks_the_words_of_the_organisation(language: str) -> None:
    reasons: tuple[Why, ...] = ("party", "domain", "here", "above")
    for reason in reasons:
        assert strange_words(why(reason, "x"), RENAMED, language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_check_speaks_the_words_of_the_organisation(rule: Rule, language: str) -> None:
    strange: dict[str, set[str]] = {}
    for part in documentation(rule):
        if isinstance(part, Example):
            for finding in check(example_organisation(part)[0]):
                for said in (finding.cause, finding.way_out):
                    if found := strange_words(said, RENAMED, language):
                        strange[said.id] = found
    assert strange == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_test_sees_a_word_of_teal(language: str) -> None:
    said = kind_name("circle")
    assert strange_words(said, TEAL, language)
    assert not strange_words(said, RENAMED, language)
