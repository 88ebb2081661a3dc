"""`orgcode who-decides` on a real repository."""

from __future__ import annotations

import json

from tests.builder import Builder
from tests.cli.conftest import Ask


def test_a_thing_is_told_with_rule_people_and_place(ask: Ask) -> None:
    answer = ask("who-decides", "kok")
    assert answer.code == 0
    lines = [line.strip() for line in answer.out.splitlines()]
    assert lines[0] == "Who holds this role, in Kitchen (keuken)"
    assert (
        "Consent of the members of Kitchen decides; silence of 3 days counts as consent." in lines
    )
    assert "Today that is: Sara van Dam (sara)." in lines
    assert "Away, and counted when they respond: Omar El Idrissi (omar)." in lines
    assert "This rule comes with the ruleset teal@1." in lines


def test_a_rule_of_the_organisation_is_told_with_its_line(ask: Ask) -> None:
    assert "This rule stands in org.yaml. (org.yaml:9)" in ask("who-decides", "tension").out


def test_a_kind_in_one_circle(ask: Ask) -> None:
    everywhere = json.loads(ask("who-decides", "role", "--format", "json").out)["decisions"]
    here = ask("who-decides", "role", "--circle", "keuken", "--format", "json").out
    assert {decision["circle"] for decision in everywhere} == {"buurt", "keuken"}
    assert {decision["circle"] for decision in json.loads(here)["decisions"]} == {"keuken"}


def test_a_kind_in_dutch(ask: Ask) -> None:
    answer = ask("who-decides", "rollen", "--circle", "keuken", "--lang", "nl")
    assert answer.code == 0
    assert "Vandaag zijn dat: Sara van Dam (sara)." in answer.out


def test_json_has_its_documented_fields(ask: Ask) -> None:
    data = json.loads(ask("who-decides", "kok", "--format", "json").out)
    first = data["decisions"][0]
    assert set(first) == {
        "kind",
        "about",
        "circle",
        "rule",
        "people",
        "away",
        "recused",
        "reasons",
        "sentence",
        "way_out",
    }
    assert first["kind"] == "assignment"
    assert first["people"] == ["sara"]
    assert first["away"] == ["omar"]
    assert first["rule"]["by"] == "consent"
    assert first["rule"]["level"] == "ruleset"


def test_what_is_neither_thing_nor_kind_is_wrong_use(repository: Builder, ask: Ask) -> None:
    assert "Did you mean governance?" in ask("who-decides", "governence").err
    assert ask("who-decides", "kok", "--circle", "keuken").code == 2


def test_a_rule_that_is_not_for_all_says_for_what_it_is(repository: Builder, ask: Ask) -> None:
    rule = "decision_rules:\n  - {for: policy, where: {kind: authority}, by: advice, of: all}\n"
    kitchen = (repository.root / "circles/keuken.yaml").read_text(encoding="utf-8")
    repository.write("circles/keuken.yaml", kitchen + rule)
    said = ask("who-decides", "policy", "--circle", "keuken", "--lang", "nl").out
    assert "  Alleen voor: bevoegdheid.\n" in said
    data = json.loads(ask("who-decides", "policy", "--circle", "keuken", "--format", "json").out)
    assert data["decisions"][0]["rule"]["where"] == {"kind": "authority"}


def test_the_rules_themselves_are_known_by_a_plain_word(ask: Ask) -> None:
    plain = ask("who-decides", "beslisregels")
    assert plain.code == 0
    assert plain.out == ask("who-decides", "governance").out
