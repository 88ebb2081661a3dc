"""Objectives and their key results."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from orgcode.model.entities.things import Text, Thing


class KeyResult(Struct, frozen=True, kw_only=True):
    """How far an objective is: from `start` to `target`, `current` as of a day."""

    name: Text
    start: float | None = None
    target: float | None = None
    current: float | None = None
    unit: str | None = None
    as_of: date | None = None

    @property
    def progress(self) -> float | None:
        """The share done, 0 to 1; None where the figures do not tell."""
        if self.target is None or self.current is None:
            return None
        start = self.start or 0.0
        if self.target == start:
            return 1.0 if self.current == self.target else 0.0
        return max(0.0, min(1.0, (self.current - start) / (self.target - start)))


class Objective(Thing, frozen=True, kw_only=True):
    """What a circle wants to have reached at the end of a period."""

    title: Text
    circle: str
    owner: str | None = None
    text: Text | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    parent: str | None = None
    key_results: tuple[KeyResult, ...] = ()
    result: Literal["achieved", "dropped"] | None = None

    @property
    def progress(self) -> float | None:
        """The mean progress of the key results that tell; None where none does."""
        known = [p for p in (result.progress for result in self.key_results) if p is not None]
        return sum(known) / len(known) if known else None
