"""How dates, numbers and lists are written in each language.

Written here rather than taken from a locale library: the same commit has to give the same bytes
everywhere, and the data of such libraries changes from version to version.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from math import isfinite

from msgspec import Struct


class Language(Struct, frozen=True, kw_only=True):
    """The ways of writing of one language."""

    code: str
    name: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    conjunction: str
    decimal: str
    grouping: str
    yes: str
    no: str

    def date(self, day: datetime.date) -> str:
        """A date written out, as in "1 March 2028"."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def number(self, value: float) -> str:
        """A number; digits are grouped from 10,000 on, so that a year stays a year."""
        if not isfinite(value):
            return str(value)
        digits = f"{value:,}" if isinstance(value, int) else f"{value:,.6f}"
        whole, _, fraction = digits.partition(".")
        whole = whole.replace(",", self.grouping if abs(value) >= 10_000 else "")
        fraction = fraction.rstrip("0")
        return f"{whole}{self.decimal}{fraction}" if fraction else whole

    def list(self, items: Sequence[str]) -> str:
        """A list in running text, as in "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.conjunction} {items[-1]}"


ENGLISH = Language(
    code="en",
    name="English",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    conjunction="and",
    decimal=".",
    grouping=",",
    yes="yes",
    no="no",
)

DUTCH = Language(
    code="nl",
    name="Nederlands",
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    conjunction="en",
    decimal=",",
    grouping=".",
    yes="ja",
    no="nee",
)

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "nl": DUTCH}
