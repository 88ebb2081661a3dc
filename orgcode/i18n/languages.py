"""How dates, numbers and lists are written in each language.

Written here rather than taken from a locale library: the same commit has to give the same bytes
everywhere, and the data of such libraries changes from version to version.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from math import isfinite

from msgspec import Struct

_CURRENCIES = frozenset("€$£")


class Language(Struct, frozen=True, kw_only=True):
    """The ways of writing of one language."""

    code: str
    name: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    conjunction: str
    decimal: str
    grouping: str
    money: tuple[str, str]
    """An amount with the sign of its currency, and one below nought."""
    yes: str
    no: str

    def date(self, day: datetime.date) -> str:
        """A date written out, as in "1 March 2028"."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def number(self, value: float) -> str:
        """A number; digits are grouped from 10,000 on, so that a year stays a year."""
        if not isfinite(value):
            return str(value)
        whole, fraction = _digits(value)
        whole = whole.replace(",", self.grouping if abs(value) >= 10_000 else "")
        return f"{whole}{self.decimal}{fraction}" if fraction else whole

    def measured(self, value: float | str, unit: str | None) -> str:
        """A figure with its unit: behind it, and the sign of a currency before it."""
        if isinstance(value, str):
            said = value
        elif unit is not None and unit in _CURRENCIES and isfinite(value):
            return self._money(value, unit)
        else:
            said = self.number(value)
        return f"{said} {unit}" if unit else said

    def _money(self, value: float, sign: str) -> str:
        """An amount; what is no whole number is written in cents, as money is."""
        whole, fraction = _digits(abs(value))
        said = whole.replace(",", self.grouping)
        if fraction:
            said += self.decimal + fraction.ljust(2, "0")
        return self.money[value < 0].format(sign=sign, amount=said)

    def list(self, items: Sequence[str]) -> str:
        """A list in running text, as in "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.conjunction} {items[-1]}"


def _digits(value: float) -> tuple[str, str]:
    """A number before and after its decimal sign, in thousands by commas."""
    digits = f"{value:,}" if isinstance(value, int) else f"{value:,.6f}"
    whole, _, fraction = digits.partition(".")
    return whole, fraction.rstrip("0")


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
    money=("{sign}{amount}", "-{sign}{amount}"),
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
    money=("{sign} {amount}", "{sign} -{amount}"),
    yes="ja",
    no="nee",
)

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "nl": DUTCH}
