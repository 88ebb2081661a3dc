"""Quorums and thresholds, counted exactly: `1/3` is a third, never 0.333."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Literal

from msgspec import Struct

HALF = Fraction(1, 2)


class Quorum(Struct, frozen=True, kw_only=True):
    """How many of an electorate have to respond: a share of it, or a number of people."""

    share: Fraction | None = None
    people: int | None = None

    def needed(self, size: int) -> int:
        """How many responses an electorate of that size needs, at least one."""
        return max(1, self.people if self.people is not None else ceil((self.share or 0) * size))

    @property
    def is_half(self) -> bool:
        """Whether it is at least half, however large the electorate is."""
        return self.share is not None and self.share >= HALF


class Threshold(Struct, frozen=True, kw_only=True):
    """Which share of yes among yes and no a vote needs."""

    comparison: Literal[">", ">="]
    share: Fraction

    def is_met(self, yes: int, no: int) -> bool:
        """Whether the votes are enough; without any vote they never are."""
        if yes + no == 0:
            return False
        reached = Fraction(yes, yes + no)
        return reached > self.share if self.comparison == ">" else reached >= self.share

    @property
    def is_majority(self) -> bool:
        """Whether it can be met only by more than half."""
        return self.share > HALF or (self.share == HALF and self.comparison == ">")

    @property
    def can_be_met(self) -> bool:
        """Whether it is met at least when everyone says yes."""
        return self.is_met(1, 0)


def parse_quorum(text: str | None) -> Quorum:
    """Read `1/2` as a share and `5` as a number of people; nothing means one response."""
    if text is None:
        return Quorum(people=1)
    return Quorum(share=Fraction(text)) if "/" in text else Quorum(people=int(text))


def parse_threshold(text: str) -> Threshold:
    """Read `> 1/2` or `>= 2/3`."""
    comparison: Literal[">", ">="] = ">=" if text.startswith(">=") else ">"
    return Threshold(comparison=comparison, share=Fraction(text.lstrip(">= ")))
