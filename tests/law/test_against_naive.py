"""The judge against a naive one, over organisations, proposals and responses of all sorts.

Both judge the same cases; the naive judge is written from the law alone and shares neither an
import nor a line with orgcode. `ORGCODE_SEED` asks for the cases of another seed.
"""

from __future__ import annotations

import ast
import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from orgcode.law.verdict import OUTCOMES
from tests.law import naive
from tests.law.generated.cases import case
from tests.law.generated.judging import change_of, new_errors, verdict_of
from tests.law.generated.rules import METHODS
from tests.law.naive.judge import judge

FEW = 1_500
MANY = 20_000
LEAST = 100
"""So many cases at least of every verdict, and decided by every method."""


class Tally(NamedTuple):
    """What came of many cases."""

    outcomes: Counter[str]
    methods: Counter[str]
    differences: list[str]


def test_both_judges_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("ORGCODE_SEED", "1"))
    compare(seed, FEW, capsys)


@pytest.mark.deep
def test_both_judges_say_the_same_of_many(capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("ORGCODE_SEED", "2"))
    compare(seed, MANY, capsys)


def compare(seed: int, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    found = tally(range(seed * 1_000_000, seed * 1_000_000 + number))
    with capsys.disabled():
        print(f"\nseed {seed}, {number} cases: {dict(found.outcomes)}, {dict(found.methods)}")  # noqa: T201
    assert not found.differences
    assert min(found.outcomes[outcome] for outcome in OUTCOMES) >= LEAST
    assert min(found.methods[method] for method in METHODS) >= LEAST


def tally(seeds: range) -> Tally:
    found = Tally(Counter(), Counter(), [])
    for seed in seeds:
        one = case(seed)
        change = change_of(one)
        errors = new_errors(change)
        answer = judge({**one, "new_errors": len(errors)})
        said = verdict_of(one, change, errors).outcome
        found.outcomes[answer.outcome] += 1
        found.methods.update(
            {part.method for part in answer.parts if part.outcome == answer.outcome}
        )
        if said != answer.outcome:
            found.differences.append(f"case({seed}): naive {answer.outcome}, judge {said}")
    return found


def test_a_case_is_the_same_whenever_it_is_made() -> None:
    assert case(7) == case(7)
    assert case(7) != case(8)


def test_the_naive_judge_knows_nothing_of_orgcode() -> None:
    folder = Path(naive.__file__).parent
    allowed = {"__future__", "collections", "dataclasses", "datetime", "fractions", "functools"}
    allowed |= {"pathlib", "re", "typing", "yaml", "tests.law.naive"}
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert not node.level
                names = [node.module or ""]
            for name in names:
                assert (
                    name in allowed
                    or name.split(".")[0] in allowed
                    or name.startswith("tests.law.naive.")
                ), f"{path.name} imports {name}"
