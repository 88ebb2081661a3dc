"""What the circles of organisations on GitHub are called: ids, names, former ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgcode.adapters.importers.ids import assign_ids
from orgcode.adapters.importers.peribolos_files import Files, Folder, Organisation, Team
from orgcode.adapters.importers.things import Names
from orgcode.model.facts import is_id
from orgcode.model.message import message

NAME_IN_USE = message("The former name cannot be an id, or means something else by now.")


class Naming:
    """The ids of all circles, and the names that are taken within each."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.ids: Mapping[tuple[str, ...], str] = assign_ids(
            [
                ("anchor", "project"),
                *(("organisation", org.login) for org in files.organisations.values()),
                *(("folder", f.organisation, f.name) for f in files.folders.values()),
                *(("team", t.organisation, t.name) for t in files.teams.values()),
            ],
            _spell,
        )
        """By kind, organisation and name."""
        self._taken = set(self.ids.values())
        self._names: dict[str, Names] = {}

    def unique(self, parent: str, name: str, apart: str) -> str:
        """A name that no other circle within the same one has."""
        return self._names.setdefault(parent, Names()).unique(name, apart)

    def folder(self, folder: Folder) -> str:
        """The name of a folder; one that holds a team of its own name is told apart from it."""
        team = self._files.teams.get((folder.organisation, folder.name))
        is_within = team is not None and team.folder == folder
        return f"{folder.name} (folder)" if is_within else folder.name

    def former_ids(self, team: Team) -> Iterator[str]:
        """Ids under which the team was known, unless they mean something else by now."""
        for former in team.place.at("previously").items():
            name = former.text()
            id = _spell(("team", team.organisation, name)).lower() if name else ""
            if not is_id(id) or id in self._taken:
                former.leave(NAME_IN_USE)
                continue
            former.take()
            self._taken.add(id)
            yield id


def display_name(org: Organisation) -> str:
    """What an organisation is called."""
    return (org.place.text("name") if org.place else None) or org.login


def _spell(name: tuple[str, ...]) -> str:
    """The kind of a circle is no part of its id, except where a folder is as its team is called."""
    kind, *parts = name
    return "-".join([*parts, "teams"] if kind == "folder" else parts)
