"""Lengths of time as people write them: "3 days", "2 weeks", "1 year"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from orgcode.model.message import Message, messages

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def later(day: date, span: str) -> date:
    """The day that comes a span later, as in `later(day, "1 year")`.

    A month on from 31 January is the last day of February. What lies beyond the calendar is its
    last day.
    """
    number, unit = span.split()
    count, unit = int(number), unit.removesuffix("s")
    try:
        if unit in _DAYS:
            return day + timedelta(days=count * _DAYS[unit])
        years, month = divmod(day.month - 1 + count * _MONTHS[unit], 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return date.max


def spoken(span: str) -> Message:
    """A length of time in words, as in "2 weeks"."""
    number, unit = span.split()
    count = int(number)
    match unit.removesuffix("s"):
        case "day":
            return messages("{count} day", "{count} days", count)
        case "week":
            return messages("{count} week", "{count} weeks", count)
        case "month":
            return messages("{count} month", "{count} months", count)
        case _:
            return messages("{count} year", "{count} years", count)
