"""Commits are copied as they are, and what git would refuse is mended."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orgcode.actions.importing_history import import_organisation_with_history
from orgcode.adapters.git.replay import person, with_trailer
from orgcode.i18n.translator import Translator
from tests.builder import Builder

ID = "1" * 40


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (b"Ada <a@b.c> 12 +0100", b"Ada <a@b.c> 12 +0100"),
        ("Zoë 🦀 <z@b.c> 12 -0330".encode(), "Zoë 🦀 <z@b.c> 12 -0330".encode()),
        (b"<a@b.c> 12 +0000", b"<a@b.c> 12 +0000"),
        (b"Ada <> 0012 +0000", b"Ada <> 12 +0000"),
        (b"Ada<a@b.c> 12 +0000", b"Ada <a@b.c> 12 +0000"),
        (b"A <d> a <a@b.c> 12 +0000", b"A <d> 0 +0000"),
        (b"Ada <a@b.c> -5 +0000", b"Ada <a@b.c> 0 +0000"),
        (b"Ada <a@b.c> 99999999999999999999 +0000", b"Ada <a@b.c> 0 +0000"),
        (b"Ada", b"Ada <> 0 +0000"),
        (b"", b"<> 0 +0000"),
    ],
)
def test_people_are_as_they_were_or_as_git_takes_them(said: bytes, kept: bytes) -> None:
    assert person(said) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (b"One\n", b"One\n\n"),
        (b"One", b"One\n\n"),
        (b"One\n\nMore words.\n", b"One\n\nMore words.\n\n"),
        (b"One\n\nSigned-off-by: A <a@b.c>\n", b"One\n\nSigned-off-by: A <a@b.c>\n"),
        (b"One\n\nA: b\n continued\nC: d\n", b"One\n\nA: b\n continued\nC: d\n"),
        (b"One\n\n * Two\n * Three\n", b"One\n\n * Two\n * Three\n\n"),
        (b"Fix: one\n", b"Fix: one\n\n"),
        (b"One\n\nA: b\n\n", b"One\n\nA: b\n\n\n"),
        (b"One\0two\n", b"Onetwo\n\n"),
        (b"", b"\n\n"),
    ],
)
def test_the_trailer_stands_behind_the_message(text: bytes, kept: bytes) -> None:
    assert with_trailer(text, ID) == kept + b"Imported-from: " + ID.encode() + b"\n"


def test_odd_commits_are_replayed_and_git_finds_no_fault(tmp_path: Path) -> None:
    source = Builder.make(tmp_path / "source")
    last = source.commit({"teams/core.toml": 'name = "core"\n[people]\nmembers = ["ada"]\n'})
    tree = source.git("rev-parse", "HEAD^{tree}")
    for head, text in (
        ("author <> 5 +0000\ncommitter A <a@b> 6 +0000", b"\xff\xfe no UTF-8\n"),
        ("author A<a@b> 07 +9999\ncommitter A <a@b> 0 -0000\nencoding latin1", b"caf\xe9"),
        (
            "author A <a@b> 7 +0000\ncommitter A <a@b> 8 +0000\ngpgsig -----BEGIN\n x\n -----END",
            b"",
        ),
        ("author A <a@b> 7 +0000\ncommitter A <a@b> 8 +0000", b"from :1\nM 100644 :1 x\ndata 3\n"),
    ):
        raw = f"tree {tree}\nparent {last}\n{head}\n\n".encode() + text
        write = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
        last = source.git(*write, stdin=raw)
    source.git("update-ref", "refs/heads/main", last)
    made = tmp_path / "made"
    now = datetime(2026, 1, 1, tzinfo=UTC)
    import_organisation_with_history("rust-team", source.root, made, now, Translator("en"))

    subprocess.run(["git", "fsck", "--strict"], cwd=made, check=True)
    told = Builder(made).git("log", "--format=%s", "HEAD~1").splitlines()
    assert len(told) >= 5
    assert told[0].startswith("from :1 M 100644 :1 x data 3")
    assert "café" in told
    assert Builder(made).git("ls-files").count("x\n") == 0
