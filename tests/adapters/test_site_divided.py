"""A site that several processes write is the one that a single process writes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from orgcode.adapters import processes
from orgcode.adapters.processes import nobody
from orgcode.adapters.site import write_site
from orgcode.adapters.site_files import Making, digest_of
from orgcode.adapters.site_marker import MARKER
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

PAGES = {f"p/{number}.html": b"%d" % number * 50 for number in range(12)}
HERE = os.getpid()


@pytest.fixture(autouse=True)
def _three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FEW", 1)
    monkeypatch.setattr(processes, "_processors", lambda: 3)


class Spoilt(Mapping[str, bytes]):
    """Pages of which one does something else when it is made."""

    def __init__(self, pages: Mapping[str, bytes], path: str, do: str) -> None:
        self._pages = pages
        self._path = path
        self._do = do
        self._has_waited = False

    def __getitem__(self, path: str) -> bytes:
        if path == self._path:
            if self._do == "raise":
                raise OrgcodeError(message("The page is broken."), message("Mend it."))
            if os.getpid() != HERE:
                os.kill(os.getpid(), signal.SIGKILL)
        elif self._do == "kill" and os.getpid() == HERE and not self._has_waited:
            self._has_waited = True  # so that others take the page
            signal.sigtimedwait([], 0.3)
        return self._pages[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_several_processes_write_the_same_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several = write_site(tmp_path / "several", PAGES, Making(report=lambda: b"told"))
    assert several.reports == (b"told",) * 3
    monkeypatch.setattr(processes, "FEW", 1000)
    one = write_site(tmp_path / "one", PAGES)
    assert several.digests == one.digests
    assert contents(tmp_path / "several") == contents(tmp_path / "one")


@pytest.mark.parametrize("path", ["p/0.html", "p/5.html", "p/11.html"])
@pytest.mark.parametrize("again", [False, True])
def test_a_process_that_is_killed_amid_the_writing_changes_nothing(
    tmp_path: Path, path: str, *, again: bool
) -> None:
    if again:
        write_site(tmp_path / "site", {**PAGES, path: b"old"})
    write_site(tmp_path / "site", Spoilt(PAGES, path, "kill"))
    found = contents(tmp_path / "site")
    assert found.pop(MARKER)
    assert found == PAGES
    assert [item.name for item in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("path", ["p/0.html", "p/11.html"])
def test_an_error_in_a_page_is_told_and_leaves_the_old_site(tmp_path: Path, path: str) -> None:
    old = {**PAGES, path: b"old"}
    write_site(tmp_path / "site", old)
    before = contents(tmp_path / "site")
    with pytest.raises(OrgcodeError, match="broken"):
        write_site(tmp_path / "site", Spoilt(PAGES, path, "raise"))
    assert contents(tmp_path / "site") == before
    assert [item.name for item in tmp_path.iterdir()] == ["site"]


def known() -> Making:
    return Making(known={path: digest_of(content) for path, content in PAGES.items()}, tell=nobody)


def test_pages_that_somebody_altered_or_took_away_are_made_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, PAGES)
    (site / "p/0.html").write_bytes(b"mine")
    (site / "p/1.html").unlink()
    (site / "p/2.html").unlink()
    (site / "p/2.html").symlink_to("3.html")
    (site / "p/4.html").unlink()
    (site / "p/4.html").mkdir()
    (site / "p/5.html").write_bytes(b"")
    os.link(site / "p/6.html", tmp_path / "mine.html")
    (tmp_path / "mine.html").write_bytes(b"mine")
    write_site(site, PAGES, known())
    found = contents(site)
    assert found.pop(MARKER)
    assert found == PAGES
    assert not (site / "p/2.html").is_symlink()
    assert (tmp_path / "mine.html").read_bytes() == b"mine"


def test_files_that_stay_the_same_are_not_written_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(site, PAGES)
    before = {path: (site / path).stat().st_ino for path in PAGES}
    write_site(site, {**PAGES, "p/7.html": b"new"}, Making())
    after = {path: (site / path).stat().st_ino for path in PAGES}
    assert [path for path in PAGES if before[path] != after[path]] == ["p/7.html"]


def test_what_is_written_over_a_page_shows_in_no_other_site(tmp_path: Path) -> None:
    """Unaltered pages are links to those of the old site, and of that only."""
    for name in ("one", "two"):
        write_site(tmp_path / name, PAGES)
        write_site(tmp_path / name, PAGES, known())
    (tmp_path / "one/p/0.html").write_bytes(b"mine")
    assert (tmp_path / "two/p/0.html").read_bytes() == PAGES["p/0.html"]
    assert (tmp_path / "two/p/0.html").stat().st_nlink == 1
