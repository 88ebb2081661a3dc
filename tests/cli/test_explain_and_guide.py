"""`orgcode explain` and `orgcode guide`, which need no repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgcode.actions.guide import guides
from orgcode.checking.change_rules import EVERY_RULE
from orgcode.cli.main import run
from tests.cli.conftest import Ask


@pytest.fixture(autouse=True)
def nowhere(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_rules_are_listed(language: str, ask: Ask) -> None:
    answer = ask("explain", "--lang", language)
    assert answer.code == 0
    listed = {line.split()[0] for line in answer.out.splitlines() if line.startswith("  ")}
    assert listed == {rule.name for rule in EVERY_RULE}


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.name)
def test_every_rule_is_explained(rule: object, ask: Ask) -> None:
    name = getattr(rule, "name", "")
    english = ask("explain", name).out
    dutch = ask("explain", name, "--lang", "nl").out
    assert english.startswith(f"{name} (")
    assert dutch.startswith(f"{name} (")
    assert english != dutch


def test_a_rule_as_json(ask: Ask) -> None:
    data = json.loads(ask("explain", "unknown-circle", "--format", "json").out)
    assert set(data) == {"name", "severity", "group", "summary", "documentation"}
    assert {key for part in data["documentation"] for key in part} == {"text", "example", "right"}
    every = json.loads(ask("explain", "--format", "json").out)
    assert len(every["rules"]) == len(EVERY_RULE)


def test_an_unknown_rule_is_answered_with_what_is_near(ask: Ask) -> None:
    answer = ask("explain", "unknown_circel")
    assert (answer.code, answer.out) == (2, "")
    assert "Did you mean unknown-circle?" in answer.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_guides_are_listed_and_printed(language: str, ask: Ask) -> None:
    listed = ask("guide", "--lang", language).out
    topics = [line.split()[0] for line in listed.splitlines()]
    assert topics
    for topic in topics:
        answer = ask("guide", topic, "--lang", language)
        assert answer.code == 0
        assert answer.out.startswith("# ")


def test_both_languages_have_the_same_guides() -> None:
    assert [g.topic for g in guides("nl")] == [g.topic for g in guides("en")]


def test_guides_as_json(ask: Ask) -> None:
    every = json.loads(ask("guide", "--format", "json").out)["guides"]
    one = json.loads(ask("guide", every[0]["topic"], "--format", "json").out)
    assert set(one) == {"topic", "title", "text"}


def test_an_unknown_topic_names_the_others(ask: Ask) -> None:
    answer = ask("guide", "zzzz")
    assert answer.code == 2
    assert "The guides are: " in answer.err


def test_neither_needs_a_repository() -> None:
    assert run(["-q", "explain", "unknown-circle"]) == 0


@pytest.mark.parametrize("language", ["nl", "en"])
def test_guides_are_listed_in_the_order_in_which_to_read_them(language: str) -> None:
    topics = [guide.topic for guide in guides(language)]
    assert topics[:3] == ["what-orgcode-is", "the-files", "what-yaml-wants"]


def test_a_part_of_a_name_finds_guide_and_rule(ask: Ask) -> None:
    assert "Did you mean what-yaml-wants?" in ask("guide", "yaml").err
    assert "Did you mean seat-open?" in ask("explain", "seat").err
