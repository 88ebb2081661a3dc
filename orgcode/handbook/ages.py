"""How long ago and how far ahead, in words."""

from __future__ import annotations

from datetime import date

from orgcode.model.message import Message, message, messages
from orgcode.model.span import spoken

SOON = 60
"""Days within which an end is worth a word on the pages."""


def age(day: date, today: date) -> Message:
    """How long ago a day was, or how far ahead it is: "7 weeks ago", "in 3 days"."""
    days = (today - day).days
    if days == 0:
        return message("today")
    if days > 0:
        return _ago(days)
    return _ahead(-days)


def as_of(day: date, today: date) -> Message:
    """How old a fact is."""
    return message("As of {day}, {age}.", day=day, age=age(day, today))


def ends_soon(day: date | None, today: date) -> bool:
    """Whether something ends within the days that count as soon."""
    return day is not None and 0 <= (day - today).days <= SOON


def recurring(span: str) -> Message:
    """How often something comes back, from how long lies between: "1 week"."""
    number, unit = span.split()
    once = _ONCE.get(unit.removesuffix("s"))
    return once if once and int(number) == 1 else message("every {span}", span=spoken(span))


_ONCE = {
    "day": message("every day"),
    "week": message("every week"),
    "month": message("every month"),
    "year": message("every year"),
}


def _ago(days: int) -> Message:
    if days < 14:
        return messages("{count} day ago", "{count} days ago", days)
    if days < 70:
        return messages("{count} week ago", "{count} weeks ago", days // 7)
    if days < 730:
        return messages("{count} month ago", "{count} months ago", days // 30)
    return messages("{count} year ago", "{count} years ago", days // 365)


def _ahead(days: int) -> Message:
    if days < 14:
        return messages("in {count} day", "in {count} days", days)
    if days < 70:
        return messages("in {count} week", "in {count} weeks", days // 7)
    if days < 730:
        return messages("in {count} month", "in {count} months", days // 30)
    return messages("in {count} year", "in {count} years", days // 365)
