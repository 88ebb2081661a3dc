"""Every repository that cannot be used is refused with its cause and a way out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgcode.adapters.git.repository import find
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder
from tests.users import give_to_nobody


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "org")
    builder.commit({"org.yaml": "name: X\n", "roles/kok.yaml": "name: Kok\n"})
    return builder


def refusal(start: Path) -> str:
    with pytest.raises(OrgcodeError) as caught:
        find(start)
    return caught.value.cause.id


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent") == "There is no folder {folder}."
    assert refusal(tmp_path / ("x" * 300)) == "There is no folder {folder}."
    assert refusal(Path(f"{tmp_path}/\0")) == "There is no folder {folder}."
    (tmp_path / "loop").symlink_to("loop")
    assert refusal(tmp_path / "loop") == "There is no folder {folder}."


def test_a_file_instead_of_a_folder(builder: Builder) -> None:
    assert refusal(builder.root / "org.yaml") == "{file} is a file, not a folder."


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    assert "not in a git repository" in refusal(tmp_path)


def test_an_organisation_that_is_no_repository_is_told_of_git_init(tmp_path: Path) -> None:
    (tmp_path / "org.yaml").touch()
    with pytest.raises(OrgcodeError, match="holds an organisation") as caught:
        find(tmp_path)
    assert "'git init'" in caught.value.way_out.id


def test_an_organisation_below_the_root_of_its_repository(builder: Builder) -> None:
    (builder.root / "org.yaml").unlink()
    builder.write("sub/org.yaml")
    builder.write("sub/roles/kok.yaml")
    for start in ("sub", "sub/roles"):
        assert "its git repository begins in" in refusal(builder.root / start)
    assert find(builder.root).root == builder.root


def test_a_bare_repository_has_commits_and_no_files(builder: Builder, tmp_path: Path) -> None:
    builder.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = find(tmp_path / "bare.git")
    assert bare.commit("main").read("org.yaml") == b"name: X\n"
    for use in (bare.working_tree, bare.index):
        with pytest.raises(OrgcodeError, match="bare repository"):
            use()


def test_an_empty_repository_has_a_working_tree_and_no_commit(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path)
    builder.write("org.yaml")
    assert list(builder.find().working_tree().entries) == ["org.yaml"]
    for rev in ("HEAD", "main"):
        with pytest.raises(OrgcodeError, match="no commit yet"):
            builder.find().commit(rev)
    with pytest.raises(OrgcodeError, match="no commit yet"):
        Builder.make(tmp_path / "bare.git", "--bare").find().commit("HEAD")


def test_a_branch_without_commits_among_others_that_have_some(builder: Builder) -> None:
    builder.git("checkout", "-q", "--orphan", "fresh")
    with pytest.raises(OrgcodeError, match="no commit yet"):
        builder.find().commit("HEAD")
    assert builder.find().commit("main").read("org.yaml") == b"name: X\n"


@pytest.mark.parametrize(
    "rev",
    ["", "-", "--all", "--output=x", "absent", "deadbeef", "f" * 40, "HEAD:org.yaml", "HEAD^{tree}",
     "a..b", "main\0", "main\n", "\udcff", "@{", "HEAD~99999999999999999999", "x" * 99999, "../..",
     ":/[", "HEAD^{/(a+)+$}", "é"],
)  # fmt: skip
def test_a_revision_that_names_no_commit(builder: Builder, rev: str) -> None:
    with pytest.raises(OrgcodeError, match="There is no commit called"):
        builder.find().commit(rev)


def test_a_tag_on_something_else_than_a_commit(builder: Builder) -> None:
    for name, target in (("file", "HEAD:org.yaml"), ("folder", "HEAD:roles")):
        builder.git("tag", name, target)
        with pytest.raises(OrgcodeError, match="There is no commit called"):
            builder.find().commit(name)


def test_a_repository_of_another_user(builder: Builder, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give a folder away")
    give_to_nobody(builder.root)
    with pytest.raises(OrgcodeError, match="belongs to another user") as caught:
        find(builder.root)
    assert "safe.directory {folder}" in caught.value.way_out.id
    assert caught.value.way_out.arguments["folder"] == builder.root


@pytest.mark.parametrize("trusted", ["{root}", "*"])
def test_a_repository_of_another_user_that_is_trusted(
    builder: Builder, tmp_path: Path, trusted: str
) -> None:
    if os.geteuid():
        pytest.skip("only root can give a folder away")
    give_to_nobody(builder.root)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(f"[safe]\n\tdirectory = {trusted.format(root=builder.root)}\n")
    code = (
        "import sys; from pathlib import Path; from orgcode.adapters.git.repository import find\n"
        "r = find(Path(sys.argv[1])); r.working_tree(); print(len(r.commit('HEAD').entries))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(builder.root)],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("2\n", "")


def test_a_repository_in_sha256(tmp_path: Path) -> None:
    Builder.make(tmp_path, "--object-format=sha256").git("commit", "--allow-empty", "-m", "x")
    assert "SHA-256" in refusal(tmp_path)


def test_a_repository_with_an_unknown_extension(builder: Builder) -> None:
    builder.git("config", "core.repositoryFormatVersion", "1")
    builder.git("config", "extensions.refStorage", "reftable")
    with pytest.raises(OrgcodeError, match="cannot read") as caught:
        find(builder.root)
    assert "refstorage" in str(caught.value.cause.arguments["extension"])


@pytest.mark.parametrize(
    ("file", "content"),
    [("HEAD", None), ("config", b"[[[\0"), ("objects", None), ("refs", None)],
)
def test_a_repository_that_is_damaged_is_not_opened(
    builder: Builder, file: str, content: bytes | None
) -> None:
    damaged = builder.root / ".git" / file
    if content is None:
        damaged.rename(damaged.with_name("away"))
    else:
        damaged.write_bytes(content)
    assert "is damaged and cannot be opened" in refusal(builder.root)


@pytest.mark.parametrize("content", [b"", b"\0\xff garbage", b"ref: \n", b"ref: refs/heads/../x\n"])
def test_a_garbled_head_is_said(builder: Builder, content: bytes) -> None:
    (builder.root / ".git" / "HEAD").write_bytes(content)
    with pytest.raises(OrgcodeError):
        builder.find().commit("HEAD")


@pytest.mark.parametrize("content", [b"", b"gitdir: /absent\n", b"rubbish\n", b"\xff" * 9999])
def test_a_git_file_that_leads_nowhere(tmp_path: Path, content: bytes) -> None:
    (tmp_path / ".git").write_bytes(content)
    assert "is damaged and cannot be opened" in refusal(tmp_path)


def test_an_empty_git_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert "is damaged and cannot be opened" in refusal(tmp_path)


def damage(builder: Builder, rev: str, content: bytes | None) -> str:
    id = builder.git("rev-parse", rev)
    file = builder.root / ".git" / "objects" / id[:2] / id[2:]
    file.chmod(0o644)
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    return id


@pytest.mark.parametrize("content", [None, b"", b"garbage", b"x\x9c" + bytes(50)])
@pytest.mark.parametrize("rev", ["HEAD", "HEAD^{tree}", "HEAD:roles"])
def test_an_object_that_is_missing_or_garbled(
    builder: Builder, rev: str, content: bytes | None
) -> None:
    damage(builder, rev, content)
    with pytest.raises(OrgcodeError) as caught:
        builder.find().commit("HEAD")
    assert caught.value.cause.id.startswith("The git repository is damaged")


@pytest.mark.parametrize("content", [None, b"", b"garbage"])
def test_a_damaged_file_hides_no_others(builder: Builder, content: bytes | None) -> None:
    damage(builder, "HEAD:org.yaml", content)
    commit = builder.find().commit("HEAD")
    assert commit.read("org.yaml") == "damaged"
    assert commit.read("roles/kok.yaml") == b"name: Kok\n"


def test_an_object_whose_content_is_not_what_its_name_says(builder: Builder) -> None:
    other = builder.git("rev-parse", "HEAD:roles/kok.yaml")
    content = (builder.root / ".git" / "objects" / other[:2] / other[2:]).read_bytes()
    damage(builder, "HEAD:org.yaml", content)
    assert builder.find().commit("HEAD").read("org.yaml") == "damaged"


@pytest.mark.parametrize("content", [b"", b"DIRC", b"garbage" * 20, bytes(5000)])
def test_a_garbled_index(builder: Builder, content: bytes) -> None:
    (builder.root / ".git" / "index").write_bytes(content)
    with pytest.raises(OrgcodeError, match="index"):
        builder.find().index()


def test_an_index_with_one_bit_turned(builder: Builder) -> None:
    index = builder.root / ".git" / "index"
    whole = index.read_bytes()
    for place in range(0, len(whole), 7):
        index.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        with pytest.raises(OrgcodeError, match="index"):
            builder.find().index()


def test_an_index_with_a_conflict(builder: Builder) -> None:
    builder.git("checkout", "-q", "-b", "side")
    builder.commit({"org.yaml": "side"})
    builder.git("checkout", "-q", "main")
    builder.commit({"org.yaml": "main"})
    subprocess.run(
        ["git", "merge", "-q", "side"], cwd=builder.root, capture_output=True, check=False
    )
    with pytest.raises(OrgcodeError, match="conflict"):
        builder.find().index()
    assert list(builder.find().working_tree().entries) == ["org.yaml", "roles/kok.yaml"]


def test_an_index_split_in_two_is_said(builder: Builder) -> None:
    builder.git("update-index", "--split-index")
    with pytest.raises(OrgcodeError, match="index"):
        builder.find().index()
