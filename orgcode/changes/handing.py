"""Accountabilities that go from one role or circle to another, as when a role is split in two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from orgcode.changes import words
from orgcode.changes.comparing import compare, written
from orgcode.changes.sides import Altered, Sides
from orgcode.changes.states import readable_at
from orgcode.model.effect import Effect
from orgcode.model.entities import Text
from orgcode.model.facts import identify
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org

Places = Mapping[str, list[str]]
"""Files by what stands in them on one side only."""


class Handing:
    """What is handed over between the files that a change touches."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides

    def taken_over(self, altered: Altered, effect: Effect) -> Message:
        """The sentence of a new role or circle, with what it takes over from others."""
        taken = self._by_other(altered, altered.items("accountabilities")[1], self._gone)
        if not taken:
            return effect.sentence
        parts = [self._taken(path, items) for path, items in taken.items()]
        return message(
            "{sentence} It has {clauses}.", sentence=effect.sentence, clauses=words.joined(parts)
        )

    def clauses(self, altered: Altered) -> list[Message]:
        """What changes in the accountabilities of a role or circle."""
        found = compare(*altered.items("accountabilities"), words.name_of)
        gone, new = ([item for _, item in items] for items in (found.gone, found.new))
        handed = self._by_other(altered, gone, self._new)
        taken = self._by_other(altered, new, self._gone)
        moved = [
            *(self._handed(path, items) for path, items in handed.items()),
            *(self._taken(path, items) for path, items in taken.items()),
        ]
        left = {
            words.name_of(item) for items in (*handed.values(), *taken.values()) for item in items
        }
        return [*words.list_clauses(self._sides, "accountabilities", found, left), *moved]

    def _handed(self, path: str, items: Iterable[Any]) -> Message:
        said = tuple(words.item_said(self._sides, "", item) for item in items)
        return message("handed over to {thing}: {items}", thing=self._named(path), items=said)

    def _taken(self, path: str, items: Iterable[Any]) -> Message:
        said = tuple(words.item_said(self._sides, "", item) for item in items)
        return message("taken over from {thing}: {items}", thing=self._named(path), items=said)

    def _named(self, path: str) -> Message | str:
        identity = identify(path)
        thing = self._sides.thing(identity.kind, identity.id) if identity else None
        name: Text = getattr(thing, "name", path)
        if path.startswith("roles/"):
            return message("the {role} {name}", role=one("role"), name=name)
        return message("the {circle} {name}", circle=one("circle"), name=name)

    def _by_other(
        self, altered: Altered, items: Iterable[Any], places: Places
    ) -> Mapping[str, list[Any]]:
        """Items by the file of the other role or circle that has or had them."""
        own = {altered.path, altered.old_path}
        found: dict[str, list[Any]] = defaultdict(list)
        for item in items:
            other = next((path for path in places.get(written(item), ()) if path not in own), None)
            if other is not None:
                found[other].append(item)
        return found

    @cached_property
    def _gone(self) -> Places:
        return self._places(self._sides.before, self._sides.after)

    @cached_property
    def _new(self) -> Places:
        return self._places(self._sides.after, self._sides.before)

    def _places(self, here: Org, there: Org) -> Places:
        found: dict[str, list[str]] = defaultdict(list)
        renamed = {*self._sides.renamed, *self._sides.renamed.values()}
        for path in self._sides.paths:
            if path.startswith(("roles/", "circles/")) and path not in renamed:
                others = {written(item) for item in _accountabilities(there, path)}
                for item in _accountabilities(here, path):
                    if written(item) not in others:
                        found[written(item)].append(path)
        return found


def _accountabilities(org: Org, path: str) -> list[Any]:
    data = readable_at(org, path) if identify(path) else None
    items = data.get("accountabilities") if isinstance(data, Mapping) else None
    return list(items or ())
