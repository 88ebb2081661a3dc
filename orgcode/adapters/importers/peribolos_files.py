"""Which files of peribolos there are, and to which organisation, folder and team each belongs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgcode.adapters.importers.leaves import MAX_TEXT, Intake, Place
from orgcode.model.message import message

ORGANISATION, TEAMS, OWNERS, ALIASES = "org.yaml", "teams.yaml", "OWNERS", "OWNERS_ALIASES"
RESTRICTIONS = "restrictions.yaml"

NO_ORGANISATION = message("No organisation stands in its folder or above it.")
SAME_TEAM = message("The organisation has another team of the same name, which was read before it.")
NO_NAME = message("It has no name, or one longer than orgcode keeps.")
SAME_ORGANISATION = message("Another file about the same organisation was read before it.")


class Organisation(NamedTuple):
    """An organisation on GitHub: its login, its folder, and its file, if that can be read."""

    login: str
    folder: str
    place: Place | None


class Folder(NamedTuple):
    """A folder of an organisation with a file of teams."""

    organisation: str
    path: str
    name: str


class Team(NamedTuple):
    """A team, with the team or folder in which it lies (neither: the organisation itself)."""

    organisation: str
    name: str
    place: Place
    parent: str | None
    folder: Folder | None


class Files:
    """Everything that was found, in the order of the paths."""

    def __init__(self, intake: Intake, name: str | None) -> None:
        self.organisations: dict[str, Organisation] = {}
        self.folders: dict[str, Folder] = {}
        self.teams: dict[tuple[str, str], Team] = {}
        self.owners: list[tuple[str, Place]] = []
        self.aliases: dict[str, Place] = {}
        self.restrictions: list[tuple[str, Place]] = []
        opened = [
            (path, intake.open(path, _pattern(path))) for path in filter(_is_ours, intake.paths)
        ]
        for path, place in opened:
            self._find_organisations(path, place, name)
        for path, place in opened:
            if place is not None:
                self._sort(path, place)

    def organisation_of(self, folder: str) -> Organisation | None:
        """The organisation in whose folder, or below it, a folder is."""
        by_folder = {found.folder: found for found in self.organisations.values()}
        while True:
            if folder in by_folder:
                return by_folder[folder]
            if not folder:
                return None
            folder = folder.rpartition("/")[0]

    def _find_organisations(self, path: str, place: Place | None, name: str | None) -> None:
        folder, _, file = path.rpartition("/")
        if place is not None and place.at("orgs").is_there:
            for login, inner in place.at("orgs").named():
                self._add(Organisation(login, path, inner))
        elif file == ORGANISATION:
            login = folder.rpartition("/")[2] or name or "organisation"
            self._add(Organisation(login, folder, place))

    def _add(self, organisation: Organisation) -> None:
        key = organisation.login.lower()
        if not _is_name(organisation.login):
            if organisation.place:
                organisation.place.leave(NO_NAME)
            return
        if key in self.organisations:
            if organisation.place:
                organisation.place.leave(SAME_ORGANISATION)
            return
        self.organisations[key] = organisation
        if organisation.place:
            self._find_teams(organisation.place.at("teams"), organisation.login, None, None)

    def _sort(self, path: str, place: Place) -> None:
        folder, _, file = path.rpartition("/")
        if file == TEAMS:
            self._find_team_file(folder, place)
        elif file == OWNERS:
            self.owners.append((folder, place))
        elif file == ALIASES:
            for alias, people in place.at("aliases").named():
                self.aliases.setdefault(alias, people)
        elif file == RESTRICTIONS:
            self.restrictions.append((folder, place))

    def _find_team_file(self, path: str, place: Place) -> None:
        organisation = self.organisation_of(path)
        if organisation is None:
            place.leave(NO_ORGANISATION)
            return
        folder = None
        if path != organisation.folder:
            name = path[len(organisation.folder) :].strip("/")
            folder = self.folders[path] = Folder(organisation.login, path, name)
        self._find_teams(place.at("teams"), organisation.login, None, folder)

    def _find_teams(
        self, place: Place, organisation: str, parent: str | None, folder: Folder | None
    ) -> None:
        """How deep teams lie in one another was bounded when the file was parsed."""
        for name, team in place.named():
            key = (organisation.lower(), name)
            if not _is_name(name):
                team.leave(NO_NAME)
                continue
            if key in self.teams:
                team.leave(SAME_TEAM)
                continue
            self.teams[key] = Team(organisation, name, team, parent, folder)
            self._find_teams(team.at("teams"), organisation, name, folder)


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= MAX_TEXT


def _is_ours(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith((".yaml", ".yml")) or name in (OWNERS, ALIASES)


def _pattern(path: str) -> str:
    *folders, name = path.split("/")
    return "/".join([*("*" for _ in folders), name])


def logins(places: list[Place]) -> Iterator[str]:
    """The logins in lists."""
    for place in places:
        for item in place.items():
            if login := item.text():
                yield login
