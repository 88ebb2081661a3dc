"""Nothing is accepted that `ssh-keygen -Y verify` refuses; where orgcode is stricter is listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from orgcode.adapters.signing.verifying import verify
from orgcode.model.message import Message
from tests.adapters.signing.openssh import Pair, openssh_accepts
from tests.adapters.signing.vectors import STRICTER, Vector, vectors


def test_nothing_is_accepted_that_openssh_refuses(
    pairs: dict[str, Pair], capsys: pytest.CaptureFixture[str]
) -> None:
    compare(list(vectors(pairs, every=31)), capsys)


@pytest.mark.deep
def test_nothing_is_accepted_that_openssh_refuses_with_any_bit_flipped(
    pairs: dict[str, Pair], capsys: pytest.CaptureFixture[str]
) -> None:
    compare(list(vectors(pairs, every=1)), capsys)


def compare(tried: Sequence[Vector], capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(4) as pool:
        theirs = list(
            pool.map(lambda v: openssh_accepts(v.text, v.for_openssh, v.keys), tried, chunksize=16)
        )
    ours = [not isinstance(verify(v.text, v.line, v.keys), Message) for v in tried]
    false = [v for v, a, b in zip(tried, ours, theirs, strict=True) if a and not b]
    stricter = Counter(v.sort for v, a, b in zip(tried, ours, theirs, strict=True) if b and not a)
    accepted = Counter(v.sort for v, a in zip(tried, ours, strict=True) if a)
    refused = Counter(v.sort for v, a, b in zip(tried, ours, theirs, strict=True) if not (a or b))
    with capsys.disabled():
        print(  # noqa: T201 (the counts are to be seen)
            f"\n{len(tried)} signatures: {accepted.total()} accepted by both, {refused.total()} "
            f"refused by both, {stricter.total()} refused by orgcode alone: {dict(stricter)}"
        )
    assert [(v.sort, v.line, v.keys) for v in false] == []
    assert set(stricter) == set(STRICTER)
    assert len(tried) >= 2000
    assert set(accepted) == {"right", "among others"}
    assert accepted["right"] >= 150
    assert refused.total() >= 1500
