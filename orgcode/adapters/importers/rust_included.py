"""Who belongs to a team of rust-lang/team without being named in it.

A team may take in the people of others: their leads, their members, everybody, or whoever is in
none any more. An archived team takes in nobody and is taken in by none; but those who were in it
count among the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.rust_circles import TEAM, kind_of
from orgcode.adapters.importers.rust_people import login_of

_LEADS_OF = {
    "include-team-leads": TEAM,
    "include-wg-leads": "working-group",
    "include-project-group-leads": "project-group",
}
_EVERYBODY = "include-all-team-members"
_GONE = "include-all-alumni"


class Included:
    """The people that teams take in, worked out over all of them."""

    def __init__(self, live: Mapping[str, Place], archived: Mapping[str, Place]) -> None:
        self._live = live
        self._kinds = {name: kind_of(place) for name, place in live.items()}
        self._flags = {name: _flags(place) for name, place in live.items()}
        self._named = {name: _logins(place, "leads", "members") for name, place in live.items()}
        self._leads = {name: _logins(place, "leads") for name, place in live.items()}
        self._gone: frozenset[str] = frozenset()
        active = set[str]().union(*(self._all_of(name) for name in live if not self._is_gone(name)))
        places = (*live.values(), *archived.values())
        self._gone = frozenset().union(*(_logins(place, "alumni") for place in places)) - active

    def logins(self, name: str) -> list[str]:
        """Who belongs to a team besides those that it names, in small letters and sorted."""
        return sorted(self._all_of(name) - self._named[name]) if name in self._live else []

    def _all_of(self, name: str) -> set[str]:
        found: set[str] = set()
        seen, waiting = {name}, [name]
        while waiting:
            here = waiting.pop()
            found |= self._named[here] | self._taken_in(here)
            further = set(self._teams_in(here)) - seen
            seen |= further
            waiting += further
        return found

    def _taken_in(self, name: str) -> set[str]:
        found = set(self._gone) if self._is_gone(name) else set()
        for key, kind in _LEADS_OF.items():
            if key in self._flags[name]:
                others = (n for n, k in self._kinds.items() if n != name and k == kind)
                found.update(*(self._leads[other] for other in others))
        return found

    def _teams_in(self, name: str) -> Iterator[str]:
        """The teams of which all people are in a team."""
        for team in included_teams(self._live[name]):
            if team in self._live:
                yield team
        if _EVERYBODY in self._flags[name]:
            for other, kind in self._kinds.items():
                if kind == TEAM and not self._is_gone(other):
                    yield other

    def _is_gone(self, name: str) -> bool:
        """Whether a team is that of whoever is in none any more."""
        return _GONE in self._flags[name]


def included_teams(place: Place) -> tuple[str, ...]:
    """The teams that a team says that it takes in."""

    def read() -> tuple[str, ...]:
        teams = place.at("people", "included-teams").items()
        return tuple(said for team in teams if (said := team.text()))

    return place.once("included teams", read)


def _flags(place: Place) -> frozenset[str]:
    def read() -> frozenset[str]:
        keys = (*_LEADS_OF, _EVERYBODY, _GONE)
        return frozenset(key for key in keys if place.flag("people", key))

    return place.once("flags", read)


def _logins(place: Place, *keys: str) -> frozenset[str]:
    def read() -> frozenset[str]:
        people = (somebody for key in keys for somebody in place.at("people", key).items())
        return frozenset(said.lower() for each in people if (said := login_of(each).text()))

    return place.once(keys, read)
