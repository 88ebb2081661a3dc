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
from orgcode.adapters.importers.peribolos_files import Files, Organisation, Team, logins
from orgcode.adapters.importers.peribolos_naming import Naming, display_name
from orgcode.adapters.importers.peribolos_owners import NO_CIRCLE, TASKS, Directory, Owned
from orgcode.adapters.importers.peribolos_people import MEMBERSHIPS, Everybody
from orgcode.adapters.importers.peribolos_policies import restriction_policies, settings_policy
from orgcode.adapters.importers.things import (
    Room,
    organisation,
    take_email,
    take_prose,
    without_nothing,
)
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message, one

ARCHIVES: tuple[str, ...] = ()

OWN_MAINTAINER = "team-maintainer"
USUAL = message("It is what GitHub does unless it is told otherwise.")

_CIRCLE_KINDS = {
    "team-folder": {
        "name": "folder of teams",
        "plural": "folders of teams",
        "description": "Teams whose files stand in one folder, and who approves changes of them.",
        "core_roles": [],
    },
    "github-team": {
        "name": "team on GitHub",
        "plural": "teams on GitHub",
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
        self._name = known.name or display_name(self._first)
        self._everybody = Everybody(files)
        self._naming = Naming(files)
        self._ids = self._naming.ids
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
            name = self._naming.unique(parent, self._naming.folder(folder), folder.path)
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
        found.update(self._everybody.documents())
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
            memberships=MEMBERSHIPS,
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
            {self._everybody.people.id(login) for login in logins([org.place.at("admins")])}
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
        name = self._naming.unique(parent or "", display_name(org), org.login)
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
        admins = self._everybody.listed(org.place.at("admins"), room)
        members = self._everybody.listed(org.place.at("members"), room)
        self._everybody.note_organisation(admins, members)
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
        maintainers = self._everybody.listed(place.at("maintainers"), room)
        members = self._everybody.listed(place.at("members"), room)
        self._everybody.note_team(maintainers, members)
        if place.text("privacy") == "closed":
            place.leave(USUAL, "privacy")
        parent = self._parent(team)
        return without_nothing(
            {
                "name": self._naming.unique(parent, team.name, team.organisation),
                "purpose": take_prose(place, "description"),
                "kind": "github-team",
                "parent": parent,
                "core_roles": {OWN_MAINTAINER: maintainers} if maintainers else None,
                "members": members,
                "links": list(_repositories(place, team.organisation, room)),
                "tags": [place.take("privacy")] if place.text("privacy") == "secret" else None,
                "aliases": list(self._naming.former_ids(team)),
            }
        )

    def _parent(self, team: Team) -> str:
        if team.parent is not None:
            return self._ids["team", team.organisation, team.parent]
        if team.folder is not None:
            return self._ids["folder", team.folder.organisation, team.folder.name]
        return self._ids["organisation", team.organisation]

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
            lists = self._everybody.behind(around.login if around else "")
            directory = Directory(self._everybody.people, self._everybody.known, lists, ids)
            found[circles[folder]] = Owned(folder, place, circles[folder], directory)
        return found


def _size(org: Organisation) -> tuple[int, str]:
    return (len(org.place.at("members").items()) if org.place else -1, org.login)


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
