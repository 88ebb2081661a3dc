"""Small cases by the rule of the law that settles them: both judges say what must come of them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.law.by_rules import CASES
from tests.law.by_rules.small import Small
from tests.law.generated.judging import change_of, new_errors, verdict_of
from tests.law.naive.judge import judge


@pytest.mark.parametrize("small", CASES, ids=lambda small: f"{small.number}: {small.what}")
def test_it_comes_out_as_the_law_says(small: Small) -> None:
    case = small.case()
    change = change_of(case)
    errors = new_errors(change)
    naive = judge({**case, "new_errors": len(errors)}).outcome
    assert (naive, verdict_of(case, change, errors).outcome) == (small.want, small.want)


def test_every_rule_of_a_single_change_has_two_cases() -> None:
    """Rule 16 is about pushes of several changes, and is none of the judge's."""
    numbers = Counter(small.number for small in CASES)
    assert all(numbers[number] >= 2 for number in range(1, 16))
