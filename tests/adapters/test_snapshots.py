"""The working tree, the index and a commit say the same about the same state."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgcode.model.snapshot import EXECUTABLE, LINK, MAX_BYTES, ORDINARY, SUBMODULE, Unreadable
from tests.builder import Builder


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder.make(tmp_path / "org")


def test_three_snapshots_of_one_state_have_the_same_paths_modes_and_bytes(builder: Builder) -> None:
    builder.write("bin/run", "#!/bin/sh\n").chmod(0o755)
    (builder.root / "link").symlink_to("org.yaml")
    builder.commit({"org.yaml": "name: X\n", "roles/kok.yaml": "é\n", "roles-x": "", "a/b/c": "d"})
    repository = builder.find()
    tree, index, commit = repository.working_tree(), repository.index(), repository.commit("HEAD")
    modes = {path: entry.mode for path, entry in tree.entries.items()}
    assert modes == {
        "a/b/c": ORDINARY,
        "bin/run": EXECUTABLE,
        "link": LINK,
        "org.yaml": ORDINARY,
        "roles-x": ORDINARY,
        "roles/kok.yaml": ORDINARY,
    }
    assert list(modes) == sorted(modes)
    for other in (index, commit):
        assert [(p, e.mode) for p, e in other.entries.items()] == list(modes.items())
        for path in modes:
            assert other.read(path) == tree.read(path)
        blob = other.entries["roles/kok.yaml"].blob
        assert blob == builder.git("rev-parse", "HEAD:roles/kok.yaml")
    assert tree.read("roles/kok.yaml") == "é\n".encode()
    assert tree.read("link") is Unreadable.LINK
    assert tree.read("absent") is commit.read("absent") is Unreadable.MISSING


def test_the_working_tree_of_an_empty_repository_can_be_read(builder: Builder) -> None:
    builder.write("org.yaml", "name: X\n")
    assert list(builder.find().working_tree().entries) == ["org.yaml"]
    assert builder.find().index().entries == {}


def test_the_repository_is_found_from_a_folder_inside_it(builder: Builder) -> None:
    builder.commit({"org.yaml": "", "roles/kok.yaml": ""})
    from orgcode.adapters.git.repository import find

    assert find(builder.root / "roles").root == builder.root.resolve()


def test_a_commit_is_named_by_branch_tag_or_beginning_of_its_id(builder: Builder) -> None:
    first = builder.commit({"org.yaml": "1"})
    builder.git("tag", "-a", "-m", "tagged", "v1")
    builder.git("branch", "side/way")
    builder.commit({"org.yaml": "2"})
    repository = builder.find()
    for rev in (first, first[:8], "v1", "side/way", "HEAD~1", "refs/heads/side/way"):
        found = repository.commit(rev)
        assert found.id == first
        assert found.read("org.yaml") == b"1"
    assert found.committed_at.isoformat() == "2026-01-05T12:00:00+00:00"


def test_the_index_holds_what_is_staged_and_not_what_is_only_announced(builder: Builder) -> None:
    builder.commit({"org.yaml": "1"})
    builder.write("org.yaml", "2")
    builder.git("add", "org.yaml")
    builder.write("org.yaml", "3")
    builder.write("announced", "x")
    builder.git("add", "-N", "announced")
    index = builder.find().index()
    assert list(index.entries) == ["org.yaml"]
    assert index.read("org.yaml") == b"2"


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_every_version_of_the_index_is_read(builder: Builder, version: str) -> None:
    files = {f"roles/rol-{i}.yaml": str(i) for i in range(300)} | {f"{'é' * 100}/{'é' * 100}": ""}
    builder.commit(files)
    builder.git("update-index", f"--index-version={version}")
    assert builder.find().index().entries == builder.find().commit("HEAD").entries


def test_an_ordinary_file_is_read_up_to_the_limit_and_no_further(builder: Builder) -> None:
    builder.commit({"full": b"x" * MAX_BYTES, "over": b"x" * (MAX_BYTES + 1), "huge": bytes(10**7)})
    repository = builder.find()
    for snapshot in (repository.working_tree(), repository.index(), repository.commit("HEAD")):
        assert snapshot.read("full") == b"x" * MAX_BYTES
        assert snapshot.read("over") is Unreadable.TOO_LARGE
        assert snapshot.read("huge") is Unreadable.TOO_LARGE


def test_a_linked_working_tree_has_its_own_files_and_index(builder: Builder) -> None:
    builder.commit({"org.yaml": "1"})
    builder.git("worktree", "add", "-q", "../second", "-b", "second")
    second = Builder(builder.root.parent / "second")
    second.write("org.yaml", "2")
    second.git("add", "org.yaml")
    repository = second.find()
    assert repository.working_tree().read("org.yaml") == b"2"
    assert repository.index().read("org.yaml") == b"2"
    assert repository.commit("second").read("org.yaml") == b"1"
    assert builder.find().index().read("org.yaml") == b"1"


def test_a_submodule_is_named_and_not_entered(builder: Builder, tmp_path: Path) -> None:
    Builder.make(tmp_path / "other").commit({"secret.yaml": "x"})
    builder.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../other", "sub"
    )
    builder.commit({"org.yaml": ""})
    repository = builder.find()
    for snapshot in (repository.working_tree(), repository.index(), repository.commit("HEAD")):
        assert list(snapshot.entries) == [".gitmodules", "org.yaml", "sub"]
        assert snapshot.entries["sub"].mode == SUBMODULE
        assert snapshot.read("sub") is Unreadable.SUBMODULE
    clone = Builder(tmp_path / "clone")
    builder.git("clone", "-q", ".", str(clone.root))
    assert clone.find().working_tree().entries == repository.working_tree().entries
