"""The meetings of a group of Kubernetes, as those of a circle."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgcode.adapters.importers.kubernetes_links import Links, take_page
from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.prose import links_in, one_line, plain
from orgcode.adapters.importers.things import Room, without_nothing

_EVERY = tuple(
    (re.compile(words, re.IGNORECASE), every)
    for words, every in (
        (r"(?:bi-?weekly|fortnightly|every (?:two|2|other|second) weeks?)\b", "2 weeks"),
        (r"(?:triweekly|every (?:three|3) weeks|every third week)\b", "3 weeks"),
        (r"every (?:four|4) weeks\b", "4 weeks"),
        (r"(?:weekly|every week)\b", "1 week"),
        (r"(?:monthly|every month)\b", "1 month"),
        (r"(?:quarterly|every quarter)\b", "3 months"),
    )
)
_ONCE_A_MONTH = re.compile(r"(?!.*\b(?:and|twice)\b).*\bmonth\b", re.IGNORECASE)
_LINK_IN_BRACKETS = re.compile(r"\(\[[^\[\]]*\]\([^()]*\)\)")
_MEETING = 12
"""The values of which a meeting consists, with its beginning and end."""
_BESIDE = (
    ("archive_url", "notes"),
    ("recordings_url", "recordings"),
    ("calendar_url", "calendar"),
)


class Rhythm(NamedTuple):
    """How often something is, as orgcode counts it, and in words what that does not say."""

    every: str | None
    besides: str


def meetings(group: Place, links: Links, room: Room) -> list[dict[str, object]]:
    """The meetings of a group or subproject. What is kept about them becomes links."""
    places = [place for place in group.at("meetings").items() if room.has(_MEETING, place)]
    held = [_meeting(place, links) for place in places]
    if not held:
        links.take("Meeting", group, "meeting_url")
    elif address := take_page(group, "meeting_url"):
        for meeting in held:
            meeting.setdefault("link", address)
    links.take("Meeting notes", group, "meeting_archive_url")
    links.take("Meeting recordings", group, "meeting_recordings_url")
    return held


def _meeting(place: Place, links: Links) -> dict[str, object]:
    name = plain(place.take("description") or "Meeting")
    rhythm = rhythm_of(_frequency(place, name, links))
    link = take_page(place, "url")
    for key, what in _BESIDE:
        links.take(f"{name}: {what}", place, key)
    return without_nothing(
        {
            "name": name,
            "every": rhythm.every,
            "day": one_line(place.take("day") or "") or None,
            "time": ", ".join(part for part in (_hour(place), rhythm.besides) if part) or None,
            "link": link,
        }
    )


def _frequency(place: Place, name: str, links: Links) -> str:
    """How often, in words; what it links to becomes links of the circle."""
    text = place.take("frequency") or ""
    found = links_in(text, links.resolve)
    if found and all(links.add(place, f"{name}: {words}", url) for words, url in found):
        text = _LINK_IN_BRACKETS.sub("", text)
    return plain(text)


def _hour(place: Place) -> str:
    """The time with its zone; the oldest files give it in UTC."""
    time, zone = place.take("time"), place.take("tz")
    in_utc = place.take("utc")
    parts = [time, zone, f"{in_utc} UTC" if in_utc else None]
    return one_line(" ".join(part for part in parts if part))


def rhythm_of(words: str) -> Rhythm:
    """How often: `biweekly starting June 7` is every 2 weeks, and besides: starting June 7."""
    for pattern, every in _EVERY:
        match = pattern.match(words)
        besides = words[match.end() :] if match else "/"
        if not besides.startswith("/"):
            return Rhythm(every, besides.strip(" ,;:-\u2013"))
    return Rhythm("1 month" if _ONCE_A_MONTH.match(words) else None, words)
