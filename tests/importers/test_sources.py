"""A source is a folder, a repository or a bundle; anything else gets a clear answer."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from orgcode.adapters.importers.sources import open_source
from orgcode.model.errors import OrgcodeError
from orgcode.model.snapshot import Unreadable
from tests.importers.small import RUST


def git(folder: Path, *arguments: str, day: str = "2025-01-01") -> str:
    moment = f"{day}T12:00:00+00:00"
    environment = {**os.environ, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def fill(folder: Path) -> Path:
    for path, text in RUST.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits on main; in the second one a team was archived. A tag is on the first."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    fill(folder)
    (folder / "teams/archive/docs.toml").rename(folder / "teams/docs.toml")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "One", day="2020-02-03")
    git(folder, "tag", "first")
    (folder / "teams/archive").mkdir(exist_ok=True)
    git(folder, "mv", "teams/docs.toml", "teams/archive/docs.toml")
    git(folder, "commit", "--quiet", "-m", "Two", day="2021-03-04")
    return folder


def paths(source: Path, rev: str | None = None) -> set[str]:
    with open_source(source, rev) as opened:
        return set(opened.snapshot.entries)


def test_a_folder_is_read_as_it_is(tmp_path: Path) -> None:
    with open_source(fill(tmp_path), None) as source:
        assert set(source.snapshot.entries) == set(RUST)
        assert source.snapshot.read("people/ada.toml") == RUST["people/ada.toml"].encode()
        assert source.days(("teams/archive/",)) == {}


def test_a_working_tree_is_read_as_it_is_and_at_a_revision(repository: Path) -> None:
    (repository / "people/new.toml").write_text('github = "new"\n')

    assert "people/new.toml" in paths(repository)
    assert paths(repository, "HEAD") == set(RUST)
    assert "teams/docs.toml" in paths(repository, "first")


def test_a_bare_repository_is_read_at_its_tip(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), "bare")

    assert paths(tmp_path / "bare") == set(RUST)
    assert "teams/docs.toml" in paths(tmp_path / "bare", "main~1")


@pytest.mark.parametrize("refs", [("main",), ("HEAD", "main"), ("--all",)])
def test_a_bundle_is_read_at_its_tip_and_at_a_revision(
    repository: Path, tmp_path: Path, refs: tuple[str, ...]
) -> None:
    git(repository, "branch", "aside", "first")
    bundle = tmp_path / "some.bundle"
    git(repository, "bundle", "create", "--quiet", str(bundle), *refs)

    assert paths(bundle) == set(RUST)
    assert "teams/docs.toml" in paths(bundle, "main~1")


def test_history_tells_since_when_a_file_stands_in_a_folder(repository: Path) -> None:
    git(repository, "rm", "--quiet", "people/linus.toml")
    git(repository, "commit", "--quiet", "-m", "Three", day="2022-01-01")

    with open_source(repository, None) as source:
        assert source.days(("teams/archive/",)) == {"teams/archive/docs.toml": date(2021, 3, 4)}
        assert set(source.days(("people/",)).values()) == {date(2020, 2, 3)}


def test_what_came_back_stands_there_since_it_came_back(repository: Path) -> None:
    git(repository, "mv", "teams/archive/docs.toml", "teams/docs.toml")
    git(repository, "commit", "--quiet", "-m", "Three", day="2022-01-01")
    (repository / "teams/archive").mkdir(exist_ok=True)
    git(repository, "mv", "teams/docs.toml", "teams/archive/docs.toml")
    git(repository, "commit", "--quiet", "-m", "Four", day="2023-01-01")

    with open_source(repository, None) as source:
        assert source.days(("teams/archive/",)) == {"teams/archive/docs.toml": date(2023, 1, 1)}


def test_a_history_that_was_cut_off_does_not_tell(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "shallow")

    with open_source(tmp_path / "shallow", None) as source:
        assert source.days(("teams/archive/",)) == {}


def test_a_repository_without_commits_is_a_folder(tmp_path: Path) -> None:
    git(fill(tmp_path), "init", "--quiet")

    with open_source(tmp_path, None) as source:
        assert set(source.snapshot.entries) == set(RUST)
        assert source.days(("teams/archive/",)) == {}


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people/x.toml").symlink_to("/etc/passwd")
    (tmp_path / "teams").symlink_to("/etc")

    with open_source(tmp_path, None) as source:
        assert set(source.snapshot.entries) == {"people/x.toml", "teams"}
        assert source.snapshot.read("people/x.toml") is Unreadable.LINK


def test_nothing_is_left_of_a_bundle_and_its_hooks_do_not_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "some.bundle"
    git(repository, "bundle", "create", "--quiet", str(bundle), "main")
    hooks, scratch = tmp_path / "hooks", tmp_path / "scratch"
    hooks.mkdir()
    scratch.mkdir()
    (hooks / "reference-transaction").write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    (hooks / "reference-transaction").chmod(0o755)
    configuration = tmp_path / "configuration"
    configuration.write_text(f"[core]\n\thooksPath = {hooks}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configuration))
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)

    assert paths(bundle) == set(RUST)
    assert not (tmp_path / "ran").exists()
    assert list(scratch.iterdir()) == []


def refusal(source: Path, rev: str | None = None) -> str:
    with pytest.raises(OrgcodeError) as caught, open_source(source, rev) as opened:
        opened.snapshot.entries  # noqa: B018 (never reached)
    return caught.value.cause.id


def test_what_is_no_source_is_refused(tmp_path: Path, repository: Path) -> None:
    (tmp_path / "file").write_text("hello")
    (tmp_path / "empty").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")

    assert "neither a folder nor a git bundle" in refusal(tmp_path / "file")
    assert "neither a folder nor a git bundle" in refusal(tmp_path / "empty")
    assert "nothing at" in refusal(tmp_path / "pipe")
    assert "nothing at" in refusal(tmp_path / "gone")
    assert "nothing at" in refusal(Path("a\0b"))
    assert "no revisions" in refusal(fill(tmp_path / "folder"), "main")
    assert "no commit called" in refusal(repository, "gone")
    assert "no commit called" in refusal(repository, "--output=x")


def test_a_damaged_bundle_is_refused(repository: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "some.bundle"
    git(repository, "bundle", "create", "--quiet", str(bundle), "main")
    whole = bundle.read_bytes()

    bundle.write_bytes(whole[:-100])
    assert "cannot unpack" in refusal(bundle)
    bundle.write_bytes(whole[: len(whole) // 2] + b"\0\0\0\0" + whole[len(whole) // 2 + 4 :])
    assert "cannot unpack" in refusal(bundle)
    bundle.write_bytes(b"# v2 git bundle\n")
    assert "cannot unpack" in refusal(bundle) or "no branch" in refusal(bundle)
    git(repository, "bundle", "create", "--quiet", str(bundle), "first..main")
    assert "cannot unpack" in refusal(bundle)
    git(repository, "bundle", "create", "--quiet", str(bundle), "first")
    assert "no branch" in refusal(bundle)
