"""Where each piece of a file comes from is what brute force over all versions says."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from orgcode.adapters.git.cache import Cache
from orgcode.adapters.git.past import Past
from orgcode.adapters.git.standing import Standing
from orgcode.changes.blame import blame
from tests.history.brute import Brute
from tests.history.generating import generate
from tests.history.test_index import nobody

SEED = datetime.now(UTC).strftime("%Y%m%d")
"""Other histories every day; a failure names them."""


class Compared(NamedTuple):
    """How many pieces were compared: all, those of files that a merge made what they are somewhere
    on their way, and those of files that had another name.
    """

    pieces: int
    in_merged: int
    in_renamed: int


def compared(folder: Path, seed: int) -> Compared:
    generate(folder, seed)
    standing, brute = Standing(folder), Brute(str(folder))
    past = Past(standing, Cache(None), standing.head(), nobody)
    id, counts = past.history.graph.id, dict[str, int]()
    for path in brute.tree(brute.tip):
        versions = past.history.versions(path)
        data = [past.data(version.path, version.blob) for version in versions]
        ours = [
            (*origin.item, id(origin.commit), id(origin.first), origin.before)
            for origin in blame(versions, data)
        ]
        assert ours == brute.blame(path), (seed, path)
        counts[path] = len(ours)
    return Compared(
        sum(counts.values()),
        sum(counts[path] for path in brute.touched["merge"] & counts.keys()),
        sum(counts[path] for path in brute.touched["rename"] & counts.keys()),
    )


def assert_equal_to_brute_force(folder: Path, seeds: Sequence[int]) -> Compared:
    found = [compared(folder / str(seed), seed) for seed in seeds]
    total = Compared(*map(sum, zip(*found, strict=True)))
    print(f"seeds of histories {list(seeds)}: {total}", file=sys.stderr)  # noqa: T201 (shown on failure)
    assert total.pieces >= 200
    assert total.in_merged >= 50
    assert total.in_renamed >= 20
    return total


def test_blame_equals_brute_force(tmp_path: Path) -> None:
    dice = random.Random(SEED)  # noqa: S311 (to be had again from the seed)
    assert_equal_to_brute_force(tmp_path, [dice.randrange(10**6) for _ in range(12)])


@pytest.mark.deep
def test_blame_equals_brute_force_at_length(tmp_path: Path) -> None:
    first = int(SEED)
    total = assert_equal_to_brute_force(tmp_path, range(first, first + 150))
    assert total.pieces >= 2_000
