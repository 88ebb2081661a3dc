"""What is expected at a place of a document, in words and by example."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from orgcode.documents.shapes import Shape
from orgcode.model.message import Message, message


class Expected(NamedTuple):
    """What should stand at a place, an example of it, and perhaps how to repair what does."""

    what: Message
    example: str
    repair: Callable[[str], str | None] | None = None


def expected(here: Shape) -> Expected:
    """What should stand where a shape rules."""
    if here.choices:
        return Expected(message("one of {choices}", choices=tuple(here.choices)), here.choices[0])
    if here.name in NAMED:
        return NAMED[here.name]
    for is_so, form in (
        (here.free and here.is_mapping, NAMED["text"]),
        ("boolean" in here.types, _YES_OR_NO),
        ("integer" in here.types, _WHOLE),
        ("number" in here.types, _NUMBER),
        (here.text, NAMED["line"]),
        (here.is_list, _LIST),
    ):
        if is_so:
            return form
    return _group(here) if here.keys else _KEYS


def _group(here: Shape) -> Expected:
    """The keys of a group: all of them where they are few, else those that it cannot do without."""
    if len(here.keys) <= _FEW:
        keys = tuple(here.keys)
        what = message("a group with the keys {keys}", keys=keys)
    else:
        keys = tuple(key for key in here.keys if key in here.required) or tuple(here.keys)[:_FEW]
        what = message("a group of keys such as {keys}", keys=keys)
    return Expected(what, f"{{{', '.join(f'{key}: {_inside(here.keys[key])}' for key in keys)}}}")


def _inside(here: Shape) -> str:
    """An example of what stands at a key of a group."""
    return "…" if here.free or here.name == "id" else expected(here).example


_FEW = 3


def days_in_month(text: str) -> int | None:
    """How many days the month of an impossible date has; None where that is not the matter."""
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups())
    if not (year >= 1 and 1 <= month <= 12):
        return None
    days = monthrange(year, month)[1]
    return days if day > days else None


_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_IS_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z", re.ASCII)


def _date(text: str) -> str | None:
    """A date that was written otherwise, as it should be written."""
    text = text.strip()
    if match := _YEAR_FIRST.match(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.match(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _id(text: str) -> str | None:
    """What an id could be that was written with capitals or spaces."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return words[:63].strip("-") or None


def _list(text: str) -> str | None:
    """Ids that were written without the brackets of a list."""
    ids = [word.strip() for word in text.split(",")]
    return f"[{', '.join(ids)}]" if all(_IS_ID.match(id) for id in ids) else None


def _threshold(text: str) -> str | None:
    share = re.search(r"[0-9]+/[0-9]+", text)
    return f"> {share.group()}" if share else None


_YES_OR_NO = Expected(message("true or false"), "true")
_WHOLE = Expected(message("a whole number"), "2")
_NUMBER = Expected(message("a number"), "2.5")
_LIST = Expected(message("a list"), "[…, …]")
_KEYS = Expected(message("a group of keys, each with a colon"), "{key: …}")
_RULES = Expected(message("a list of decision rules"), "[{for: role, by: consent, of: members}]")
_DOMAIN = Expected(message("a text, or an id and a text"), "{id: stock, text: The stock}")

NAMED: dict[str, Expected] = {
    "id": Expected(
        message("an id: lower-case letters, digits and single hyphens, at most 63"), "kitchen", _id
    ),
    "uuid": Expected(message("a UUID"), "0b8f2f9e-3c1d-4a53-9c55-1f7a6f0c2d11"),
    "date": Expected(message("a date: year-month-day"), "2026-03-01", _date),
    "moment": Expected(message("a moment in UTC"), "2026-03-01T14:30:00Z"),
    "days": Expected(message("a number of days"), "3 days"),
    "period": Expected(message("a number of days, weeks, months or years"), "2 weeks"),
    "language": Expected(message("the code of a language"), "nl"),
    "line": Expected(message("a text"), '"…"'),
    "text": Expected(message("a text, or a text for each language"), "{nl: Keuken, en: Kitchen}"),
    "url": Expected(message("a web address"), "https://example.org/"),
    "link_url": Expected(message("a web address or mailto: address"), "https://example.org/"),
    "email": Expected(message("an e-mail address"), "sara@example.org"),
    "ssh_key": Expected(message("a public SSH key in one line"), "ssh-ed25519 AAAA… sara"),
    "digest": Expected(message("a digest of 64 hexadecimal digits"), "9f86d081884c7d65…"),
    "previous": Expected(
        message("a digest of 64 hexadecimal digits, or null in the first entry"), "null"
    ),
    "object_id": Expected(message("the full id of a commit"), "9f86d081884c7d65…"),
    "role_ref": Expected(message("the id of a role, or circle/core-role"), "kitchen/lead"),
    "party": Expected(message("the id of a person, circle:id or role:id"), "circle:kitchen"),
    "domain_ref": Expected(message("a domain: circle-or-role#domain, or an id"), "kitchen#stock"),
    "ruleset_ref": Expected(message("a ruleset with its version"), "teal@1"),
    "change_kind": Expected(message("a kind of change"), "role"),
    "change_kinds": Expected(message("a kind of change, or a list of them"), "[role, policy]"),
    "elector": Expected(message("a group of people who decide"), "members"),
    "electorate": Expected(message("a group of people who decide, or a list of them"), "members"),
    "quorum": Expected(message("a share, or a number of people"), "1/2"),
    "threshold": Expected(message("a comparison and a share"), "> 1/2", _threshold),
    "logo": Expected(message("the path of a picture in assets/"), "assets/logo.svg"),
    "colour": Expected(message("a colour: # and six hexadecimal digits"), '"#0F6B6B"'),
    "format": Expected(message("the version of the format, 1"), "1"),
    "figure": Expected(message("a number or a text"), "12"),
    "domain": _DOMAIN,
    "domains": Expected(message("a list of domains"), "[The menu, The stock]"),
    "holder": Expected(
        message("the id of a person, or a person with days and focus"),
        "{person: sara, since: 2026-03-01}",
    ),
    "holders": Expected(message("a list of holders"), "[sara, omar]", _list),
    "ended": Expected(message("a day and a reason"), "{on: 2026-03-01, because: …}"),
    "aliases": Expected(message("a list of ids"), "[kitchen]"),
    "tags": Expected(message("a list of words"), "[food, care]"),
    "link": Expected(message("a name and an address"), "{name: …, url: https://example.org/}"),
    "key": Expected(message("a key and its days"), "{key: ssh-ed25519 AAAA…, since: 2026-03-01}"),
    "otherwise": Expected(message("another way to decide"), "{after: 14 days, by: vote, of: all}"),
    "decision_rule": Expected(message("a decision rule"), "{for: role, by: consent, of: members}"),
    "decision_rules": _RULES,
}
"""What is expected where a shared shape of the schemas rules, by its name."""
