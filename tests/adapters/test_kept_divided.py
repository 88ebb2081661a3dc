"""Checks and handbooks of organisations that are large enough for several processes are those of
one process, with whatever is kept and whoever is killed.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from orgcode.actions import build as building
from orgcode.actions import check as checking
from orgcode.actions.build import build
from orgcode.actions.check import check_in_words
from orgcode.adapters import processes
from orgcode.adapters.git import bulk, kept
from orgcode.adapters.processes import Tell, Tick, Work, divide
from orgcode.adapters.site_marker import MARKER
from tests.adapters.kept_small import EDIT, FILES, Small
from tests.checking.demo import DAY


def _divide(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    for module in (processes, kept, checking, building):
        monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(processes, "_processors", lambda: 3)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small.make(tmp_path / "org")


@pytest.mark.parametrize("few", [1, 3, 9])
def test_findings_are_those_of_one_process(
    small: Small, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    _divide(monkeypatch, few)
    path, text = EDIT
    for edited in (False, False, True, True, False):
        small.builder.write(path, text if edited else FILES[path])
        assert small.found() == small.found_anew(), edited
    head = check_in_words(small.root, DAY, at="HEAD").findings
    assert head == small.found() == check_in_words(small.root, DAY, at="HEAD").findings


def test_findings_are_the_same_when_a_process_is_killed(
    small: Small, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    right = small.found_anew()
    _divide(monkeypatch, 1)
    here = os.getpid()
    for module in (bulk, checking):

        def dividing(
            work: Work,
            things: int,
            tell: Tell,
            killed: Path = tmp_path / module.__name__,
            **more: Callable[[], None],
        ) -> None:
            do = work.do

            def doing(part: int, parts: int, tick: Tick) -> None:
                if os.getpid() != here:
                    killed.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
                signal.sigtimedwait([], 0 if killed.exists() else 0.4)
                do(part, parts, tick)

            monkeypatch.setattr(work, "do", doing)
            divide(work, things, tell, **more)

        monkeypatch.setattr(module, "divide", dividing)
    assert small.found() == small.found() == right
    assert {file.name for file in tmp_path.iterdir()} >= {bulk.__name__, checking.__name__}


@pytest.mark.parametrize("at", [None, "HEAD"])
def test_a_handbook_is_that_of_one_process_also_after_pages_were_altered(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str | None
) -> None:
    """A page that somebody altered is made in a process that can ask neither git nor what is
    kept, and then here.
    """
    right = _built(small, tmp_path / "right", at)
    _divide(monkeypatch, 3)
    shutil.rmtree(small.folder)
    site = tmp_path / "site"
    assert _built(small, site, at) == right
    for page in ("roles/kok.html", "nl/people/sara.html"):
        if (site / page).exists():
            (site / page).write_bytes(b"mine")
    (site / "index.html").unlink()
    assert _built(small, site, at) == right
    assert _built(small, site, at) == right


def _built(small: Small, folder: Path, at: str | None) -> dict[str, bytes]:
    build(small.root, DAY, output=folder, at=at)
    small.let_go()
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    assert found.pop(MARKER)
    return found
