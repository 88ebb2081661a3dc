"""What a head would make of a target, held against git itself and against hostile repositories."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgcode.adapters.git.folders import EMPTY, Unlike
from orgcode.adapters.git.result import EntriesAfter, Result, result_of, snapshot_after
from orgcode.model.errors import OrgcodeError
from orgcode.model.snapshot import FOLDER, ORDINARY, Entry, Unreadable
from tests.builder import Builder

FILES = {"org.yaml": "name: X\n", "roles/kok.yaml": "name: Kok\n", "people/a/b.yaml": "x\n"}


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "org")
    builder.commit(FILES)
    return builder


def result(builder: Builder, target: str = "main", head: str = "mine") -> Result:
    repository = builder.find()
    return result_of(repository.commits, repository.id_of(target), repository.id_of(head))


def contents(builder: Builder, found: Result) -> Mapping[str, bytes | Unreadable]:
    snapshot = snapshot_after(builder.find().commits, found)
    return {path: snapshot.read(path) for path in snapshot.entries}


def branch(builder: Builder, name: str, files: Mapping[str, str], *gone: str) -> None:
    builder.git("checkout", "-q", "-B", name, "main~0" if name == "mine" else "main")
    for path in gone:
        builder.git("rm", "-q", path)
    builder.commit(files)
    builder.git("checkout", "-q", "main")


def refused(builder: Builder) -> str:
    with pytest.raises(OrgcodeError) as caught:
        result(builder)
    return caught.value.cause.id


def test_both_sides_go_on_apart(builder: Builder) -> None:
    branch(builder, "mine", {"roles/bakker.yaml": "name: Bakker\n"}, "people/a/b.yaml")
    builder.commit({"roles/kok.yaml": "name: Chef\n"})
    found = result(builder)
    assert found.paths == ("people/a/b.yaml", "roles/bakker.yaml")
    assert found.conflicts == ()
    assert contents(builder, found) == {
        "org.yaml": b"name: X\n",
        "roles/bakker.yaml": b"name: Bakker\n",
        "roles/kok.yaml": b"name: Chef\n",
    }


def test_what_both_did_alike_is_no_conflict(builder: Builder) -> None:
    branch(builder, "mine", {"org.yaml": "name: Y\n", "new": "1"})
    builder.commit({"org.yaml": "name: Y\n"})
    found = result(builder)
    assert (found.paths, found.conflicts) == (("new",), ())


def test_a_text_merge_that_nobody_saw(builder: Builder) -> None:
    lines = "".join(f"line {number}\n" for number in range(20))
    builder.commit({"pages/a.md": lines})
    branch(builder, "mine", {"pages/a.md": lines.replace("line 1\n", "line one\n")})
    builder.commit({"pages/a.md": lines.replace("line 19\n", "line last\n")})
    found = result(builder)
    assert found.conflicts == ("pages/a.md",)
    assert found.paths == ()


def test_a_file_where_the_other_side_has_a_folder(builder: Builder) -> None:
    branch(builder, "mine", {"pages": "a file\n"})
    builder.commit({"pages/a.md": "x\n"})
    assert result(builder).conflicts == ("pages", "pages/a.md")
    branch(builder, "mine", {"assets/a": "1"})
    (builder.root / "assets").write_text("a file\n")
    builder.commit()
    builder.git("branch", "-f", "mine", "main")
    builder.git("checkout", "-q", "mine")
    builder.git("rm", "-q", "assets")
    builder.commit({"assets/deep/a": "1"})
    builder.git("checkout", "-q", "main")
    found = result(builder)
    assert (found.paths, found.conflicts) == (("assets", "assets/deep/a"), ())
    assert found.laid.id == builder.git("rev-parse", "mine^{tree}")


def test_the_tree_is_the_one_that_git_writes(builder: Builder) -> None:
    """Random changes of both sides; git makes the tree of what is expected."""
    chance = random.Random(5)  # noqa: S311 (a test)
    names = ["a", "a.b", "a-b", "b", "ab", "org.yaml", "é", "z"]
    for _ in range(60):
        paths = ["/".join(chance.choices(names, k=chance.randint(1, 3))) for _ in range(6)]
        changes = {
            path: chance.choice((None, "1", "2"))
            for path in paths
            if not any(f"{other}/" in f"{path}/" and other != path for other in paths)
            and not any(f"{path}/" in f"{other}/" and other != path for other in paths)
        }
        repository = builder.find()
        before = repository.commits.commit(repository.id_of("main")).tree
        if not changes:
            continue
        builder.git("rm", "-q", "-r", "--ignore-unmatch", "--", *changes)
        for path, content in changes.items():
            for above in Path(path).parents:
                if (builder.root / above).is_file():
                    builder.git("rm", "-q", "--", str(above))
            if content is not None:
                builder.write(path, content)
        builder.commit()
        after = builder.git("rev-parse", "HEAD^{tree}")
        folders = builder.find().commits.folders
        unlike = folders.unlike(before, after)
        laid = folders.laid_over(before, {path: change.after for path, change in unlike.items()})
        assert laid.id == after
        assert list(unlike) == sorted(
            builder.git("diff-tree", "-r", "-z", "--no-renames", "--name-only", before, after)
            .strip("\0")
            .split("\0")
            if before != after
            else []
        )
        back = folders.laid_over(after, {path: change.before for path, change in unlike.items()})
        assert back.id == before


def test_the_empty_tree_is_known(builder: Builder) -> None:
    folders = builder.find().commits.folders
    tree = builder.git("rev-parse", "HEAD^{tree}")
    assert builder.git("hash-object", "-t", "tree", "/dev/null") == EMPTY
    assert list(folders.files(tree)) == sorted(FILES)
    assert folders.laid_over(tree, dict.fromkeys(FILES)).id == EMPTY


def test_criss_cross_merges(builder: Builder) -> None:
    branch(builder, "mine", {"mine": "1"})
    builder.commit({"yours": "1"})
    first = builder.git("rev-parse", "main")
    second = builder.git("rev-parse", "mine")
    builder.git("merge", "-q", "--no-ff", "-m", "m", second)
    builder.git("checkout", "-q", "mine")
    builder.git("merge", "-q", "--no-ff", "-m", "m", first)
    builder.git("checkout", "-q", "main")
    assert sorted((first, second)) == list(
        builder.find().commits.bases(
            builder.git("rev-parse", "main"), builder.git("rev-parse", "mine")
        )
    )
    assert "crosswise" in refused(builder)


def test_nothing_in_common(builder: Builder) -> None:
    builder.git("checkout", "-q", "--orphan", "mine")
    builder.commit({"other": "1"})
    assert "no commit in common" in refused(builder)


def test_bases_are_those_of_git_whatever_the_clocks_say(tmp_path: Path) -> None:
    """Random histories with merges, dates at random: as `git merge-base --all` has it with its
    own walk, which is right wherever dates are; here dates go up and down.
    """
    chance = random.Random(11)  # noqa: S311 (a test)
    builder = Builder.make(tmp_path / "org")
    tree = builder.git("hash-object", "-t", "tree", "-w", "/dev/null")
    ids: list[str] = []
    for number in range(60):
        parents = chance.sample(ids[-8:], k=min(len(ids), chance.choice((1, 1, 2, 3))))
        at = f"{1_700_000_000 + chance.randint(0, 500_000)} +0000"
        options = [part for parent in parents for part in ("-p", parent)]
        ids.append(builder.git("commit-tree", tree, *options, "-m", str(number), at=at))
    before: dict[str, set[str]] = {}
    for id in ids:
        parents = builder.git("show", "-s", "--format=%P", id).split()
        before[id] = {id}.union(*(before[parent] for parent in parents))
    commits = builder.find().commits
    for _ in range(300):
        one, other = chance.choice(ids), chance.choice(ids)
        common = before[one] & before[other]
        best = {id for id in common if not any(id in before[o] for o in common - {id})}
        assert set(commits.bases(one, other)) == best
        assert commits.is_before(one, other) == (one in before[other])
        beyond = {commit.id for commit in commits.beyond(other, (one,))}
        assert beyond >= before[one] - before[other]


def test_what_is_cut_off_has_nothing_in_common(builder: Builder, tmp_path: Path) -> None:
    branch(builder, "mine", {"mine": "1"})
    builder.commit({"yours": "1"})
    clone = tmp_path / "clone"
    builder.git(
        "clone", "-q", "--depth=1", "--no-single-branch", f"file://{builder.root}", str(clone)
    )
    shallow = Builder(clone)
    with pytest.raises(OrgcodeError) as caught:
        result(shallow, "origin/main", "origin/mine")
    assert "unshallow" in caught.value.way_out.id


def mktree(builder: Builder, lines: bytes, *, raw: bool = False) -> str:
    if raw:
        options = ("hash-object", "-t", "tree", "-w", "--stdin", "--literally")
        return builder.git(*options, stdin=lines)
    return builder.git("mktree", "-z", stdin=lines)


def planted(builder: Builder, tree: str) -> None:
    """A head with that tree."""
    id = builder.git("commit-tree", tree, "-p", "main", "-m", "x")
    builder.git("update-ref", "refs/heads/mine", id)


def entry(mode: bytes, name: bytes, id: str) -> bytes:
    return mode + b" " + name + b"\0" + bytes.fromhex(id)


def test_links_submodules_and_odd_modes_are_told_as_they_are(builder: Builder) -> None:
    blob = builder.git("hash-object", "-w", "--stdin", stdin=b"roles/kok.yaml")
    lines = b"".join(
        (
            entry(b"120000", b"link", blob),
            entry(b"100664", b"odd", blob),
            entry(b"100755", b"program", blob),
            entry(b"160000", b"submodule", builder.git("rev-parse", "HEAD")),
        )
    )
    planted(builder, mktree(builder, lines, raw=True))
    found = result(builder)
    modes = {path: change.after.mode for path, change in found.unlike.items() if change.after}
    assert modes == {"link": 0o120000, "odd": 0o100664, "program": 0o100755, "submodule": 0o160000}
    read = contents(builder, found)
    assert read["link"] is Unreadable.LINK
    assert read["submodule"] is Unreadable.SUBMODULE


@pytest.mark.parametrize(
    "names",
    [
        (b"org.yaml", b"org.yaml"),
        (b"..",),
        (b".git",),
        (b".GIT",),
        (b"a/b",),
        (b"roles", b"org.yaml"),
    ],
    ids=["twice", "above", "git", "git in capitals", "slash", "in disorder"],
)
def test_trees_that_git_would_not_write(builder: Builder, names: tuple[bytes, ...]) -> None:
    blob = builder.git("hash-object", "-w", "--stdin", stdin=b"x")
    lines = b"".join(entry(b"100644", name, blob) for name in names)
    planted(builder, mktree(builder, lines, raw=True))
    assert "git itself forbids" in refused(builder)


def test_a_file_and_a_folder_of_one_name(builder: Builder) -> None:
    blob = builder.git("hash-object", "-w", "--stdin", stdin=b"x")
    folder = builder.git("rev-parse", "HEAD:roles")
    lines = entry(b"100644", b"roles", blob) + entry(b"40000", b"roles", folder)
    planted(builder, mktree(builder, lines, raw=True))
    assert "git itself forbids" in refused(builder)


def test_a_mode_with_a_nought_before_it(builder: Builder) -> None:
    folder = builder.git("rev-parse", "HEAD:roles")
    planted(builder, mktree(builder, entry(b"040000", b"roles", folder), raw=True))
    assert "git itself forbids" in refused(builder)


def test_a_name_that_is_not_utf8_is_told_as_it_is(builder: Builder) -> None:
    blob = builder.git("hash-object", "-w", "--stdin", stdin=b"x")
    planted(builder, mktree(builder, entry(b"100644", b"r\xff", blob), raw=True))
    assert "r\udcff" in result(builder).paths


def test_names_that_differ_by_capitals_are_two(builder: Builder) -> None:
    branch(builder, "mine", {"roles/Kok.yaml": "name: Other\n"})
    found = result(builder)
    assert found.paths == ("roles/Kok.yaml",)
    assert {"roles/Kok.yaml", "roles/kok.yaml"} <= set(contents(builder, found))


def test_a_replacement_sways_nothing(builder: Builder) -> None:
    branch(builder, "mine", {"mine": "1"})
    good = result(builder)
    builder.git("checkout", "-q", "--orphan", "evil")
    evil = builder.commit({"evil": "1"})
    builder.git("checkout", "-q", "main")
    builder.git("replace", builder.git("rev-parse", "mine"), evil)
    builder.write(".git/info/grafts", f"{builder.git('rev-parse', 'mine')} {evil}\n")
    assert result(builder).laid.id == good.laid.id


def test_folders_without_end(builder: Builder) -> None:
    tree = builder.git("rev-parse", "HEAD:roles")
    for _ in range(40):
        lines = b"".join(entry(b"40000", name, tree) for name in (b"a", b"b"))
        tree = mktree(builder, lines, raw=True)
    planted(builder, tree)
    from orgcode.adapters.git import folders

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders, "MAX_PATHS", 1000)
        assert "more than" in refused(builder)


ROLE = "roles/a.yaml"
ENTRY = st.builds(Entry, st.just(ORDINARY), st.sampled_from("ab"))
STATES = st.builds(
    lambda rest, role: {**rest, **role},
    st.dictionaries(st.sampled_from(("org.yaml", "pages/a.md", "roles/b.yaml")), ENTRY),
    st.dictionaries(st.just(ROLE), ENTRY)
    | st.dictionaries(st.sampled_from((f"{ROLE}/x", f"{ROLE}/y/b.yaml")), ENTRY),
)
"""Files, among them either a role or a folder that is called like one."""


def listed(files: Mapping[str, Entry]) -> dict[str, Entry]:
    is_folder = any(path.startswith(f"{ROLE}/") for path in files)
    return dict(sorted({**files, **({ROLE: Entry(FOLDER)} if is_folder else {})}.items()))


@given(STATES, STATES)
def test_what_is_laid_over_a_listing_is_a_listing(
    before: Mapping[str, Entry], after: Mapping[str, Entry]
) -> None:
    changed = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    unlike = {path: Unlike(before.get(path), after.get(path)) for path in changed}
    one, other = listed(before), listed(after)
    laid = EntriesAfter(one, unlike)
    assert list(laid.items()) == list(other.items())
    assert len(laid) == len(other)
    is_other = [path for path in {**one, **other} if one.get(path) != other.get(path)]
    assert laid.altered == {path: other.get(path) for path in is_other}
