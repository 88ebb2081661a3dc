"""The history of the Rust team, with hundreds of merges, is kept as git has it."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builder import Builder
from tests.history.test_index import past, trees

SEED = datetime.now(UTC).strftime("%Y%m%d")
"""Other samples every day; a failure names them."""


@pytest.fixture(scope="module")
def rust(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Builder:
    folder = tmp_path_factory.mktemp("rust") / "team"
    Builder(folder.parent).git(
        "clone", "-q", "-b", "main", str(real_data / "rust-team.bundle"), "team"
    )
    return Builder(folder)


def test_files_are_what_they_were_at_any_commit(rust: Builder) -> None:
    dice = random.Random(SEED)  # noqa: S311 (to be had again from the seed)
    print(f"seed {SEED}", file=sys.stderr)  # noqa: T201 (shown on failure)
    every: set[str] = set()
    with past(rust) as found:
        graph = found.history.graph
        for commit in dice.sample(rust.git("rev-list", "HEAD").split(), 20):
            has = trees(rust, commit)
            every |= has.keys()
            number = graph.number(commit)
            assert number is not None
            for path in dice.sample(sorted(every), min(200, len(every))):
                state = found.history.state(number, path)
                assert (state.blob if state else None) == has.get(path), (commit, path)


def test_the_versions_of_files_are_those_that_git_tells(rust: Builder) -> None:
    dice = random.Random(SEED)  # noqa: S311 (to be had again from the seed)
    print(f"seed {SEED}", file=sys.stderr)  # noqa: T201 (shown on failure)
    with past(rust) as found:
        history, id = found.history, found.history.graph.id
        for path in dice.sample(sorted(trees(rust, "HEAD")), 25):
            first = rust.git("log", "--first-parent", "--format=%H", "HEAD", "--", path).split()
            assert [id(step) for step in history.steps_of(path)] == first
            simplified = set(rust.git("log", "--format=%H", "HEAD", "--", path).split())
            versions = {id(one.commit) for one in history.versions(path) if one.path == path}
            went = rust.git("log", "-m", "--diff-filter=D", "--format=%H", "HEAD", "--", path)
            # What went and came back begins anew; git tells of both.
            assert versions <= simplified if went else versions == simplified, path
