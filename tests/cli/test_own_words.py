"""What orgcode says of an organisation with other words than teal's has none of teal's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builder import Builder
from tests.cli.conftest import ORGANISATION, Ask

COMMANDS = (
    ("check",),
    ("check", "--format", "json"),
    ("who-decides", "kok"),
    ("who-decides", "circles/keuken"),
    ("who-decides", "circles/keuken", "--format", "json"),
    ("who-decides", "role"),
    ("who-decides", "org"),
    ("who-decides", "people/sara"),
    ("what-binds", "kok"),
    ("show", "circles/keuken"),
    ("show", "kok"),
    ("show", "org"),
    ("list", "circles"),
    ("list", "objectives"),
)
STRANGE = {
    "en": re.compile(r"(?<![/\"-])\b(sub-)?circles?\b(?![/\":])", re.IGNORECASE),
    "nl": re.compile(r"\b(deel|top)?(cirkels?|kring(en)?)\b", re.IGNORECASE),
}


@pytest.fixture(autouse=True)
def _in_the_open(repository: Builder) -> None:
    org = ORGANISATION["org.yaml"].replace("teal@1", "open-source@1")
    repository.write("org.yaml", org)
    repository.write("roles/leeg.yaml", "name: Leeg\ncircle: keuken\n")
    repository.write("policies/fout.yaml", "title: Fout\ncircle: kueken\ntext: Kort.\n")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_word_of_another_ruleset_is_read(
    command: tuple[str, ...], language: str, ask: Ask
) -> None:
    said = ask(*command, "--lang", language)
    assert said.code in {0, 1}
    text = said.out + said.err
    assert STRANGE[language].findall(text) == []


def test_the_own_words_are_read_instead(ask: Ask) -> None:
    assert "Er is geen team met het id “kueken”." in ask("check", "--lang", "nl").out
    assert "Waar dit team voor is en waar dat bij hoort" in (
        ask("who-decides", "circles/keuken", "--lang", "nl").out
    )
    assert "There is no team with the id “kueken”." in ask("check").out


def test_teal_still_reads_its_own(repository: Builder, ask: Ask) -> None:
    repository.write("org.yaml", ORGANISATION["org.yaml"])
    assert "Er is geen cirkel met het id “kueken”." in ask("check", "--lang", "nl").out
    assert "Waar deze cirkel voor is en waar die bij hoort" in (
        ask("who-decides", "circles/keuken", "--lang", "nl").out
    )


def test_the_demo_tells_in_words_what_is_open(ask: Ask, tmp_path: Path) -> None:
    said = ask("demo", str(tmp_path / "demo"), "--lang", "nl").out
    assert re.search(r"De rol .* heeft een open plaats\.", said)
    assert not re.search(r"\b(role|seat)s?\b", re.sub(r"\[[a-z-]+\]|`[^`]*`|\S*/\S*", "", said))
