"""How the teams of rust-lang/team lie in one another, and which are over since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from orgcode.adapters.importers import Known
from orgcode.adapters.importers.leaves import Intake, Place
from orgcode.model.message import Message, message, messages

ANCHORS = ("leadership-council", "core")
"""The teams that were at the top, the latest first."""
UNDATED = date(1970, 1, 1)
"""Stands for the day of archiving where the source does not tell it."""

NO_PARENT = message("There is no team of that name.")
CIRCULAR = message("The teams lie inside one another without end.")
OUTLIVED = message("The team that it names was archived before this one.")
IS_ANCHOR = message("The team at the top lies in no other.")


class Team(NamedTuple):
    """A team: its file, the team it lies in (None: the anchor), and since when it is over."""

    name: str
    place: Place
    parent: str | None
    ended_on: date | None


class Tree:
    """All teams, each with its parent."""

    def __init__(
        self, intake: Intake, places: Mapping[str, Place], known: Known, archive: str
    ) -> None:
        self._places = places
        self._ends = {
            name: known.days.get(place.path, UNDATED)
            for name, place in places.items()
            if place.path.startswith(archive)
        }
        self.anchor = next((n for n in ANCHORS if n in places and n not in self._ends), None)
        """The team that is the anchor circle; None where there is none that could be."""
        self.teams = {
            name: Team(name, place, self._parent(name), self._ends.get(name))
            for name, place in places.items()
        }
        if undated := [n for n, day in self._ends.items() if day == UNDATED]:
            intake.remark(_undated(tuple(sorted(undated))))

    def _parent(self, name: str) -> str | None:
        """The team named, or the next above it that outlives this one."""
        place = self._places[name]
        said = place.text("subteam-of")
        if said is None:
            return None
        reason = self._why_not(name, said)
        if reason is None:
            place.take("subteam-of")
            return said
        place.leave(reason, "subteam-of")
        if reason is not OUTLIVED:
            return None
        above = self._places[said].text("subteam-of")
        while above and self._why_not(name, above) is OUTLIVED:
            above = self._places[above].text("subteam-of")
        return above if above and self._why_not(name, above) is None else None

    def _why_not(self, name: str, parent: str) -> Message | None:
        if name == self.anchor:
            return IS_ANCHOR
        if parent not in self._places:
            return NO_PARENT
        if self._is_circular(name):
            return CIRCULAR
        end, own = self._ends.get(parent), self._ends.get(name)
        return OUTLIVED if end and (own is None or own > end) else None

    def _is_circular(self, name: str) -> bool:
        """Whether the way up never comes to an end."""
        seen: set[str] = set()
        here: str | None = name
        while here is not None and here in self._places and here != self.anchor:
            if here in seen:
                return True
            seen.add(here)
            here = self._places[here].text("subteam-of")
        return False


def _undated(names: tuple[str, ...]) -> Message:
    return messages(
        "The source does not tell since when {names} is archived; {day} stands there instead.",
        "The source does not tell since when {count} teams are archived; {day} stands there"
        " instead. They are {names}.",
        count=len(names),
        names=names,
        day=UNDATED,
    )
