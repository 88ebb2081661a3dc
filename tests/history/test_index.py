"""What is kept of a history is what git says of it, however it came to be kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orgcode.adapters.git.cache import Cache
from orgcode.adapters.git.past import Past, with_past
from orgcode.adapters.git.standing import Standing
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder
from tests.history.generating import generate

SEEDS = range(4)
Told = dict[str, object]


def nobody(done: int, total: int) -> None:
    """Not told."""


@contextmanager
def past(place: Builder, rev: str = "HEAD", name: str | None = None) -> Iterator[Past]:
    """The past of a revision; kept under a name, or nowhere."""
    standing = Standing(place.root)
    cache = Cache.open(standing.common_folder, name) if name else Cache(None)
    tip = standing.head() if rev == "HEAD" else standing.repository.id_of(rev)
    yield Past(standing, cache, tip, nobody)
    cache.close()


def told(found: Past) -> Told:
    """Everything that is known of a commit and what leads to it, by full ids."""
    graph, history = found.history.graph, found.history
    pending, seen = [history.tip], set[int]()
    while pending:
        here = pending.pop()
        if here not in seen:
            seen.add(here)
            pending.extend(graph.parents(here))
    commits = {
        graph.id(n): (
            [graph.id(parent) for parent in graph.parents(n)],
            graph.times[n],
            history.altered(n),
        )
        for n in seen
    }
    paths = sorted({change.path for n in seen for change in history.altered(n)})
    changes = {
        path: {graph.id(n): c[1:] for n, c in history.changes_of(path).items() if n in seen}
        for path in paths
    }
    versions = {
        path: [(graph.id(v.commit), v.path, v.blob, v.before) for v in history.versions(path)]
        for path in paths
    }
    return {
        "tip": graph.id(history.tip),
        "line": [graph.id(n) for n in history.line],
        "brought": {graph.id(n): graph.id(step) for n, step in history.brought_by(seen).items()},
        "commits": commits,
        "changes": changes,
        "versions": versions,
    }


@pytest.fixture(params=SEEDS)
def builder(request: pytest.FixtureRequest, tmp_path: Path) -> Builder:
    generate(tmp_path / "org", request.param)
    return Builder(tmp_path / "org")


def trees(builder: Builder, commit: str) -> dict[str, str]:
    rows = builder.git("ls-tree", "-r", "-z", commit).split("\0")
    parts = [row.split("\t", 1) for row in rows if row]
    return {path: row.split()[2] for row, path in parts}


def test_every_file_of_every_commit_is_what_git_has_there(builder: Builder) -> None:
    with past(builder) as found:
        history = found.history
        commits = builder.git("rev-list", "HEAD").split()
        everything = {path for commit in commits for path in trees(builder, commit)}
        for commit in commits:
            number = history.graph.number(commit)
            assert number is not None
            states = {path: history.state(number, path) for path in everything}
            has = {path: state.blob for path, state in states.items() if state}
            assert has == trees(builder, commit)


def test_the_main_line_and_its_steps_are_those_of_git(builder: Builder) -> None:
    with past(builder) as found:
        history, id = found.history, found.history.graph.id
        first = ("log", "--first-parent", "--format=%H", "HEAD")
        assert [id(n) for n in history.line] == builder.git(*first).split()
        for path in trees(builder, "HEAD"):
            steps = builder.git(*first, "--", path).split()
            assert [id(n) for n in history.steps_of(path)] == steps
        brought = history.brought_by(range(len(history.graph)))
        for commit, step in brought.items():
            reached = ("merge-base", "--is-ancestor", id(commit))
            builder.git(*reached, id(step))
            before = history.graph.first[step]
            if before >= 0 and commit != step:
                new = builder.git("rev-list", id(step), f"^{id(before)}").split()
                assert id(commit) in new


def test_kept_in_steps_is_kept_at_once(builder: Builder) -> None:
    with past(builder) as found:
        at_once = told(found)
    dice = random.Random(builder.root.name)  # noqa: S311 (any will do)
    commits = builder.git("rev-list", "--reverse", "HEAD").split()
    for turn in range(3):
        for cut in sorted(dice.sample(range(len(commits)), 5)):
            with past(builder, commits[cut], f"steps-{turn}") as found:
                in_between = told(found)
            with past(builder, commits[cut]) as found:
                assert in_between == told(found)
        with past(builder, "HEAD", f"steps-{turn}") as found:
            assert told(found) == at_once
        with past(builder, "HEAD", f"steps-{turn}") as found:
            assert told(found) == at_once


def test_a_branch_that_was_rewritten_is_followed(builder: Builder) -> None:
    with past(builder, "HEAD", "kept") as found:
        before = told(found)
    builder.git("reset", "-q", "--hard", "HEAD~3")
    builder.commit({"roles/new.yaml": "name: New\n"}, message="Instead")
    with past(builder, "HEAD", "kept") as found:
        kept = told(found)
    with past(builder) as found:
        assert kept == told(found) != before
    builder.git("reflog", "expire", "--expire=now", "--all")
    builder.git("gc", "-q", "--prune=now")
    builder.commit({"roles/new.yaml": "name: Newer\n"})
    with past(builder, "HEAD", "kept") as found:
        kept = told(found)
    with past(builder) as found:
        assert kept == told(found)


def test_branches_that_come_and_go_do_not_heap_up(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    base = builder.commit({"org.yaml": "0"})
    for turn in range(50):
        builder.git("reset", "-q", "--hard", base)
        builder.commit({"org.yaml": f"{turn}"}, message=f"Turn {turn}")
        with past(builder, "HEAD", "kept") as found:
            assert len(found.history.line) == 2
            assert len(found.history.graph) < 50


def test_a_shallow_clone_that_is_deepened_is_read_anew(builder: Builder, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    builder.git("clone", "-q", "--depth=4", f"file://{builder.root}", str(clone))
    with past(Builder(clone), "HEAD", "kept") as found:
        assert found.history.is_cut_off
        assert len(found.history.graph) < 40
    Builder(clone).git("fetch", "-q", "--unshallow")
    with past(Builder(clone), "HEAD", "kept") as found:
        assert not found.history.is_cut_off
        deepened = told(found)
    with past(builder) as found:
        assert deepened == told(found)


def test_what_is_damaged_is_made_anew(builder: Builder) -> None:
    standing = Standing(builder.root)
    tip = standing.head()
    with past(builder) as found:
        right = told(found)
    dice = random.Random(1)  # noqa: S311 (any will do)
    assert with_past(standing, tip, "x", told, nobody) == right
    (file,) = (standing.common_folder / "orgcode").glob("cache-history-x.sqlite3")
    for damage in (*[_flip] * 12, _cut, _empty, _nonsense):
        if not file.exists():  # thrown away when damage was found; made again by the next
            assert with_past(standing, tip, "x", told, nobody) == right
        damage(file, dice)
        assert with_past(standing, tip, "x", told, nobody) == right


def _flip(file: Path, dice: random.Random) -> None:
    content = bytearray(file.read_bytes())
    for _ in range(20):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    file.write_bytes(content)


def _cut(file: Path, dice: random.Random) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _empty(file: Path, dice: random.Random) -> None:
    file.write_bytes(b"")


def _nonsense(file: Path, dice: random.Random) -> None:
    file.write_bytes(dice.randbytes(10_000))


def test_paths_of_any_bytes_are_kept_as_they_are(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    names = [b"a\nb", b"\x01x", b":100644 x", b'"q"', b"\xff\xfe", "é".encode(), b" lead", b"tab\t"]
    for name in names:
        (tmp_path / "org").joinpath(name.decode("utf-8", "surrogateescape")).write_text("x")
    builder.commit()
    for _ in range(2):
        with past(builder, "HEAD", "kept") as found:
            altered = found.history.altered(found.history.tip)
            paths = {change.path.encode("utf-8", "surrogateescape") for change in altered}
            assert paths == set(names)
            for path in (change.path for change in altered):
                assert len(found.history.versions(path)) == 1


SETTINGS = {
    "diff.orderFile": "/nowhere",
    "diff.renames": "copies",
    "diff.external": "false",
    "diff.ignoreSubmodules": "all",
    "log.showSignature": "true",
    "log.showRoot": "false",
    "log.diffMerges": "combined",
    "log.follow": "true",
    "format.pretty": "oneline",
    "color.ui": "always",
    "core.abbrev": "7",
    "core.commitGraph": "true",
}


def _settings(builder: Builder) -> None:
    for name, value in SETTINGS.items():
        builder.git("config", name, value)


def _replaced(builder: Builder) -> None:
    builder.git("replace", "HEAD~1", "HEAD~3")


def _graft(builder: Builder) -> None:
    builder.write(".git/info/grafts", f"{builder.git('rev-parse', 'HEAD')}\n")


@pytest.mark.parametrize("spoil", [_settings, _replaced, _graft])
def test_nothing_in_the_repository_decides_how_it_is_read(
    tmp_path: Path, spoil: Callable[[Builder], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(tmp_path / "org", 5)
    builder = Builder(tmp_path / "org")
    with past(builder) as found:
        right = told(found)
    spoil(builder)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    with past(builder) as found:
        assert told(found) == right


def test_a_history_that_cannot_be_read_is_said_to_be_damaged(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    builder.commit({"roles/a.yaml": "1"})
    tree = builder.git("rev-parse", "HEAD^{tree}")
    builder.commit({"roles/a.yaml": "2"})
    (builder.root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(OrgcodeError) as caught, past(builder):
        pass
    assert "history cannot be read" in caught.value.cause.id


def test_clocks_do_not_decide_what_came_first(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    ids = [
        builder.commit({"org.yaml": str(n)}, at=datetime(2030 - n, 1, 1, tzinfo=UTC).isoformat())
        for n in range(5)
    ]
    with past(builder) as found:
        assert [found.history.graph.id(n) for n in found.history.steps_of("org.yaml")] == ids[::-1]


def test_octopus_merges_have_all_their_lines(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    base = builder.commit({"org.yaml": "1"})
    ends = []
    for name in "abc":
        builder.git("checkout", "-q", "-b", name, base)
        ends.append(builder.commit({f"roles/{name}.yaml": name}, message=f"Add {name}"))
    builder.git("checkout", "-q", "main")
    builder.commit({"org.yaml": "2"})
    builder.git("merge", "-q", "-m", "All", "a", "b", "c")
    with past(builder) as found:
        graph = found.history.graph
        merge = graph.id(found.history.tip)
        assert len(list(graph.parents(found.history.tip))) == 4
        for name, end in zip("abc", ends, strict=True):
            (version,) = found.history.versions(f"roles/{name}.yaml")
            assert graph.id(version.commit) == end
            (step,) = found.history.steps_of(f"roles/{name}.yaml")
            assert graph.id(step) == merge
            assert found.history.brought_by([version.commit]) == {version.commit: step}
