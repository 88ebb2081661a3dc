"""What may not be read or written is said, by name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import ConfigLevel

from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.site import write_site
from orgcode.model.errors import OrgcodeError
from orgcode.model.snapshot import Unreadable
from tests.builder import Builder
from tests.users import give_to_nobody, shared_folder, without_privileges


@pytest.fixture
def builder() -> Iterator[Builder]:
    with shared_folder() as folder:
        builder = Builder.make(folder / "org")
        builder.commit({"org.yaml": "name: X\n", "roles/kok.yaml": "", "roles/baas.yaml": ""})
        if not os.geteuid():
            give_to_nobody(builder.root)
        yield builder


def test_a_file_that_may_not_be_read_hides_no_others(builder: Builder) -> None:
    (builder.root / "roles" / "kok.yaml").chmod(0)
    with without_privileges():
        tree = find(builder.root).working_tree()
        assert tree.read("roles/kok.yaml") is Unreadable.NOT_ALLOWED
        assert tree.read("org.yaml") == b"name: X\n"


@pytest.mark.parametrize("folder", ["roles", "."])
def test_a_folder_of_the_organisation_that_may_not_be_read_is_an_error(
    builder: Builder, folder: str
) -> None:
    repository = find_as_nobody(builder.root)
    (builder.root / folder).chmod(0o100)
    with without_privileges(), pytest.raises(OrgcodeError, match="cannot be read"):
        repository.working_tree()


def find_as_nobody(root: Path) -> Repository:
    with without_privileges():
        return find(root)


def test_another_folder_that_may_not_be_read_is_named(builder: Builder) -> None:
    (builder.root / "lost+found").mkdir(mode=0o700)
    (builder.root / "lost+found").chmod(0)
    with without_privileges():
        tree = find(builder.root).working_tree()
        assert list(tree.entries) == ["lost+found", "org.yaml", "roles/baas.yaml", "roles/kok.yaml"]
        assert tree.read("lost+found") is Unreadable.NOT_ALLOWED


def test_a_repository_that_may_not_be_entered_is_an_error(builder: Builder) -> None:
    builder.root.chmod(0)
    with without_privileges():
        for start in (builder.root, builder.root / "roles"):
            with pytest.raises(OrgcodeError, match="cannot be read"):
                find(start)
    builder.root.chmod(0o755)
    (builder.root / ".git").chmod(0)
    with without_privileges(), pytest.raises(OrgcodeError):
        find(builder.root)


@pytest.mark.parametrize("place", ["index", "HEAD", "objects", "refs", "config"])
def test_what_git_keeps_that_may_not_be_read_is_an_error(builder: Builder, place: str) -> None:
    (builder.root / ".git" / place).chmod(0)
    with without_privileges(), pytest.raises(OrgcodeError):
        read_index_and_commit(builder.root)


def read_index_and_commit(root: Path) -> None:
    repository = find(root)
    repository.index()
    repository.commit("HEAD")


def test_a_home_that_may_not_be_read_is_said(builder: Builder, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can step aside")
    with without_privileges():
        pygit2.settings.search_path[ConfigLevel.GLOBAL] = str(tmp_path)
        with pytest.raises(OrgcodeError, match="settings of git"):
            find(builder.root)


def test_a_folder_that_may_not_be_written_gets_no_repository_and_no_site(builder: Builder) -> None:
    builder.root.parent.chmod(0o555)
    with without_privileges():
        with pytest.raises(OrgcodeError, match="can be made"):
            Repository.create(builder.root.parent / "new")
        for target in ("site", "deep/site"):
            with pytest.raises(OrgcodeError, match="cannot be written"):
                write_site(builder.root.parent / target, {"index.html": b""})
    assert [item.name for item in builder.root.parent.iterdir()] == ["org"]


def test_an_old_site_that_cannot_be_removed_is_said_and_the_new_stands(
    builder: Builder,
) -> None:
    target = builder.root / "site"
    with without_privileges():
        write_site(target, {"index.html": b"old", "a/b.html": b"old"})
        (target / "a").chmod(0o555)
        with pytest.raises(OrgcodeError, match="cannot be written"):
            write_site(target, {"index.html": b"new"})
        assert [file.read_bytes() for file in target.rglob("*.html")] == [b"new"]
