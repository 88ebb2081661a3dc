"""Words of the ruleset in sentences, with the little words that depend on them."""

from __future__ import annotations

from string import Formatter

import pytest

from orgcode.documents.rulesets import load_ruleset, ruleset_ids
from orgcode.i18n.nouns import DUTCH, ENGLISH, is_neuter
from orgcode.i18n.translator import Translator
from orgcode.model.coding import from_plain, plain
from orgcode.model.message import Word, many, message, one
from tests.i18n.update_catalogue import CATALOGUE, read, wanted

WITH_HET = {
    "beleidsbesluit",
    "besluit",
    "bezwaar",
    "blokkerend bezwaar",
    "cirkellid",
    "consent",
    "doel",
    "domein",
    "eigen besluit na advies",
    "gebied",
    "geen bezwaar",
    "kengetal",
    "kernresultaat",
    "kringlid",
    "lid",
    "overleg",
    "overwegend bezwaar",
    "punt van aandacht",
    "aandachtspunt",
    "projectteam",
    "adviesproces",
    "signaal",
    "streefdoel",
    "subteam",
    "team",
    "voorstel",
    "werkterrein",
}
WITH_DE = {
    "afspraak",
    "ankercirkel",
    "beleidsafspraak",
    "beslisregel",
    "besluitregel",
    "bestaansreden",
    "cirkel",
    "consensus",
    "context",
    "deelcirkel",
    "deelkring",
    "deelnemer",
    "doelstelling",
    "eenparigheid",
    "eigen bevoegdheid met advies",
    "functie",
    "groep",
    "instemming",
    "kanttekening",
    "kernrol",
    "koers",
    "kring",
    "kringrol",
    "kwestie",
    "ledenvergadering",
    "meting",
    "mijlpaal",
    "missie",
    "onderlinge afspraak",
    "overeenkomst",
    "partner",
    "persoon",
    "plaats",
    "raadpleging",
    "reactie",
    "regeling",
    "rol",
    "rolvervuller",
    "situatie",
    "spanning",
    "spelregel",
    "stemming",
    "stilzwijgende instemming",
    "strategie",
    "subcirkel",
    "subgroep",
    "taak",
    "termijn",
    "topcirkel",
    "topkring",
    "vaste rol",
    "verantwoordelijkheid",
    "vergadering",
    "volledige consensus",
    "vraag om commentaar",
    "zetel",
    "zittingstermijn",
    "zorg",
}


def said(language: str, ruleset: str, template: str, **words: Word) -> str:
    return Translator(language).speaking(load_ruleset(ruleset)).say(message(template, **words))


def test_a_word_is_said_as_the_ruleset_has_it() -> None:
    assert said("en", "teal@1", "{what}", what=one("circle")) == "circle"
    assert said("en", "open-source@1", "{what}", what=many("circle")) == "teams"
    assert said("nl", "teal@1", "{what}", what=many("circle")) == "cirkels"


def test_little_words_fit_the_noun() -> None:
    assert said("nl", "teal@1", "{c:deze}, {c:=die} {c:elke}", c=one("circle")) == (
        "deze cirkel, die elke cirkel"
    )
    assert said("nl", "open-source@1", "{c:Deze}, {c:=die} {c:elke}", c=one("circle")) == (
        "Dit team, dat elk team"
    )
    assert said("nl", "open-source@1", "{c:de}", c=many("circle")) == "de teams"
    assert said("en", "open-source@1", "{t:a} and {r:A}", t=one("tension"), r=one("role")) == (
        "an issue and A role"
    )


def test_a_capital_is_given_where_it_is_asked_for() -> None:
    assert said("nl", "teal@1", "{c:^}", c=one("circle")) == "Cirkel"
    assert said("nl", "teal@1", "{c}", c=Word(key="circle", capital=True)) == "Cirkel"


def test_without_a_ruleset_the_plain_name_is_said() -> None:
    assert Translator("en").say(message("{c:a}", c=one("anchor_circle"))) == "an anchor circle"


def test_another_text_in_the_place_of_a_word_is_said_as_it_is() -> None:
    assert Translator("nl").say(message("{c:deze}", c="team")) == "dit team"


@pytest.mark.parametrize("id", ruleset_ids())
def test_the_little_word_of_every_term_is_known(id: str) -> None:
    for key, term in load_ruleset(id).vocabulary.items():
        word = term.one["nl"]
        assert word in WITH_HET | WITH_DE, f"{key}: say in this test whether {word} has de or het"
        assert is_neuter(word) == (word in WITH_HET), word


def test_sentences_ask_only_for_little_words_that_there_are() -> None:
    def asked(template: str) -> set[str]:
        return {spec for _, _, spec, _ in Formatter().parse(template) if spec}

    translated = read(CATALOGUE)
    for key in wanted():
        for template in (key,) if isinstance(key, str) else key:
            assert asked(template) <= {"^", *ENGLISH, *map(str.capitalize, ENGLISH)}, template
    for said in translated.values():
        for template in (said,) if isinstance(said, str) else said:
            little = {spec.removeprefix("=").lower() for spec in asked(template)}
            assert little <= {"^", *DUTCH}, template


def test_a_word_can_be_kept_between_runs() -> None:
    kept = message("{c}", c=Word(key="circle", many=True, capital=True))
    assert from_plain(plain(kept)) == kept
