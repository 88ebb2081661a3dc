"""Who approves and reviews changes of a folder, as its file OWNERS says.

A name in OWNERS is that of a person, or of a list of people in OWNERS_ALIASES. Where that file is
not among the source, a team of the same name in the organisation is taken for the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.things import TWICE, People, Room, without_nothing
from orgcode.model.message import message

NOBODY = message("It names nobody in any organisation here, and no list of people either.")
NO_CIRCLE = message("The folder of this file holds neither an organisation nor teams.")

_HOLDER = 5
"""The values of which a holder with a focus consists."""


class Task(NamedTuple):
    """A key of OWNERS, and the role that it becomes."""

    key: str
    emeriti: str
    id: str
    name: str
    accountability: str


TASKS = (
    Task(
        "approvers",
        "emeritus_approvers",
        "approver",
        "Approver",
        "Approving changes of the files in `{folder}`",
    ),
    Task(
        "reviewers",
        "emeritus_reviewers",
        "reviewer",
        "Reviewer",
        "Reviewing changes of the files in `{folder}`",
    ),
)


class Owned:
    """What the file OWNERS of a folder says about the circle of that folder."""

    def __init__(self, folder: str, place: Place, circle: str, directory: Directory) -> None:
        room = Room()
        self.circle = circle
        self.tags = _tags(place, room)
        self.former: list[dict[str, str]] = []
        self.roles: dict[str, Mapping[str, object]] = {}
        for task in TASKS:
            holders = list(directory.holders(place.at(task.key).items(), room))
            said = directory.people_in(place.at(task.emeriti).items(), room)
            id = directory.role_id(circle, task.id)
            if holders:
                self.roles[id] = without_nothing(
                    {
                        "name": task.name,
                        "circle": circle,
                        "accountabilities": [
                            task.accountability.format(folder=folder or "/"),
                        ],
                        "holders": holders,
                        "seats": min(len(holders), 1000),
                    }
                )
            for person in said:
                entry = {"person": person, "role": id} if holders else {"person": person}
                if entry not in self.former:
                    self.former.append(entry)


class Directory:
    """Everybody whom OWNERS can mean: people, lists of people, and teams by organisation."""

    def __init__(
        self,
        people: People,
        known: frozenset[str],
        lists: Mapping[str, Sequence[Place]],
        role_ids: Mapping[tuple[str, ...], str],
    ) -> None:
        self._people = people
        self._known = known
        self._lists = lists
        self._role_ids = role_ids

    def role_id(self, circle: str, role: str) -> str:
        """The id of a role of a circle."""
        return self._role_ids[circle, role]

    def holders(self, places: Sequence[Place], room: Room) -> Iterator[object]:
        """The people named, each once; who is named by a list has its name as focus."""
        seen: set[str] = set()
        for place in places:
            name = place.text()
            if name is None:
                continue
            meant = self._meant(name, place)
            new = {id: item for id, item in meant if id not in seen}
            if not meant:
                place.leave(NOBODY)
            elif not new:
                place.leave(TWICE)
            elif room.has(_HOLDER * len(new), place):
                place.take()
                seen.update(new)
                for id, item in new.items():
                    item.take()
                    yield id if item is place else {"person": id, "focus": name}

    def people_in(self, places: Sequence[Place], room: Room) -> Iterator[str]:
        """The people named by themselves, each once."""
        seen: set[str] = set()
        for place in places:
            name = place.text()
            if name is None:
                continue
            id = self._people.id(name)
            if id in seen:
                place.leave(TWICE)
            elif name in self._lists:
                place.leave(NOBODY)
            elif room.has(_HOLDER, place):
                place.take()
                seen.add(id)
                yield id

    def _meant(self, name: str, place: Place) -> list[tuple[str, Place]]:
        """Each person meant, with the place where their login stands."""
        if name.lower() in self._known:
            return [(self._people.id(name), place)]
        items = self._lists.get(name, ())
        return [(self._people.id(login), item) for item in items if (login := item.text())]


def _tags(place: Place, room: Room) -> list[str]:
    found: dict[str, None] = {}
    for label in place.at("labels").items():
        if (said := label.text()) and (said in found or room.has(1, label)):
            label.take()
            found[said] = None
    return list(found)
