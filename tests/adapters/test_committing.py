"""Founding a repository and committing files to it, without overwriting anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orgcode.adapters.git.committing import FEW
from orgcode.adapters.git.repository import Repository, find
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
FILES = {"org.yaml": b"name: X\r\n", "roles/kok.yaml": "é\n".encode(), "a/b/c": b""}


def commit(repository: Repository, files: dict[str, bytes] | None = None, ref: str = "") -> str:
    return repository.commit_files(
        files or FILES,
        "Found the organisation",
        "Sara",
        "sara@example.org",
        AT,
        ref or repository.branch,
    )


def test_a_founded_repository_is_clean_and_holds_exactly_the_files(tmp_path: Path) -> None:
    root = tmp_path / "new" / "org"
    id = commit(Repository.create(root))
    builder = Builder(root)
    assert builder.git("rev-parse", "refs/heads/main") == id
    assert builder.git("symbolic-ref", "HEAD") == "refs/heads/main"
    assert builder.git("status", "--porcelain") == ""
    assert builder.git("fsck", "--strict") == ""
    assert builder.git("log", "--format=%at|%ct") == "1767614400|1767614400"
    assert (
        builder.git("log", "--format=%an|%ae|%s") == "Sara|sara@example.org|Found the organisation"
    )
    for snapshot in (find(root).working_tree(), find(root).index(), find(root).commit("HEAD")):
        assert {path: snapshot.read(path) for path in snapshot.entries} == FILES
    assert builder.git("log", "-g", "--format=%gn|%ge|%gs") == (
        "Sara|sara@example.org|commit: Found the organisation"
    )
    assert [hook for hook in (root / ".git" / "hooks").glob("*") if hook.suffix != ".sample"] == []


def test_the_same_files_and_moment_give_the_same_commit(tmp_path: Path) -> None:
    ids = {commit(Repository.create(tmp_path / name)) for name in ("one", "two")}
    assert len(ids) == 1


def test_very_many_files_are_on_disk_before_a_reference_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository.create(tmp_path)
    named: list[bool] = []
    monkeypatch.setattr("os.sync", lambda: named.append(repository.has_tip))
    files = {f"people/p{number}.yaml": b"name: P\n" for number in range(FEW + 1)}

    commit(repository, files)

    assert named == [False]
    assert Builder(tmp_path).git("status", "--porcelain") == ""
    assert Builder(tmp_path).git("fsck", "--strict") == ""
    assert set(find(tmp_path).commit("HEAD").entries) == set(files)


def test_an_empty_repository_that_is_there_already_is_used(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path)
    builder.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    id = commit(Repository.create(tmp_path))
    assert builder.git("rev-parse", "refs/heads/trunk") == id
    assert builder.git("status", "--porcelain") == ""


def test_a_repository_with_commits_is_not_founded_again(tmp_path: Path) -> None:
    Builder.make(tmp_path).commit({"x": ""})
    with pytest.raises(OrgcodeError, match="already a git repository"):
        Repository.create(tmp_path)


def test_files_are_added_on_top_of_what_was_committed(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path)
    first = builder.commit({"README.md": "hello", "roles/own.yaml": "own"})
    commit(builder.find())
    assert builder.git("rev-parse", "HEAD~1") == first
    assert sorted(builder.git("ls-files").splitlines()) == [
        "README.md",
        "a/b/c",
        "org.yaml",
        "roles/kok.yaml",
        "roles/own.yaml",
    ]
    assert builder.git("status", "--porcelain") == ""


def test_what_is_staged_stays_staged(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path)
    builder.commit({"README.md": "hello"})
    builder.write("README.md", "staged")
    builder.git("add", "README.md")
    commit(builder.find())
    assert builder.git("status", "--porcelain") == "M  README.md"


@pytest.mark.parametrize("path", ["org.yaml", "roles", "a/b"])
def test_nothing_that_exists_is_overwritten_and_nothing_is_begun(tmp_path: Path, path: str) -> None:
    builder = Builder.make(tmp_path)
    file = builder.write(path, "mine")
    with pytest.raises(OrgcodeError, match="not overwritten"):
        commit(builder.find())
    assert file.read_text() == "mine"
    assert builder.find().is_empty
    assert builder.git("count-objects") == "0 objects, 0 kilobytes"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    (tmp_path / "outside").mkdir()
    (builder.root / "roles").symlink_to("../outside")
    with pytest.raises(OrgcodeError, match="not overwritten"):
        commit(builder.find())
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_path_that_is_committed_already_is_refused(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path)
    builder.commit({"org.yaml": "old"})
    (tmp_path / "org.yaml").unlink()
    with pytest.raises(OrgcodeError, match="not overwritten"):
        commit(builder.find())
    assert builder.git("show", "HEAD:org.yaml") == "old"


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a//b", "", ".git/hooks/x", ".GIT/x", "a\\b", "a\0b", "a\nb", "./x"]
)
def test_no_path_leads_out_of_the_repository_or_into_git(tmp_path: Path, path: str) -> None:
    repository = Repository.create(tmp_path / "org")
    with pytest.raises(OrgcodeError, match="can be called"):
        commit(repository, {path: b"x"})
    assert repository.is_empty


def test_a_branch_that_moved_meanwhile_is_not_moved_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orgcode.adapters.git import committing

    builder = Builder.make(tmp_path)
    builder.commit({"README.md": "1"})
    repository = builder.find()
    swap = committing.move_ref

    def overtaken(*arguments: object) -> None:
        builder.commit({"README.md": "2"})
        swap(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(committing, "move_ref", overtaken)
    with pytest.raises(OrgcodeError, match="could not be moved"):
        commit(repository)
    assert builder.git("show", "HEAD:README.md") == "2"
    assert not (tmp_path / "org.yaml").exists()


def test_a_branch_that_is_not_checked_out_leaves_the_working_tree_alone(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path)
    builder.commit({"README.md": "1"})
    id = commit(builder.find(), ref="refs/heads/side")
    assert builder.git("rev-parse", "side") == id
    assert builder.git("status", "--porcelain") == ""
    assert not (tmp_path / "org.yaml").exists()


def test_hooks_that_a_repository_brings_do_not_run(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    for name in ("reference-transaction", "pre-commit", "post-commit", "post-index-change"):
        hook = builder.root / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran-{name}\n")
        hook.chmod(0o755)
    commit(builder.find())
    assert list(tmp_path.glob("ran-*")) == []


def test_the_author_is_who_git_says_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = Builder.make(tmp_path)
    assert builder.find().author == ("Test", "test@example.org")
    builder.git("config", "user.email", "here@example.org")
    assert builder.find().author == ("Test", "here@example.org")
    builder.git("config", "--unset", "user.email")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    assert builder.find().author == ("orgcode", "orgcode@localhost")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Joke <b>\n")
    assert builder.find().author[0] == "Joke <b>\n"
    builder.find().commit_files(FILES, "x", *builder.find().author, AT)
    assert builder.git("log", "--format=%an|%ae") == "Joke b|orgcode@localhost"
