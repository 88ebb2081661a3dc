"""The people of organisations on GitHub, and what they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.peribolos_files import Files, logins
from orgcode.adapters.importers.peribolos_owners import TASKS
from orgcode.adapters.importers.register import Ids
from orgcode.adapters.importers.things import People, Room, Roster

MEMBERSHIPS = {
    "member": {"name": "member", "votes": True},
    "contributor": {"name": "contributor", "votes": False},
    "former-member": {"name": "former member", "votes": False},
}
"""Members are those of an organisation; who is in a team alone contributes."""


class Everybody:
    """Whoever is in an organisation or team, in a list, or once was in an OWNERS."""

    def __init__(self, files: Files) -> None:
        self._files = files
        here = list(_places(files))
        self.known = frozenset(login.lower() for login in logins(here))
        """Who is in an organisation or team, in small letters."""
        emeriti = [place.at(task.emeriti) for _, place in files.owners for task in TASKS]
        self.people = People(logins([*here, *files.aliases.values(), *emeriti]), Ids())
        self._in: set[str] = set()
        self._in_teams: set[str] = set()

    def listed(self, places: Place, room: Room) -> list[str]:
        """The people of a list, each once."""
        roster = Roster(self.people, room)
        for place in places.items():
            roster.take(place)
        return roster.ids

    def note_organisation(self, *lists: Iterable[str]) -> None:
        """These are in an organisation."""
        self._in.update(*lists)

    def note_team(self, *lists: Iterable[str]) -> None:
        """These are in a team."""
        self._in_teams.update(*lists)

    def behind(self, organisation: str) -> Mapping[str, list[Place]]:
        """The people behind a name that is no person's: an alias, else a team."""
        teams = {
            team.name: [*team.place.at("maintainers").items(), *team.place.at("members").items()]
            for team in self._files.teams.values()
            if team.organisation == organisation
        }
        aliases = {name: place.items() for name, place in self._files.aliases.items()}
        return {**teams, **aliases}

    def documents(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """A file for everybody whom the source names."""
        for id, login in self.people.logins.items():
            kind = "contributor" if id in self._in_teams else "former-member"
            yield (
                f"people/{id}.yaml",
                {
                    "name": login,
                    "membership": "member" if id in self._in else kind,
                    "accounts": {"github": {"login": login}},
                },
            )


def _places(files: Files) -> Iterator[Place]:
    """Where the people of organisations and teams stand."""
    for org in files.organisations.values():
        if org.place:
            yield from (org.place.at("admins"), org.place.at("members"))
    for team in files.teams.values():
        yield from (team.place.at("maintainers"), team.place.at("members"))
