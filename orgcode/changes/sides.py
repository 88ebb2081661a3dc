"""Both sides of a change, and what is called how: as afterwards, else as before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from orgcode.changes.stands import fields_of
from orgcode.changes.states import Document, State, readable_at, state_at
from orgcode.model.effect import AlteredRule, Edit, Effect
from orgcode.model.entities import Circle, Person, Text, Thing
from orgcode.model.facts import FOLDER_OF, Identity, identify, path_of
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org


class Sides(Struct, frozen=True, kw_only=True, dict=True):
    """The organisation before and after a change of some paths."""

    before: Org
    after: Org
    paths: tuple[str, ...]

    @property
    def orgs(self) -> tuple[Org, Org]:
        """Both, the one before first."""
        return self.before, self.after

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Of each file that is new and whose thing has an alias: the file of the thing as it was
        called before, where that is gone or over now and was there. Only one may follow on it.
        """
        found: dict[str, str] = {}
        for path in self.paths:
            identity = identify(path)
            if identity is None or identity.kind not in FOLDER_OF or self.before.is_there(path):
                continue
            if isinstance(state_at(self.after, path), Document) and (old := self._former(identity)):
                former = path_of(identity.kind, old)
                if former not in found.values():
                    found[path] = former
        return found

    def _former(self, identity: Identity) -> str | None:
        thing = self.after.things(identity.kind).get(identity.id)
        for alias in thing.aliases if thing else ():
            old = self.before.things(identity.kind).get(alias)
            now = self.after.things(identity.kind).get(alias)
            was = state_at(self.before, path_of(identity.kind, alias))
            if old and isinstance(was, Document) and not old.ended and (not now or now.ended):
                return alias
        return None

    def goes_by(self, kind: str, old: object, new: object) -> bool:
        """Whether a thing that was called `old` is called `new` now."""
        if not isinstance(old, str) or not isinstance(new, str):
            return False
        return self.renamed.get(path_of(kind, new)) == path_of(kind, old)

    # What things are called

    def thing(self, kind: str, id: str) -> Thing | None:
        """A thing with a folder of its own: as it is afterwards, else as it was."""
        return self.after.things(kind).get(id) or self.before.things(kind).get(id)

    def person(self, id: str) -> str:
        """The name of a person."""
        person = self.thing("person", id)
        return person.name if isinstance(person, Person) else id

    def circle(self, id: str | None) -> Text:
        """The name of a circle; of the anchor where none is named."""
        circle = self.thing("circle", id or self.after.anchor or self.before.anchor or "")
        return circle.name if isinstance(circle, Circle) else id or ""

    def role(self, id: str) -> Text:
        """The name of a role or core role, without what it is."""
        role = self.after.every_role.get(id) or self.before.every_role.get(id)
        if role is not None:
            return role.name
        core = id.rpartition("/")[2]
        kinds = {**self.before.core_role_kinds, **self.after.core_role_kinds}
        return kinds[core].name if "/" in id and core in kinds else core

    def party(self, reference: str) -> Text:
        """The name of somebody who takes part: a person, `circle:<id>` or `role:<id>`."""
        kind, _, id = reference.rpartition(":")
        if kind == "circle":
            return self.circle(id)
        return self.role(id) if kind == "role" else self.person(id)


class Altered(Struct, frozen=True, kw_only=True, dict=True):
    """A file of a thing that is not the same on both sides.

    Of a thing that has another id, `old` is its former one: it is compared with that.
    """

    sides: Sides
    path: str
    kind: str
    id: str
    old: str
    old_path: str

    @property
    def address(self) -> str:
        """What the thing is called in commands."""
        return f"{FOLDER_OF[self.kind]}/{self.id}"

    @cached_property
    def was(self) -> Thing | None:
        """The thing before."""
        return self.sides.before.things(self.kind).get(self.old)

    @cached_property
    def now(self) -> Thing | None:
        """The thing afterwards."""
        return self.sides.after.things(self.kind).get(self.id)

    @cached_property
    def data_before(self) -> Mapping[str, Any]:
        """What stood in its file."""
        data = readable_at(self.sides.before, self.old_path)
        return data if isinstance(data, Mapping) else {}

    @cached_property
    def data_after(self) -> Mapping[str, Any]:
        """What stands in its file."""
        data = readable_at(self.sides.after, self.path)
        return data if isinstance(data, Mapping) else {}

    @property
    def states(self) -> tuple[State, State]:
        """What its path holds."""
        return state_at(self.sides.before, self.path), state_at(self.sides.after, self.path)

    @cached_property
    def the_thing(self) -> Message:
        """What it is and what it is called, as a sentence begins with it."""
        return called(self.sides, self.kind, self.id)

    def value(self, key: str) -> tuple[Any, Any]:
        """What stands under a key, before and after."""
        return self.data_before.get(key), self.data_after.get(key)

    def items(self, key: str) -> tuple[Sequence[Any], Sequence[Any]]:
        """The items of a list, before and after."""
        before, after = self.value(key)
        return _list(before), _list(after)

    def effect(
        self,
        kind: str,
        sentence: Message,
        *,
        circles: Iterable[str],
        subjects: Iterable[str] = (),
        edits: Iterable[Edit] = (),
        thing: str | None = None,
        paths: tuple[str, ...] | None = None,
        fields: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
        alters: Iterable[AlteredRule] = (),
    ) -> Effect:
        """An effect of this file."""
        before, after = fields or self.fields
        return Effect(
            kind=kind,
            thing=thing or self.address,
            paths=paths or (self.path,),
            circles=distinct(circles),
            sentence=sentence,
            subjects=tuple(sorted({person for person in subjects if person})),
            before=before,
            after=after,
            alters=tuple(alters),
            edits=tuple(edits),
        )

    @cached_property
    def fields(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """What the `where` of a rule may ask for, before and after."""
        was, now = self.was, self.now
        return (
            fields_of(self.sides.before, was) if was else {},
            fields_of(self.sides.after, now) if now else {},
        )

    def stands(self) -> Iterator[tuple[Org, Thing]]:
        """The thing on both sides, as far as it is there, each with its organisation."""
        if self.was is not None:
            yield self.sides.before, self.was
        if self.now is not None:
            yield self.sides.after, self.now


def called(sides: Sides, kind: str, id: str) -> Message:
    """A thing as a sentence begins with it."""
    thing = sides.thing(kind, id)
    name: Text = getattr(thing, "name", None) or getattr(thing, "title", None) or id
    match kind:
        case "circle":
            return message("The {circle} {name}", circle=one("circle"), name=name)
        case "role":
            return message("The {role} {name}", role=one("role"), name=name)
        case "policy":
            return message('The {policy} "{title}"', policy=one("policy"), title=name)
        case "agreement":
            return message('The {agreement} "{title}"', agreement=one("agreement"), title=name)
        case "objective":
            return message('The {objective} "{title}"', objective=one("objective"), title=name)
        case "tension":
            return message('The {tension} "{title}"', tension=one("tension"), title=name)
        case "proposal":
            return message('The {proposal} "{title}"', proposal=one("proposal"), title=name)
    return message("{name}", name=name)


def distinct(circles: Iterable[str]) -> tuple[str, ...]:
    """Each circle once, in the order in which they come; those without a name left out."""
    return tuple(dict.fromkeys(circle for circle in circles if circle))


def anchors(sides: Sides) -> tuple[str, ...]:
    """The anchor circle, before and after."""
    return distinct(org.anchor or "" for org in sides.orgs)


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
