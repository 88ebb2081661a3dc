"""What happens to the people in a list of holders (section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.law.naive.people import person_of
from tests.law.naive.reading import day, refuse


def is_past(entry: Any, today: date) -> bool:
    return isinstance(entry, dict) and "until" in entry and day(entry["until"]) < today


def holding(old: list[Any], new: list[Any], today: date) -> Iterator[tuple[str, list[str]]]:
    """What happens to the people in a list of holders, each of whom stands in it once."""
    was = {person_of(entry): entry for entry in old}
    now = {person_of(entry): entry for entry in new}
    if len(was) < len(old) or len(now) < len(new):
        refuse("somebody is a holder twice")
    for person in sorted({*was, *now}):
        if person not in was:
            yield ("recorded" if is_past(now[person], today) else "added"), [person]
        elif person not in now:
            yield ("forgotten" if is_past(was[person], today) else "ended"), [person]
        elif was[person] != now[person]:
            for what in sorted(rewritten(was[person], now[person])):
                yield what, [person]
    stay = [person_of(entry) for entry in old if person_of(entry) in now]
    if stay != [person_of(entry) for entry in new if person_of(entry) in was]:
        yield "reordered", []


def rewritten(was: Any, now: Any) -> set[str]:
    old = was if isinstance(was, dict) else {"person": was}
    new = now if isinstance(now, dict) else {"person": now}
    found = set()
    until = old.get("until"), new.get("until")
    if until[0] != until[1]:
        is_longer = until[1] is None or (until[0] is not None and until[1] > until[0])
        found.add("extended" if is_longer else "ended")
    if old.get("since") != new.get("since"):
        found.add("rescheduled")
    others = [{k: v for k, v in d.items() if k not in ("since", "until")} for d in (old, new)]
    if others[0] != others[1] or not found:
        found.add("amended")
    return found
