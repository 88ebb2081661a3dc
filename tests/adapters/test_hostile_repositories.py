"""Attacks by what is in a repository or its git folder; each test is named after one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orgcode.adapters.git import objects
from orgcode.adapters.git.repository import Repository, find
from orgcode.model.errors import OrgcodeError
from orgcode.model.snapshot import Snapshot, Unreadable
from tests.builder import Builder

FILES = {"org.yaml": b"name: X\n", "roles/kok.yaml": b"name: Kok\n"}


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Whatever waits for a pipe or grows without end is stopped."""
    signal.alarm(30)
    yield
    signal.alarm(0)


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "org")
    builder.commit(FILES)
    return builder


def read_all(snapshot: Snapshot) -> dict[str, bytes | Unreadable]:
    return {path: snapshot.read(path) for path in snapshot.entries}


def assert_untouched(repository: Repository) -> None:
    for snapshot in (repository.working_tree(), repository.index(), repository.commit("HEAD")):
        assert read_all(snapshot) == FILES


def test_configuration_that_runs_programs(builder: Builder, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    program.chmod(0o755)
    builder.write(".git/info/attributes", "* filter=evil diff=evil merge=evil\n")
    for key in (
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.external",
        "credential.helper",
        "gpg.program",
        "uploadpack.packObjectsHook",
        "alias.update-ref",
        "alias.status",
    ):
        builder.git("config", key, f"!{program}" if key.startswith("alias") else str(program))
    builder.git("config", "filter.evil.required", "true")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("reference-transaction", "post-commit", "fsmonitor-watchman", "post-index-change"):
        (hooks / name).symlink_to(program)
    builder.git("config", "core.hooksPath", str(hooks))
    (tmp_path / "ran").unlink(missing_ok=True)
    repository = find(builder.root)
    assert_untouched(repository)
    repository.commit_files({"new": b"new"}, "x", "A", "a@example.org", datetime.now(UTC))
    assert repository.commit("HEAD").read("new") == b"new"
    assert not (tmp_path / "ran").exists()


def test_configuration_that_points_the_working_tree_elsewhere(
    builder: Builder, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.yaml").touch()
    for place in (
        str(tmp_path / "elsewhere"),
        "/",
        "/nonexistent",
        "../..",
        "/etc/passwd",
        "~",
        "",
    ):
        (builder.root / ".git" / "config").write_text(f'[core]\n\tworktree = "{place}"\n')
        repository = find(builder.root)
        assert repository.root == builder.root
        assert_untouched(repository)
    (builder.root / ".git" / "config").write_text("[core]\n\tbare = true\n")
    assert_untouched(find(builder.root))


def test_configuration_included_from_elsewhere(builder: Builder, tmp_path: Path) -> None:
    included = builder.write("../included", "[core]\n\tworktree = /\n\tbare = true\n")
    excludes = builder.write("../excludes", "roles\n*.yaml\n")
    with (builder.root / ".git" / "config").open("a") as config:
        config.write(f"[include]\n\tpath = {included}\n\tpath = /absent\n")
        config.write(f"[core]\n\texcludesFile = {excludes}\n\tignoreCase = true\n")
    builder.git("rm", "-q", "--cached", "-r", ".")
    assert read_all(find(builder.root).working_tree()) == FILES


def test_a_replacement_is_not_taken_for_the_original(builder: Builder) -> None:
    original = builder.git("rev-parse", "HEAD")
    builder.git("checkout", "-q", "--orphan", "other")
    forged = builder.commit({"org.yaml": "forged"})
    builder.git("checkout", "-q", "main")
    blobs = [builder.git("rev-parse", f"{id}:org.yaml") for id in (original, forged)]
    builder.git("replace", original, forged)
    builder.git("replace", *blobs)
    assert builder.git("cat-file", "blob", blobs[0]) == "forged"
    commit = find(builder.root).commit(original)
    assert commit.id == original
    assert read_all(commit) == FILES


def test_attributes_do_not_alter_what_is_read(builder: Builder) -> None:
    builder.write(
        ".gitattributes", "*.yaml eol=crlf ident export-ignore working-tree-encoding=UTF-16\n"
    )
    builder.write("a.txt", "$Id$\n")
    builder.git("add", ".gitattributes", "a.txt")
    builder.git("commit", "-q", "-m", "x")
    builder.git("config", "core.autocrlf", "true")
    repository = find(builder.root)
    for snapshot in (repository.working_tree(), repository.index(), repository.commit("HEAD")):
        assert snapshot.read("org.yaml") == b"name: X\n"
        assert snapshot.read("a.txt") == b"$Id$\n"


def test_links_that_lead_out_are_not_followed(builder: Builder, tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "kok.yaml").write_text("secret")
    (builder.root / "roles" / "baas.yaml").symlink_to("../../secrets/kok.yaml")
    (builder.root / "people").symlink_to("../secrets")
    (builder.root / "circles").symlink_to(".")
    (builder.root / "root").symlink_to("/")
    expected = FILES | dict.fromkeys(
        ["roles/baas.yaml", "people", "circles", "root"], Unreadable.LINK
    )
    repository = find(builder.root)
    assert read_all(repository.working_tree()) == expected
    builder.commit()
    assert read_all(repository.commit("HEAD")) == expected
    assert read_all(repository.index()) == expected
    for path in ("people/kok.yaml", "../secrets/kok.yaml", "/etc/passwd", "roles/../org.yaml"):
        assert repository.working_tree().read(path) is Unreadable.MISSING


def test_a_file_swapped_for_a_link_or_removed_after_it_was_listed(builder: Builder) -> None:
    tree = find(builder.root).working_tree()
    (builder.root / "org.yaml").unlink()
    assert tree.read("org.yaml") is Unreadable.MISSING
    (builder.root / "org.yaml").symlink_to("/etc/passwd")
    assert tree.read("org.yaml") is Unreadable.LINK


def test_pipes_sockets_and_devices_are_not_waited_for(builder: Builder) -> None:
    os.mkfifo(builder.root / "roles" / "pijp.yaml")
    os.mkfifo(builder.root / ".gitignore")
    os.mkfifo(builder.root / "roles" / ".gitignore")
    exclude = builder.root / ".git" / "info" / "exclude"
    exclude.unlink()
    os.mkfifo(exclude)
    special = {"roles/pijp.yaml", ".gitignore", "roles/.gitignore"}
    if not os.geteuid():
        os.mknod(builder.root / "nul.yaml", 0o020644, os.makedev(1, 5))
        special.add("nul.yaml")
    tree = find(builder.root).working_tree()
    assert read_all(tree) == FILES | dict.fromkeys(special, Unreadable.SPECIAL)


@pytest.mark.parametrize("name", ["HEAD", "config", "index", "packed-refs"])
def test_a_pipe_among_what_git_keeps_is_not_waited_for(builder: Builder, name: str) -> None:
    file = builder.root / ".git" / name
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    with pytest.raises(OrgcodeError):
        find(builder.root).index()


def test_a_repository_within_is_named_and_not_entered(builder: Builder) -> None:
    inner = Builder.make(builder.root / "roles" / "inner")
    inner.commit({"secret.yaml": ""})
    builder.write("policies/.git", "gitdir: /")
    assert read_all(find(builder.root).working_tree()) == FILES | {
        "roles/inner": Unreadable.SUBMODULE,
        "policies": Unreadable.SUBMODULE,
    }


def test_folders_that_are_called_like_files(builder: Builder) -> None:
    builder.write("roles/baas.yaml/x.yaml")
    (builder.root / "people" / "sara.yaml").mkdir(parents=True)
    inside: dict[str, bytes | Unreadable] = {
        "roles/baas.yaml": Unreadable.DIRECTORY,
        "roles/baas.yaml/x.yaml": b"",
    }
    repository = find(builder.root)
    tree = read_all(repository.working_tree())
    assert tree == FILES | inside | {"people/sara.yaml": Unreadable.DIRECTORY}
    builder.commit()
    assert read_all(repository.commit("HEAD")) == FILES | inside
    assert read_all(repository.index()) == FILES | inside


def test_names_that_are_not_utf8_or_hold_control_characters(builder: Builder) -> None:
    names = [
        b"\xff\xfe.yaml",
        b"roles/a\nb.yaml",
        b"roles/\x1b[2J.yaml",
        b"e\xcc\x81",
        b"a\\b",
        b'"q"',
    ]
    for name in names:
        Path(os.fsdecode(os.fsencode(builder.root) + b"/" + name)).write_bytes(name)
    expected = FILES | {os.fsdecode(name): name for name in names}
    repository = find(builder.root)
    assert read_all(repository.working_tree()) == expected
    builder.commit()
    assert list(repository.commit("HEAD").entries) == sorted(expected)
    assert read_all(repository.commit("HEAD")) == expected
    assert read_all(repository.index()) == expected


def make_tree(builder: Builder, *items: tuple[str, str, str]) -> str:
    content = b"".join(
        mode.encode() + b" " + name.encode() + b"\0" + bytes.fromhex(id) for mode, name, id in items
    )
    return builder.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=content)


def commit_tree(builder: Builder, tree: str) -> str:
    id = builder.git("commit-tree", "-m", "x", tree)
    builder.git("update-ref", "refs/heads/evil", id)
    return id


@pytest.mark.parametrize("name", ["..", ".", ".git", ".GIT", "a/b", "../../etc/passwd"])
def test_a_tree_with_a_name_that_git_forbids(builder: Builder, name: str) -> None:
    blob = builder.git("rev-parse", "HEAD:org.yaml")
    commit_tree(builder, make_tree(builder, ("100644", name, blob)))
    with pytest.raises(OrgcodeError, match="git itself forbids"):
        find(builder.root).commit("evil")


def test_a_tree_with_one_name_twice(builder: Builder) -> None:
    blob, other = (builder.git("rev-parse", f"HEAD:{path}") for path in FILES)
    tree = builder.git("rev-parse", "HEAD:roles")
    for second in (("100644", "org.yaml", other), ("120000", "org.yaml", other)):
        commit_tree(builder, make_tree(builder, ("100644", "org.yaml", blob), second))
        with pytest.raises(OrgcodeError, match="git itself forbids"):
            find(builder.root).commit("evil")
    commit_tree(builder, make_tree(builder, ("40000", "roles", tree), ("40000", "roles", tree)))
    with pytest.raises(OrgcodeError, match="git itself forbids"):
        find(builder.root).commit("evil")
    commit_tree(builder, make_tree(builder, ("100644", "roles", blob), ("40000", "roles", tree)))
    with pytest.raises(OrgcodeError, match="git itself forbids"):
        find(builder.root).commit("evil")


def test_a_tree_that_names_itself_ten_thousand_million_times(
    builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = builder.git("rev-parse", "HEAD:roles")
    for _ in range(10):
        tree = make_tree(builder, *(("40000", str(i), tree) for i in range(10)))
    commit_tree(builder, tree)
    monkeypatch.setattr(objects, "MAX_PATHS", 20_000)
    with pytest.raises(OrgcodeError, match="more than"):
        find(builder.root).commit("evil")


def test_a_tree_without_end(builder: Builder) -> None:
    tree = builder.git("rev-parse", "HEAD:roles")
    for _ in range(20):
        tree = make_tree(builder, ("40000", "a" * 250, tree))
    commit_tree(builder, tree)
    with pytest.raises(OrgcodeError, match="git itself forbids"):
        find(builder.root).commit("evil")


def test_modes_that_git_does_not_know(builder: Builder) -> None:
    blob = builder.git("rev-parse", "HEAD:org.yaml")
    items = [
        ("100664", "a", blob),
        ("100600", "b", blob),
        ("060000", "c", blob),
        ("010644", "d", blob),
    ]
    commit_tree(builder, make_tree(builder, *items))
    assert read_all(find(builder.root).commit("evil")) == {
        "a": b"name: X\n",
        "b": b"name: X\n",
        "c": Unreadable.SPECIAL,
        "d": Unreadable.SPECIAL,
    }


def test_a_file_in_a_tree_that_is_really_a_tree(builder: Builder) -> None:
    tree, blob = builder.git("rev-parse", "HEAD:roles"), builder.git("rev-parse", "HEAD:org.yaml")
    commit_tree(builder, make_tree(builder, ("100644", "org.yaml", tree)))
    assert find(builder.root).commit("evil").read("org.yaml") is Unreadable.DAMAGED
    commit_tree(builder, make_tree(builder, ("40000", "roles", blob)))
    with pytest.raises(OrgcodeError, match="damaged"):
        find(builder.root).commit("evil")


def test_a_file_that_is_announced_small_and_unpacks_large(builder: Builder) -> None:
    builder.commit({"org.yaml": bytes(200_000_000)})
    assert find(builder.root).commit("HEAD").read("org.yaml") is Unreadable.TOO_LARGE
    assert find(builder.root).working_tree().read("org.yaml") is Unreadable.TOO_LARGE


def test_the_environment_points_git_elsewhere(
    builder: Builder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Builder.make(tmp_path / "other")
    other.commit({"secret.yaml": ""})
    index = tmp_path / "other" / ".git" / "index"
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.root / ".git" / "objects"))
    assert_untouched(find(builder.root))


def test_a_commit_hook_sees_the_index_that_is_about_to_be_committed(builder: Builder) -> None:
    hook = builder.write(
        ".git/hooks/pre-commit",
        "#!/bin/sh\n"
        f'exec "{sys.executable}" -c "from pathlib import Path\n'
        "from orgcode.adapters.git.repository import find\n"
        "print(find(Path('.')).index().read('org.yaml').decode(), file=open('../seen', 'w'))\"\n",
    )
    hook.chmod(0o755)
    builder.write("org.yaml", "only this")
    builder.write("roles/kok.yaml", "not this")
    builder.git("add", "roles/kok.yaml")
    subprocess.run(["git", "commit", "-q", "-m", "x", "org.yaml"], cwd=builder.root, check=True)
    assert (builder.root.parent / "seen").read_text() == "only this\n"
