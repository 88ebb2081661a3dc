"""`orgcode init` as it is typed: which starters it offers, asks for and refuses."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from orgcode.actions.starters import STARTERS, Starter
from orgcode.documents.source import parse
from orgcode.i18n.translator import Translator
from tests.cli.conftest import Ask

ANSWERS = ("--name", "Haan", "--purpose", "Wakker.", "--founder", "Sara")
PROGRAM = "from orgcode.cli.main import main; main()"


def at_a_terminal(typed: str, *arguments: str) -> tuple[int, str]:
    """The exit code and what is said, where somebody types that."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"},
    ) as asking:
        os.close(theirs)
        os.write(ours, typed.encode())
        said = b""
        with suppress(OSError):
            while piece := os.read(ours, 4096):
                said += piece
        os.close(ours)
    return asking.returncode, said.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_help_lists_every_starter_with_a_line_about_it(ask: Ask, language: str) -> None:
    helped = " ".join(ask("init", "--help", "--lang", language).out.split())
    say = Translator(language).say
    for starter in STARTERS:
        assert f"{starter.name} {say(starter.about)}" in helped


def test_a_line_about_a_starter_is_translated() -> None:
    for starter in STARTERS:
        assert Translator("nl").say(starter.about) != Translator("en").say(starter.about)


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.name)
def test_each_starter_can_be_named(ask: Ask, tmp_path: Path, starter: Starter) -> None:
    teams = ("--team", "Noord", "--team", "Zuid") if starter.has_teams else ()
    made = ask("init", str(tmp_path / "new"), "--starter", starter.name, *teams, *ANSWERS)
    assert made.code == 0
    assert "still waiting for somebody" in made.err
    assert "error" not in made.out
    assert ask("-C", str(tmp_path / "new"), "check").code == 0


@pytest.mark.parametrize("ruleset", ["sociocracy@1", "sociocracy"])
def test_a_ruleset_can_be_named_in_its_place(ask: Ask, tmp_path: Path, ruleset: str) -> None:
    assert ask("init", str(tmp_path / "new"), "--ruleset", ruleset, *ANSWERS).code == 0
    assert "\nruleset: sociocracy@1\n" in (tmp_path / "new/org.yaml").read_text()


def test_without_either_it_is_teal(ask: Ask, tmp_path: Path) -> None:
    assert ask("init", str(tmp_path / "new"), *ANSWERS).code == 0
    assert "\nruleset: teal@1\n" in (tmp_path / "new/org.yaml").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--starter", "tael"), "There is no starter tael."),
        (("--ruleset", "teal@7"), "There is no ruleset teal@7."),
        (("--starter", "teal", "--ruleset", "holacracy"), "has the ruleset teal@1"),
        (("--starter", "neighbourhood-care"), "needs the names of its teams"),
        (("--team", "Noord"), "has no teams to name"),
        (("--starter", "neighbourhood-care", "--team", " "), "A team has no name."),
        (
            ("--starter", "neighbourhood-care", "--team", "Zuid", "--team", "zuid"),
            "would both get the id team-zuid",
        ),
        (("--update", "--starter", "teal"), "--starter cannot be used together with --update"),
        (("--update", "--team", "Zuid"), "--team cannot be used together with --update"),
    ],
)
def test_what_cannot_be_is_answered_and_nothing_is_made(
    ask: Ask, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    given = () if "--update" in options else ANSWERS
    answer = ask("init", str(tmp_path / "new"), *options, *given)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert not (tmp_path / "new").exists()


def test_at_a_terminal_one_chooses_from_a_list(tmp_path: Path) -> None:
    typed = "Haan\nWakker.\nSara\nnine\n3\n"
    code, said = at_a_terminal(typed, "init", str(tmp_path / "new"))
    assert code == 0, said
    for place, starter in enumerate(STARTERS, 1):
        assert f"{place}  {starter.name}" in said
    assert "There is no starter nine." in said
    assert "\nruleset: sociocracy@1\n" in (tmp_path / "new/org.yaml").read_text()


def test_at_a_terminal_a_care_cooperative_asks_for_its_teams(tmp_path: Path) -> None:
    typed = (
        "Nabij\nThuis blijven wonen.\nSara\nneighbourhood-care\nNoord, noord\nNoord, Zuid,West,\n"
    )
    code, said = at_a_terminal(typed, "--lang", "nl", "init", str(tmp_path / "new"))
    assert code == 0, said
    assert "Hoe heten jullie teams?" in said
    assert "zouden allebei het id team-noord krijgen" in said
    made = {path.stem for path in (tmp_path / "new/circles").iterdir()}
    assert {"team-noord", "team-zuid", "team-west"} <= made


@pytest.mark.parametrize("typed", ["Haan\nWakker.\nSara\n\x04", "Haan\nWakker.\nSara\n6\n,,\n\x04"])
def test_whoever_goes_away_in_the_middle_leaves_nothing_behind(tmp_path: Path, typed: str) -> None:
    code, said = at_a_terminal(typed, "init", str(tmp_path / "new"))
    assert code == 130
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_what_was_named_is_not_asked_for(tmp_path: Path) -> None:
    arguments = ("init", str(tmp_path / "new"), "--ruleset", "cooperative", *ANSWERS)
    code, said = at_a_terminal("", *arguments)
    assert code == 0, said
    assert parse((tmp_path / "new/org.yaml").read_bytes()).flaws == ()


def test_a_mistyped_starter_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    code, said = at_a_terminal("", "init", str(tmp_path / "new"), "--starter", "tael")
    assert code == 2
    assert "tael" in said
    assert "What is your organisation called?" not in said


def test_the_founder_is_known_by_the_address_that_git_has(ask: Ask, tmp_path: Path) -> None:
    purpose = ("--name", "Haan", "--purpose", "Wakker.")
    assert ask("init", str(tmp_path / "own"), *purpose).code == 0
    (own,) = (tmp_path / "own/people").iterdir()
    assert "test@example.org" in own.read_text()
    assert ask("-C", str(tmp_path / "own"), "doctor", "--format", "json").out.count(own.name) > 0
    assert ask("init", str(tmp_path / "other"), *ANSWERS).code == 0
    assert "@" not in (tmp_path / "other/people/sara.yaml").read_text()
