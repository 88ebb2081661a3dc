"""Cases of which the naive judge has said what comes of them, for the judge to be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgcode.changes.change import Change
from orgcode.model.finding import Finding
from tests.law.by_rules import CASES
from tests.law.generated.cases import case
from tests.law.generated.judging import change_of, new_errors, verdict_of
from tests.law.generated.organisations import Data
from tests.law.naive.judge import judge

SEED = 1_000_000


class Known(NamedTuple):
    """A case as both judges are given it, and the outcome."""

    case: Data
    change: Change
    errors: list[Finding]
    outcome: str

    def is_said(self) -> bool:
        """Whether the judge says so too."""
        return verdict_of(self.case, self.change, self.errors).outcome == self.outcome


def known(generated: int) -> Iterator[Known]:
    """The small cases by rule, then so many generated ones."""
    data = [small.case() for small in CASES]
    data += [case(SEED + number) for number in range(generated)]
    for one in data:
        # what checking asked is kept with an organisation: the judge gets one that is new
        errors = new_errors(change_of(one))
        outcome = judge({**one, "new_errors": len(errors)}).outcome
        yield Known(one, change_of(one), errors, outcome)
