"""Long work shows how far it is: on a terminal, and nowhere else."""

from __future__ import annotations

import pytest

from orgcode.cli import progress
from orgcode.cli.progress import TerminalProgress
from orgcode.i18n.translator import Translator
from orgcode.model.message import message


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_INTERVAL", 0)


@pytest.mark.usefixtures("_impatient")
def test_long_work_shows_how_far_it_is_and_clears_the_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = TerminalProgress(Translator("nl"), on=True)
    shown(message("Reading files"), 3, 7)
    shown.clear()
    shown.clear()
    captured = capsys.readouterr()
    assert captured.err == "\r\x1b[KBestanden lezen: 3 van 7\r\x1b[K"
    assert captured.out == ""


@pytest.mark.usefixtures("_impatient")
def test_without_a_terminal_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    shown = TerminalProgress(Translator("en"), on=False)
    shown(message("Reading files"), 3, 7)
    shown.clear()
    assert capsys.readouterr().err == ""


def test_work_that_is_soon_done_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    shown = TerminalProgress(Translator("en"), on=True)
    shown(message("Reading files"), 7, 7)
    shown.clear()
    assert capsys.readouterr().err == ""
