"""Quorums and thresholds are counted exactly."""

from __future__ import annotations

import pytest

from orgcode.law.shares import parse_quorum, parse_threshold


@pytest.mark.parametrize(
    ("text", "size", "needed"),
    [
        (None, 0, 1),
        (None, 40, 1),
        ("1/2", 7, 4),
        ("1/2", 8, 4),
        ("1/3", 9, 3),
        ("1/3", 10, 4),
        ("2/3", 0, 1),
        ("5", 3, 5),
        ("1", 100, 1),
    ],
)
def test_a_quorum_is_a_share_rounded_up_or_a_number_of_people(
    text: str | None, size: int, needed: int
) -> None:
    assert parse_quorum(text).needed(size) == needed


@pytest.mark.parametrize(
    ("text", "half"),
    [("1/2", True), ("2/4", True), ("2/3", True), ("49/99", False), ("500", False), (None, False)],
)
def test_only_a_share_is_surely_half(text: str | None, half: bool) -> None:
    assert parse_quorum(text).is_half is half


@pytest.mark.parametrize(
    ("text", "yes", "no", "met"),
    [
        ("> 1/2", 1, 1, False),
        ("> 1/2", 2, 1, True),
        (">= 1/2", 1, 1, True),
        (">=2/3", 2, 1, True),
        ("> 2/3", 2, 1, False),
        ("> 1/3", 333_333, 666_666, False),
        ("> 1/3", 333_334, 666_666, True),
        ("> 1/2", 0, 0, False),
        (">= 1/2", 0, 0, False),
        (">= 0/1", 0, 1, True),
    ],
)
def test_a_threshold_is_compared_without_rounding(text: str, yes: int, no: int, met: bool) -> None:
    assert parse_threshold(text).is_met(yes, no) is met
    assert text.startswith(parse_threshold(text).comparison)


@pytest.mark.parametrize(
    ("text", "majority", "possible"),
    [
        ("> 1/2", True, True),
        (">= 1/2", False, True),
        (">= 51/100", True, True),
        ("> 1/3", False, True),
        (">= 1/1", True, True),
        ("> 1/1", True, False),
        (">= 3/2", True, False),
    ],
)
def test_what_a_threshold_means_is_known_beforehand(
    text: str, majority: bool, possible: bool
) -> None:
    assert parse_threshold(text).is_majority is majority
    assert parse_threshold(text).can_be_met is possible
