"""The roles that a team of rust-lang/team defines, and who has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.register import Ids
from orgcode.adapters.importers.things import (
    TWICE,
    Names,
    People,
    Room,
    Roster,
    take_prose,
    without_nothing,
)
from orgcode.documents.rulesets import load_ruleset
from orgcode.model.message import message

SECOND = message("The team has a role of the same id already.")
NO_ID = message("It has no id, so nobody can have it.")

_WITH_ROLES = ("members", "alumni")


def role_ids(teams: Mapping[str, Place], ids: Ids) -> Mapping[tuple[str, str], str]:
    """The id of each role, by team and the id that the team gave it.

    The team's name is put before it, unless it is there already.
    """
    names = [(team, role) for team, place in teams.items() for role in named_roles(place)]
    found = ids.assign("roles", names, _spell)
    return {(team, role): found[team, role] for team, role in names}


def _spell(name: tuple[str, ...]) -> str:
    team, role = name
    return role if role.lower().startswith(f"{team.lower()}-") else f"{team}-{role}"


def named_roles(place: Place) -> tuple[str, ...]:
    """The ids of roles that a team defines or gives to somebody."""
    return place.once("roles", lambda: tuple(_named(place)))


def role_texts(place: Place) -> tuple[str, ...]:
    """What those that it defines are called."""

    def read() -> tuple[str, ...]:
        texts = (role.text("description") for role in place.at("roles").items())
        return (*named_roles(place), *(text.strip() for text in texts if text))

    return place.once("role texts", read)


def _named(place: Place) -> Iterator[str]:
    for role in place.at("roles").items():
        if id := role.text("id"):
            yield id
    for key in _WITH_ROLES:
        for person in place.at("people", key).items():
            for role in person.at("roles").items():
                if id := role.text():
                    yield id


class Home(NamedTuple):
    """The circle of a team, and the circles of all teams by name.

    A role says no more of itself than what it is called. So its purpose is that of its team; and
    where it is called as another team is, it represents that team.
    """

    circle: str
    name: str
    purpose: str | None
    ended: Mapping[str, object] | None
    circles: Mapping[str, str]


class TeamRoles:
    """The roles of one team."""

    def __init__(
        self, team: str, place: Place, people: People, ids: Mapping[tuple[str, str], str]
    ) -> None:
        self._team = team
        self._people = people
        self._ids = ids
        self._defined: dict[str, Place] = {}
        self._holders: dict[str, Roster] = {}
        for role in place.at("roles").items():
            id = role.text("id")
            if id is None:
                role.leave(NO_ID)
            elif id in self._defined:
                role.leave(SECOND)
            else:
                self._defined[id] = role
                self._holders[id] = Roster(people, Room())

    def hold(self, person: Place, login: Place) -> None:
        """Give somebody the roles that stand behind their name."""
        for role in person.at("roles").items():
            if id := role.text():
                roster = self._holders.setdefault(id, Roster(self._people, Room()))
                if roster.take(login) is not None:
                    role.take()
                else:
                    role.leave(TWICE)

    def held(self, person: Place) -> Iterator[str]:
        """The roles that somebody had, taken."""
        for role in person.at("roles").items():
            if id := role.take():
                self._holders.setdefault(id, Roster(self._people, Room()))
                yield self._ids[self._team, id]

    def documents(self, home: Home, ruleset: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        """A file for each role, with a name that no other role of the circle has."""
        names = Names(_core_role_names(ruleset))
        for id, roster in self._holders.items():
            place = self._defined.get(id)
            said = (take_prose(place, "description") if place else None) or id
            if place:
                place.take("id")
            represented = home.circles.get(said)
            if represented not in (None, home.circle):
                name, purpose = f"Representative of {said}", f"{said} is heard in {home.name}."
            else:
                name, purpose, represented = said, home.purpose or said, None
            data = {
                "name": names.unique(name, home.name),
                "circle": home.circle,
                "purpose": purpose,
                "holders": roster.ids,
                "seats": min(len(roster.ids), 1000) or None,
                "serves": [represented] if represented else None,
                "ended": home.ended,
            }
            yield f"roles/{self._ids[self._team, id]}.yaml", without_nothing(data)


@cache
def _core_role_names(ruleset: str) -> tuple[str, ...]:
    names = (core.name for core in load_ruleset(ruleset).core_roles.values())
    return tuple(
        word for name in names for word in ((name,) if isinstance(name, str) else name.values())
    )
