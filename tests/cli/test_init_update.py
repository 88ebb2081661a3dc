"""`orgcode init --update` as it is typed."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Ask


@pytest.fixture
def made(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    options = ("--name", "Haan", "--purpose", "Wakker.", "--founder", "Sara")
    folder = tmp_path / "haan"
    assert ask("init", str(folder), *options).code == 0
    monkeypatch.chdir(folder)
    return folder


def test_each_file_is_told(made: Path, ask: Ask) -> None:
    (made / ".editorconfig").write_text("mine\n")
    (made / ".gitignore").unlink()
    record = json.loads((made / "schema/made-by-orgcode.json").read_text())
    (made / "schema/role.schema.json").write_text("{}\n")
    record["files"]["schema/role.schema.json"] = sha256(b"{}\n").hexdigest()
    (made / "schema/made-by-orgcode.json").write_text(json.dumps(record))
    answer = ask("init", "--update")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert ".editorconfig: kept, because you changed it" in lines
    assert ".gitignore: not made again, because you deleted it" in lines
    assert "schema/circle.schema.json: current already" in lines
    assert "schema/role.schema.json: refreshed" in lines
    assert "Nothing has been committed" in answer.err
    assert "Next: orgcode init --update --diff " in answer.err


def test_it_is_told_in_dutch(made: Path, ask: Ask) -> None:
    (made / ".editorconfig").write_text("mine\n")
    answer = ask("init", "--update", "--lang", "nl")
    assert ".editorconfig: blijft zoals het is, want je hebt het veranderd" in answer.out


def test_the_difference_is_shown_as_a_patch(made: Path, ask: Ask) -> None:
    (made / ".editorconfig").write_text("mine\n")
    answer = ask("init", "--update", "--diff")
    assert answer.out.startswith("--- a/.editorconfig\n+++ b/.editorconfig\n@@ ")
    assert (made / ".editorconfig").read_text() == "mine\n"
    assert "Nothing has been written" in answer.err


def test_a_dry_run_says_what_would_be_done(made: Path, ask: Ask) -> None:
    (made / "schema/made-by-orgcode.json").unlink()
    answer = ask("init", "--update", "--dry-run")
    assert answer.code == 0
    assert not (made / "schema/made-by-orgcode.json").exists()
    assert "Nothing has been written" in answer.err


def test_another_folder_can_be_named(made: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.parent)
    answer = ask("init", "haan", "--update")
    assert answer.code == 0
    assert "schema/role.schema.json: current already" in answer.out


def test_what_does_not_go_together_is_refused(made: Path, ask: Ask) -> None:
    assert ask("init", "--update", "--name", "X").code == 2
    assert ask("init", "--diff").code == 2
    assert ask("init", "elsewhere", "--dry-run").code == 2
    assert not (made / "elsewhere").exists()


def test_a_difference_steers_no_terminal(made: Path, ask: Ask) -> None:
    (made / ".editorconfig").write_text("\x1b[2J\n::error::x\n")
    said = ask("init", "--update", "--diff").out
    assert "\x1b" not in said
    assert not [line for line in said.splitlines() if line.startswith("::")]
