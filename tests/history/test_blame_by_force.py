"""Where each piece of a file comes from is what brute force over all versions says."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

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


def compared(folder: Path, seed: int) -> tuple[int, dict[str, set[str]]]:
    """How many pieces were compared, and which files touched merges and renames."""
    generate(folder, seed)
    standing, brute = Standing(folder), Brute(str(folder))
    past = Past(standing, Cache(None), standing.head(), nobody)
    id, count = past.history.graph.id, 0
    for path in brute.tree(brute.tip):
        versions = past.history.versions(path)
        data = [past.data(version.path, version.blob) for version in versions]
        ours = [
            (*origin.item, id(origin.commit), id(origin.first), origin.before)
            for origin in blame(versions, data)
        ]
        assert ours == brute.blame(path), (seed, path)
        count += len(ours)
    return count, brute.touched


def test_blame_equals_brute_force(tmp_path: Path) -> None:
    dice = random.Random(SEED)  # noqa: S311 (to be had again from the seed)
    seeds = [dice.randrange(10**6) for _ in range(12)]
    print(f"seeds of histories: {seeds}", file=sys.stderr)  # noqa: T201 (shown on failure)
    found = [compared(tmp_path / str(seed), seed) for seed in seeds]
    assert sum(count for count, _ in found) >= 200
    assert sum(len(touched["merge"]) for _, touched in found) >= 30
    assert sum(len(touched["rename"]) for _, touched in found) >= 20


@pytest.mark.deep
def test_blame_equals_brute_force_at_length(tmp_path: Path) -> None:
    for seed in range(1000, 1100):
        compared(tmp_path / str(seed), seed)
