"""Who held what, from when to when: read from every state that a file has had on the main line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from orgcode.model.history import Held

Key = tuple[str, str, str]
"""A core role ("" for the role of the file itself), a person, and since when as it is written."""


class State(NamedTuple):
    """What a file said from one step of the main line on: the day of that step (UTC), and the data:
    empty where there was no file, None where it could not be read.
    """

    day: date
    data: Mapping[str, object] | None


class _Present(Struct):
    """A holding that is on the list."""

    since: date
    is_stated: bool
    until: date | None
    focus: object


def holdings(states: Sequence[State]) -> list[Held]:
    """Every holding in the states of a file, the oldest state first; in the order in which they
    began. One that nobody came to, because it was taken off the list before, is left out.
    """
    present: dict[Key, _Present] = {}
    found: list[tuple[Key, _Present]] = []
    for state in states:
        if state.data is None:
            continue
        now = dict(_now(state))
        for key in [key for key in present if key not in now]:
            gone = present.pop(key)
            gone.until = min(gone.until or state.day, state.day)
        for key, (until, focus) in now.items():
            if key not in present:
                since = _day(key[2])
                present[key] = _Present(since or state.day, since is not None, until, focus)
                found.append((key, present[key]))
            present[key].until = until
            present[key].focus = focus
    held = [
        Held(person, core, one.since, one.is_stated, one.until, one.focus)
        for (core, person, _), one in found
        if one.until is None or one.since <= one.until
    ]
    return sorted(held, key=lambda one: (one.since, one.person, one.core))


def _now(state: State) -> Iterator[tuple[Key, tuple[date | None, object]]]:
    """Each holding in a state with its last day and focus."""
    assert state.data is not None  # noqa: S101 (`holdings` passes over those)
    ended = state.data.get("ended")
    over = _day(ended.get("on")) if isinstance(ended, Mapping) else None
    last = over - timedelta(days=1) if over and over > date.min else None
    lists = [("", state.data.get("holders"))]
    core_roles = state.data.get("core_roles")
    if isinstance(core_roles, Mapping):
        lists += [(str(core), holders) for core, holders in core_roles.items()]
    for core, holders in lists:
        for holder in holders if isinstance(holders, list | tuple) else ():
            parts = holder if isinstance(holder, Mapping) else {"person": holder}
            days = [day for day in (_day(parts.get("until")), last) if day is not None]
            key = (core, str(parts.get("person")), str(parts.get("since") or ""))
            yield key, (min(days, default=None), parts.get("focus"))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
