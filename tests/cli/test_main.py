"""The entry: help, languages, exit codes, streams."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from orgcode.cli.command import Command
from orgcode.cli.main import COMMANDS, INTERRUPTED, PIPE_CLOSED
from tests.builder import Builder
from tests.cli.conftest import START, Ask, quiet_environment, start


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_exists(name: str) -> None:
    command = import_module(f"orgcode.cli.{COMMANDS[name].module}").command
    assert isinstance(command, Command)
    assert command.name == name


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_command_explains_itself_in_both_languages(
    name: str, language: str, ask: Ask
) -> None:
    answer = ask(name, "--lang", language, "--help")
    assert answer.code == 0
    assert answer.err == ""
    assert answer.out.startswith({"nl": "Gebruik: ", "en": "Usage: "}[language])
    assert "-C DIR" in answer.out


def test_an_option_that_has_to_be_given_is_explained_in_dutch_too(ask: Ask) -> None:
    words = " ".join(ask("gate", "--lang", "nl", "--help").out.split())
    assert "--base REV De branch waar het deel van moet worden. [verplicht]" in words
    words = " ".join(ask("gate", "--lang", "en", "--help").out.split())
    assert "--base REV The branch that it is to be part of. [required]" in words


def test_help_lists_every_command() -> None:
    out = start("--help", folder=Path.cwd()).stdout.decode()
    assert [name for name in COMMANDS if f"\n  {name} " not in out] == []


def test_without_arguments_there_is_help(ask: Ask, tmp_path: Path) -> None:
    done = start(folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(b"Usage: orgcode ")


@pytest.mark.parametrize(
    ("environment", "first"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "Gebruik"),
        ({"LANG": "nl"}, "Gebruik"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "nl_BE"}, "Gebruik"),
        ({"LANG": "nl_NL.UTF-8", "LC_MESSAGES": "C"}, "Usage"),
        ({"LANG": "nds_DE"}, "Usage"),
        ({}, "Usage"),
    ],
)
def test_the_locale_chooses_the_language(
    environment: dict[str, str], first: str, tmp_path: Path
) -> None:
    done = start("--help", folder=tmp_path, environment=environment)
    assert done.stdout.decode().startswith(f"{first}: orgcode")


@pytest.mark.parametrize("arguments", [("--lang", "en", "chek"), ("--lang=en", "chek")])
def test_the_option_goes_before_the_locale(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = start(*arguments, folder=tmp_path, environment={"LANG": "nl_NL.UTF-8"})
    assert done.stderr.decode().startswith("orgcode: There is no command chek.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("chek",), "Did you mean check?"),
        (("--fromat", "json", "check"), "Did you mean --format?"),
        (("check", "--strct"), "Did you mean --strict?"),
        (
            ("check", "--format", "xml"),
            "must be one of: text, json, markdown, github, sarif, junit.",
        ),
        (("check", "--format"), "--format"),
        (("show", "--format", "github", "kok"), "show has no format github."),
        (("show",), "THING is missing."),
        (("show", "kok", "keuken"), "These arguments do not fit"),
        (("check", "--now", "tomorrow"), '"tomorrow" is no day or moment.'),
        (("check", "--at", "2027-02-30"), 'There is no day "2027-02-30".'),
        (("check", "--at", ""), "--at names no revision."),
        (("check", "--at", "nowhere"), "nowhere"),
        (("check", "--staged", "--at", "HEAD"), "cannot be used together"),
        (("guide", "--at", "HEAD"), "guide reads no revision."),
        (("-C", "nowhere", "check"), "nowhere"),
        (("--quiet",), "No command was given."),
    ],
)
def test_wrong_use_ends_with_two_and_says_what_to_do(
    arguments: tuple[str, ...], says: str, ask: Ask
) -> None:
    answer = ask(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("orgcode: ")
    assert says in answer.err
    assert len(answer.err.splitlines()) == 2


def test_wrong_use_is_said_in_dutch(ask: Ask) -> None:
    assert ask("--lang", "nl", "chek").err == (
        "orgcode: Er is geen commando chek.\n    Bedoel je check?\n"
    )


def test_a_folder_without_repository_ends_with_two(tmp_path: Path) -> None:
    done = start("check", folder=tmp_path, environment={"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"orgcode: ")


def test_a_repository_without_organisation_ends_with_two(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "other")
    builder.commit({"README.md": "Something else"})
    done = start("check", folder=builder.root)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"There is no org.yaml here" in done.stderr


@pytest.mark.parametrize("before", [True, False])
def test_shared_options_work_before_and_after_the_name(
    before: bool, repository: Builder, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    shared = ["-C", str(repository.root), "--format", "json", "--quiet", "--lang", "nl"]
    answer = ask(*shared, "check") if before else ask("check", *shared)
    assert answer.code == 0
    assert answer.out.startswith("{")
    assert answer.err == ""


def test_the_option_after_the_name_wins(ask: Ask) -> None:
    assert ask("--format", "github", "check", "--format", "json").out.startswith("{")


def test_an_unexpected_exception_is_reported_as_a_bug(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orgcode.cli import explain

    def fail(*_: object, **__: object) -> int:
        problem = "a planted fault"
        raise RuntimeError(problem)

    monkeypatch.setattr(explain.command, "callback", fail)
    answer = ask("explain")
    assert answer.code == 3
    assert answer.out == ""
    assert "RuntimeError: a planted fault" in answer.err
    assert "Please report it to the makers of orgcode" in answer.err


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort])
def test_an_interruption_ends_quietly(
    error: type[BaseException], ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orgcode.cli import explain

    def interrupt(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(explain.command, "callback", interrupt)
    assert ask("explain") == (INTERRUPTED, "", "")


def test_a_reader_that_goes_away_is_no_error(repository: Builder) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*START, "-q", "list", "roles"],
        cwd=repository.root,
        env=quiet_environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (PIPE_CLOSED, b"")


def test_a_full_disk_is_said_to_be_full(repository: Builder) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*START, "-q", "list", "roles"],
            cwd=repository.root,
            env=quiet_environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"orgcode: The answer cannot be written (No space left")


def test_the_version_is_told(ask: Ask) -> None:
    answer = ask("--version")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("orgcode ")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    environment: dict[str, str], coloured: bool, repository: Builder
) -> None:
    parent, child = pty.openpty()
    process = subprocess.run(
        [*START, "-q", "--now", "2027-03-01", "check"],
        cwd=repository.root,
        env={**quiet_environment(), **environment},
        stdout=child,
        check=False,
    )
    os.close(child)
    shown = os.read(parent, 65536)
    os.close(parent)
    assert process.returncode == 0
    assert (b"\x1b[1;3" in shown) is coloured
    assert b"seat-open" in shown


def test_without_a_terminal_there_is_no_colour(repository: Builder) -> None:
    done = start("check", folder=repository.root, environment={"TERM": "xterm"})
    assert b"\x1b" not in done.stdout + done.stderr


def test_a_stream_that_cannot_hold_a_letter_gets_its_number(repository: Builder) -> None:
    repository.write("people/zoe.yaml", "name: Zoë 王\n")
    done = start("show", "zoe", folder=repository.root, environment={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0
    assert done.stdout.startswith("Zoë \\u738b\n".encode("latin-1"))


def test_help_imports_no_room_but_this_one() -> None:
    code = (
        "import sys; from orgcode.cli.main import run; run(['--help']);"
        "print([m for m in sys.modules if m.startswith('orgcode.')], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=quiet_environment()
    )
    loaded = done.stderr.decode()
    assert loaded.count("'orgcode.") == loaded.count("'orgcode.cli")
