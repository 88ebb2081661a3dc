"""`peribolos`: organisations on GitHub, as `org.yaml`, `teams.yaml` and `OWNERS` describe them.

Every organisation is a circle of the kind organisation, under an anchor circle where there are
several. A folder with teams is a circle with those teams in it, and every team is a circle; its
maintainers hold a core role, and so do the admins of an organisation. Who approves and reviews
changes of a folder has a role there. What a team may do with a repository is a link to it.

The id of a team is that of its organisation followed by its name, as teams of several
organisations have the same names: `kubernetes-sig-docs-leads`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from orgcode.adapters.importers import RULESET, Documents, Known
from orgcode.adapters.importers.ids import assign_ids, id_of
from orgcode.adapters.importers.leaves import Intake, Place
from orgcode.adapters.importers.peribolos_files import Files, Folder, Organisation, Team, logins
from orgcode.adapters.importers.peribolos_owners import NO_CIRCLE, TASKS, Directory, Owned
from orgcode.adapters.importers.peribolos_policies import restriction_policies, settings_policy
from orgcode.adapters.importers.things import (
    Names,
    People,
    Room,
    Roster,
    organisation,
    take_email,
    take_prose,
    without_nothing,
)
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import is_id
from orgcode.model.message import message, one

ARCHIVES: tuple[str, ...] = ()

OWN_MAINTAINER = "team-maintainer"
USUAL = message("It is what GitHub does unless it is told otherwise.")
NAME_IN_USE = message("The former name cannot be an id, or means something else by now.")

_CIRCLE_KINDS = {
    "team-folder": {
        "name": "folder of teams",
        "description": "Teams whose files stand in one folder, and who approves changes of them.",
        "core_roles": [],
    },
    "github-team": {
        "name": "team on GitHub",
        "description": "People with the same rights on the same repositories.",
        "core_roles": [OWN_MAINTAINER],
    },
}
_CORE_ROLES = {
    OWN_MAINTAINER: {
        "name": "Team maintainer",
        "purpose": "The right people are in the team on GitHub.",
        "optional": True,
    }
}
_MEMBERSHIPS = {
    "member": {"name": "member", "votes": True},
    "contributor": {"name": "contributor", "votes": False},
    "former-member": {"name": "former member", "votes": False},
}
_LINK = 6
"""The values of which a link consists, with its beginning and end."""


def convert(intake: Intake, known: Known) -> Documents:
    """The organisations as their files have them."""
    files = Files(intake, known.name)
    if not files.organisations:
        raise OrgcodeError(
            message("There is no organisation of peribolos here: no file called org.yaml."),
            message("Name the folder with the files of the organisations, often called config."),
        )
    return _Conversion(intake, known, files).documents()


class _Conversion:
    """One run over all files."""

    def __init__(self, intake: Intake, known: Known, files: Files) -> None:
        self._intake = intake
        self._files = files
        self._first = max(files.organisations.values(), key=_size)
        self._is_one = len(files.organisations) == 1
        self._name = known.name or _display_name(self._first)
        self._people = People(self._logins())
        self._in: set[str] = set()
        self._in_teams: set[str] = set()
        self._ids = self._circle_ids()
        self._aliases = {self._ids[key] for key in self._ids}
        self._names: dict[str, Names] = {}
        self._owned = self._read_owners()

    def documents(self) -> Documents:
        """Everything."""
        found: dict[str, Mapping[str, object] | str] = {}
        called: dict[str, tuple[str, str]] = {}
        if not self._is_one:
            found.update(self._anchor())
        for org in self._files.organisations.values():
            id = self._ids["organisation", org.login]
            data = self._organisation(org)
            found[f"circles/{id}.yaml"] = self._with_owners(id, data)
            file = (
                org.folder if org.folder.endswith((".yaml", ".yml")) else f"{org.folder}/org.yaml"
            )
            called[file.lstrip("/")] = (id, str(data["name"]))
            if org.place and (policy := settings_policy(org.place, id, str(data["name"]))):
                found[f"policies/{id}.yaml"] = policy
        for folder in self._files.folders.values():
            id = self._ids["folder", folder.organisation, folder.name]
            parent = self._ids["organisation", folder.organisation]
            name = self._unique(parent, self._folder_name(folder), folder.path)
            purpose = f"The teams of which the files stand in `{folder.path}`."
            data = {"name": name, "purpose": purpose, "kind": "team-folder", "parent": parent}
            found[f"circles/{id}.yaml"] = self._with_owners(id, data)
            called[f"{folder.path}/teams.yaml"] = (id, name)
        for team in self._files.teams.values():
            id = self._ids["team", team.organisation, team.name]
            found[f"circles/{id}.yaml"] = self._team(team)
        for owned in self._owned.values():
            found.update((f"roles/{id}.yaml", data) for id, data in owned.roles.items())
        for folder_path, place in self._files.restrictions:
            found.update(_policies(restriction_policies(folder_path, place, called)))
        found.update(self._persons())
        found["org.yaml"] = self._org()
        return found

    def _org(self) -> Mapping[str, object]:
        purpose = self._first.place.text("description") if self._first.place else None
        return organisation(
            format="peribolos",
            name=self._name,
            purpose=purpose or f"What the members of {self._name} make together.",
            anchor=self._anchor_id,
            ruleset=RULESET,
            memberships=_MEMBERSHIPS,
            circle_kinds=_CIRCLE_KINDS,
            core_roles=_CORE_ROLES,
        )

    @property
    def _anchor_id(self) -> str:
        key = ("organisation", self._first.login) if self._is_one else ("anchor", "project")
        return self._ids[key]

    def _anchor(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """A circle around all organisations, run by those who are admins in each of them."""
        admins = [
            {self._people.id(login) for login in logins([org.place.at("admins")])}
            for org in self._files.organisations.values()
            if org.place
        ]
        everywhere = sorted(set.intersection(*admins)) if admins else []
        data = {
            "name": "All organisations",
            "kind": "project",
            "core_roles": {"administrator": everywhere} if everywhere else None,
        }
        yield f"circles/{self._anchor_id}.yaml", without_nothing(data)
        self._intake.remark(_AROUND)

    def _organisation(self, org: Organisation) -> dict[str, object]:
        parent = None if self._is_one else self._anchor_id
        name = self._unique(parent or "", _display_name(org), org.login)
        url = f"https://github.com/{quote(org.login, safe='')}"
        data: dict[str, object] = {
            "name": name,
            "kind": "organisation",
            "parent": parent,
            "links": [{"name": f"GitHub: {org.login}", "url": url}],
        }
        if org.place is None:
            return without_nothing(data)
        room = Room()
        org.place.take("name")
        admins = self._list(org.place.at("admins"), room)
        members = self._list(org.place.at("members"), room)
        self._in.update(admins, members)
        return without_nothing(
            {
                **data,
                "purpose": take_prose(org.place, "description"),
                "core_roles": {"administrator": admins} if admins else None,
                "members": members,
                "contact": take_email(org.place, "email"),
            }
        )

    def _team(self, team: Team) -> Mapping[str, object]:
        place, room = team.place, Room()
        maintainers = self._list(place.at("maintainers"), room)
        members = self._list(place.at("members"), room)
        self._in_teams.update(maintainers, members)
        if place.text("privacy") == "closed":
            place.leave(USUAL, "privacy")
        parent = self._parent(team)
        return without_nothing(
            {
                "name": self._unique(parent, team.name, team.organisation),
                "purpose": take_prose(place, "description"),
                "kind": "github-team",
                "parent": parent,
                "core_roles": {OWN_MAINTAINER: maintainers} if maintainers else None,
                "members": members,
                "links": list(_repositories(place, team.organisation, room)),
                "tags": [place.take("privacy")] if place.text("privacy") == "secret" else None,
                "aliases": list(self._former_names(team)),
            }
        )

    def _parent(self, team: Team) -> str:
        if team.parent is not None:
            return self._ids["team", team.organisation, team.parent]
        if team.folder is not None:
            return self._ids["folder", team.folder.organisation, team.folder.name]
        return self._ids["organisation", team.organisation]

    def _folder_name(self, folder: Folder) -> str:
        """The name of a folder; one that holds a team of its own name is told apart from it."""
        team = self._files.teams.get((folder.organisation, folder.name))
        is_within = team is not None and team.folder == folder
        return f"{folder.name} (folder)" if is_within else folder.name

    def _former_names(self, team: Team) -> Iterator[str]:
        """Ids under which the team was known, unless they mean something else by now."""
        for former in team.place.at("previously").items():
            name = former.text()
            id = _spell(("team", team.organisation, name)).lower() if name else ""
            if not is_id(id) or id in self._aliases:
                former.leave(NAME_IN_USE)
                continue
            former.take()
            self._aliases.add(id)
            yield id

    def _list(self, places: Place, room: Room) -> list[str]:
        roster = Roster(self._people, room)
        for place in places.items():
            roster.take(place)
        return roster.ids

    def _unique(self, parent: str, name: str, apart: str) -> str:
        return self._names.setdefault(parent, Names()).unique(name, apart)

    def _with_owners(self, id: str, data: dict[str, object]) -> Mapping[str, object]:
        owned = self._owned.get(id)
        if owned is None:
            return without_nothing(data)
        return without_nothing({**data, "former": owned.former, "tags": owned.tags})

    def _read_owners(self) -> Mapping[str, Owned]:
        """What the files OWNERS say, by the circle of their folder."""
        circles = {
            f.path: self._ids["folder", f.organisation, f.name]
            for f in self._files.folders.values()
        }
        for org in self._files.organisations.values():
            circles[org.folder] = self._ids["organisation", org.login]
        ids = assign_ids((circle, task.id) for circle in circles.values() for task in TASKS)
        found: dict[str, Owned] = {}
        for folder, place in self._files.owners:
            if folder not in circles:
                place.leave(NO_CIRCLE)
                continue
            around = self._files.organisation_of(folder)
            lists = self._lists(around.login if around else "")
            directory = Directory(self._people, self._known_logins, lists, ids)
            found[circles[folder]] = Owned(folder, place, circles[folder], directory)
        return found

    def _lists(self, organisation: str) -> Mapping[str, list[Place]]:
        """The people behind a name that is no person's: an alias, else a team."""
        teams = {
            team.name: [*team.place.at("maintainers").items(), *team.place.at("members").items()]
            for team in self._files.teams.values()
            if team.organisation == organisation
        }
        aliases = {name: place.items() for name, place in self._files.aliases.items()}
        return {**teams, **aliases}

    def _persons(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """A file for everybody whom the source names."""
        for id, login in self._people.logins.items():
            kind = "contributor" if id in self._in_teams else "former-member"
            yield (
                f"people/{id}.yaml",
                {
                    "name": login,
                    "membership": "member" if id in self._in else kind,
                    "accounts": {"github": {"login": login}},
                },
            )

    def _logins(self) -> Iterator[str]:
        """Everybody in an organisation or team, in a list, or once in an OWNERS."""
        here = [
            place.at(key)
            for org in self._files.organisations.values()
            if (place := org.place)
            for key in ("admins", "members")
        ]
        here += [
            team.place.at(key)
            for team in self._files.teams.values()
            for key in ("maintainers", "members")
        ]
        self._known_logins = frozenset(login.lower() for login in logins(here))
        yield from logins(here)
        yield from logins(list(self._files.aliases.values()))
        yield from logins(
            [place.at(task.emeriti) for _, place in self._files.owners for task in TASKS]
        )

    def _circle_ids(self) -> Mapping[tuple[str, ...], str]:
        return assign_ids(
            [
                ("anchor", "project"),
                *(("organisation", org.login) for org in self._files.organisations.values()),
                *(("folder", f.organisation, f.name) for f in self._files.folders.values()),
                *(("team", t.organisation, t.name) for t in self._files.teams.values()),
            ],
            _spell,
        )


def _spell(name: tuple[str, ...]) -> str:
    """The kind of a circle is no part of its id, except where a folder is as its team is called."""
    kind, *parts = name
    return "-".join([*parts, "teams"] if kind == "folder" else parts)


def _size(org: Organisation) -> tuple[int, str]:
    return (len(org.place.at("members").items()) if org.place else -1, org.login)


def _display_name(org: Organisation) -> str:
    return (org.place.text("name") if org.place else None) or org.login


def _repositories(place: Place, organisation: str, room: Room) -> Iterator[Mapping[str, str]]:
    for name, right in place.at("repos").named():
        said = right.text()
        if said and name.strip() and room.has(_LINK, right):
            right.take()
            path = f"{quote(organisation, safe='')}/{quote(name, safe='')}"
            yield {"name": f"{name}: {said}", "url": f"https://github.com/{path}"}


def _policies(
    found: Iterator[tuple[str, Mapping[str, object]]],
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The path of each; a circle has mostly one."""
    seen: dict[str, int] = {}
    for circle, data in found:
        seen[circle] = seen.get(circle, 0) + 1
        yield f"policies/{id_of(f'{circle}-repositories-{seen[circle]}')}.yaml", data


_AROUND = message(
    "The source has several organisations; {circle:a} around all of them was made. It has as"
    " administrators those who are admins of every organisation.",
    circle=one("circle"),
)
