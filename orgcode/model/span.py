"""Days and lengths of time as people write them: "2028-03-01", "3 days", "1 year"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message, messages

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_named(text: str) -> date | None:
    """The day that a text such as 2028-03-01 names; None where it looks like something else.

    Raises `OrgcodeError` for one that the calendar does not have.
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OrgcodeError(
            message('There is no day "{text}".', text=text),
            message("Write a day as year, month and day: 2028-03-01."),
        ) from error


def is_between(day: date, first: date | None, last: date | None) -> bool:
    """Whether a day is neither before the first nor after the last; None: there is no such end."""
    return (first is None or first <= day) and (last is None or day <= last)


def later(day: date, span: str) -> date:
    """The day that comes a span later, as in `later(day, "1 year")`.

    A month on from 31 January is the last day of February. What lies beyond the calendar is its
    last day.
    """
    from calendar import monthrange  # only here: slow to import, seldom needed

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


def last_day(first: date, span: str) -> date:
    """The last day of a term that begins on its first: a year from 1 March ends on 28 February, or
    on 29 February where there is one.

    A month or year that begins on a day which its last month does not have ends with that month.
    """
    then = later(first, span)
    is_cut_short = span.split()[1].removesuffix("s") in _MONTHS and then.day != first.day
    return then if is_cut_short else then - timedelta(days=1)


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
