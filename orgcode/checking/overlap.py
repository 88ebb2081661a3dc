"""Periods that overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Period(Struct, Generic[T], frozen=True):
    """Something from `since` to `until`, both inclusive; None: without a beginning or end."""

    what: T
    since: date | None
    until: date | None


def overlaps(periods: Iterable[Period[T]]) -> Iterator[tuple[T, T]]:
    """For each period during which another was running already: that other, and it.

    Of two that begin on the same day, the one given later comes second.
    """
    running: Period[T] | None = None
    for period in sorted(periods, key=lambda period: period.since or date.min):
        if running and (running.until or date.max) >= (period.since or date.min):
            yield running.what, period.what
        if running is None or (period.until or date.max) > (running.until or date.max):
            running = period
