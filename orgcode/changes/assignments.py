"""Who is put in a role, released from it, or holds it until another day.

Also being named among the `members` of a circle is an assignment, to the circle itself: whoever is
in it belongs to those who decide there, may be put in only with their own assent, and may leave
by themselves. Its kind is `assignment.member`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from orgcode.changes import words
from orgcode.changes.comparing import Comparison, Kept, compare, differing
from orgcode.changes.sides import Altered
from orgcode.changes.stands import field_stands_in, stands_in
from orgcode.changes.states import same
from orgcode.model.effect import Close, Drop, Edit, Effect, Insert, Put
from orgcode.model.entities import Circle
from orgcode.model.finding import Pointer
from orgcode.model.message import Message, message, one

Data = Mapping[str, Any]


def assignments(altered: Altered, before: Data, after: Data) -> Iterator[Effect]:
    """Everything that changes in who holds what, between two states of a file."""
    if altered.kind == "role":
        yield from _Post.of_role(altered).effects(before.get("holders"), after.get("holders"))
    elif altered.kind == "circle":
        old, new = before.get("core_roles") or {}, after.get("core_roles") or {}
        for core in dict.fromkeys((*new, *old)):
            is_last = "core_roles" not in after
            post = _Post.of_core(altered, core, is_last=is_last)
            yield from post.effects(old.get(core), new.get(core))
        yield from _Post.of_members(altered).effects(before.get("members"), after.get("members"))


def skeleton(data: Data) -> Data:
    """What is left of a file when nobody holds anything of it: empty lists."""
    empty: dict[str, Any] = {key: [] for key in ("holders", "members") if key in data}
    if "core_roles" in data:
        empty["core_roles"] = {core: [] for core in data["core_roles"] or {}}
    return empty


def holders(altered: Altered, data: Data) -> frozenset[str]:
    """Who holds something by a file, now or later."""
    lists = [data.get("holders"), data.get("members"), *(data.get("core_roles") or {}).values()]
    today = altered.sides.after.today.isoformat()
    return frozenset(
        person_of(item) for items in lists for item in items or () if not _is_past(item, today)
    )


def person_of(item: Any) -> str:
    """The id of the person in an entry of a list."""
    if isinstance(item, Mapping):
        return str(item.get("person", ""))
    return item if isinstance(item, str) else ""


class _Post(Struct, frozen=True, kw_only=True, dict=True):
    """A list of people: the holders of a role or core role, or the members of a circle."""

    altered: Altered
    kind: str
    pointer: Pointer
    thing: str
    name: Message
    circles: tuple[str, ...]
    fields: tuple[Mapping[str, str], Mapping[str, str]]
    is_last: bool = False
    """Whether there are no lists of core roles any more."""

    @classmethod
    def of_role(cls, altered: Altered) -> _Post:
        sides = altered.sides
        role = altered.now or altered.was
        return cls(
            altered=altered,
            kind="assignment",
            pointer=("holders",),
            thing=altered.address,
            name=message(
                "the {role} {name} in {circle}",
                role=one("role"),
                name=sides.role(altered.id),
                circle=sides.circle(getattr(role, "circle", None)),
            ),
            circles=tuple(stands_in(org, "assignment", thing) for org, thing in altered.stands()),
            fields=altered.fields,
        )

    @classmethod
    def of_core(cls, altered: Altered, core: str, *, is_last: bool) -> _Post:
        id = f"{altered.id}/{core}"
        was, now = (
            {"circle": fields["circle"], "core_role": core} if fields else {}
            for fields in altered.fields
        )
        return cls(
            altered=altered,
            kind="assignment.core",
            pointer=("core_roles", core),
            thing=f"roles/{id}",
            name=message(
                "the {role} {name} in {circle}",
                role=one("role"),
                name=altered.sides.role(id),
                circle=altered.sides.circle(altered.id),
            ),
            circles=_of_circle(altered, "core_roles", core),
            fields=(was, now),
            is_last=is_last,
        )

    @classmethod
    def of_members(cls, altered: Altered) -> _Post:
        return cls(
            altered=altered,
            kind="assignment.member",
            pointer=("members",),
            thing=altered.address,
            name=message("{name}", name=altered.sides.circle(altered.id)),
            circles=_of_circle(altered, "members", None),
            fields=altered.fields,
        )

    def effects(self, before: Any, after: Any) -> Iterator[Effect]:
        """What is different between two states of the list."""
        if same(before, after):
            return
        found = compare(before or (), after or (), _by_term, person_of)
        if not (found.gone or found.new or found.altered or found.is_reordered):
            yield self._empty(after)
            return
        renamed = self._renamed(found)
        closing = self._closing(after)
        known = {person_of(item) for item in (*(before or ()),)}
        for place, item in found.gone:
            if place not in renamed:
                yield self._gone(place, item, closing)
        for kept in found.altered:
            yield from self._altered(kept)
        for place, item in found.new:
            old = next((old for old, new in renamed.items() if new == place), None)
            if old is not None:
                yield self._rekeyed(before[old], old, item, place)
            else:
                yield self._new(place, item, is_again=person_of(item) in known)
        if found.is_reordered:
            yield self._effect(
                "reordered",
                message("Only the order of the names has changed: {post}.", post=self.name),
                (),
                found.arranging(self.altered.path, self.pointer),
            )

    def _empty(self, after: Any) -> Effect:
        """Only whether there is an empty list, or none."""
        path = self.altered.path
        said = message("Only written in another way: {post}.", post=self.name)
        edits: list[Edit] = (
            self._closing(after) if after is None else [Put(path, self.pointer, after)]
        )
        return self._effect("amended", said, (), edits)

    def _closing(self, after: Any) -> list[Edit]:
        """How a list is taken out when it is left empty."""
        path = self.altered.path
        if after is not None:
            return []
        more: list[Edit] = [Close(path, self.pointer[:1])] if self.is_last else []
        return [Close(path, self.pointer), *more]

    def _gone(self, place: int, item: Any, closing: list[Edit]) -> Effect:
        who = self._who(item)
        edits = [Drop(self.altered.path, (*self.pointer, place)), *closing]
        if _is_past(item, self.altered.sides.after.today.isoformat()):
            said = message("{who} is no longer named as a past holder: {post}.", **who)
            return self._effect("forgotten", said, (person_of(item),), edits)
        said = (
            message("{who} is no longer {member:a} of {post}.", member=one("member"), **who)
            if self._is_of_members
            else message("{who} no longer holds {post}.", **who)
        )
        return self._effect("ended", said, (person_of(item),), edits)

    def _new(self, place: int, item: Any, *, is_again: bool) -> Effect:
        who, span = self._who(item), _span(item)
        narrowing = "extended" if is_again else "added"
        if _is_past(item, self.altered.sides.after.today.isoformat()):
            narrowing = "recorded"
            said = message("{who} is named as a past holder: {post} {span}.", span=span, **who)
        elif span and is_again:
            said = message("{does} for another term, {span}.", does=self._does(item), span=span)
        elif span:
            said = message("{does} {span}.", does=self._does(item), span=span)
        elif self._is_of_members:
            said = message("{who} is now {member:a} of {post}.", member=one("member"), **who)
        else:
            said = message("{who} now holds {post}.", **who)
        edits = [Insert(self.altered.path, (*self.pointer, place), item)]
        return self._effect(narrowing, said, (person_of(item),), edits)

    def _rekeyed(self, old: Any, gone: int, item: Any, place: int) -> Effect:
        path = self.altered.path
        return self._effect(
            "rekeyed",
            message("{who} is named by their new id: {post}.", **self._who(item)),
            (person_of(old), person_of(item)),
            (Drop(path, (*self.pointer, gone)), Insert(path, (*self.pointer, place), item)),
        )

    def _altered(self, kept: Kept) -> Iterator[Effect]:
        """An entry that stays and says something else: its days, and what else is noted."""
        old, new = _as_mapping(kept.old), _as_mapping(kept.new)
        keys = differing(old, new)
        rest = [key for key in keys if key not in ("since", "until")]
        if "until" in keys:
            narrowing = "ended" if _is_earlier(new.get("until"), old.get("until")) else "extended"
            yield self._piece(kept, ["until"], narrowing, self._until(old, new))
        if "since" in keys:
            yield self._piece(kept, ["since"], "rescheduled", self._since(old, new))
        if rest or not keys:
            yield self._piece(kept, rest, "amended", self._noted(rest, old, new))

    def _piece(self, kept: Kept, keys: list[str], narrowing: str, said: Message) -> Effect:
        path, place = self.altered.path, (*self.pointer, kept.before)
        edits: list[Edit] = []
        if not isinstance(kept.new, Mapping):
            edits = [Put(path, place, kept.new)]
        else:
            if not isinstance(kept.old, Mapping):
                edits = [Put(path, place, {"person": person_of(kept.old)})]
            edits += [
                Put(path, (*place, key), kept.new[key])
                if key in kept.new
                else Drop(path, (*place, key))
                for key in keys
            ]
        return self._effect(narrowing, said, (person_of(kept.new),), edits)

    def _until(self, old: Data, new: Data) -> Message:
        does = self._does(new)
        until, before = (words.day(data.get("until", "")) for data in (new, old))
        if "until" not in new:
            return message(
                "{does} without an end; it was until {before}.", does=does, before=before
            )
        if "until" not in old:
            return message("{does} until {until}.", does=does, until=until)
        return message(
            "{does} until {until}, not until {before}.", does=does, until=until, before=before
        )

    def _since(self, old: Data, new: Data) -> Message:
        does = self._does(new)
        since, before = (words.day(data.get("since", "")) for data in (new, old))
        if "since" not in new:
            return message("{does}, no longer only from {before}.", does=does, before=before)
        if "since" not in old:
            return message("{does} from {since}.", does=does, since=since)
        return message(
            "{does} from {since}, not from {before}.", does=does, since=since, before=before
        )

    def _noted(self, keys: list[str], old: Data, new: Data) -> Message:
        does = self._does(new)
        parts = [
            clause
            for key in keys
            for clause in words.clauses(self.altered.sides, key, old.get(key), new.get(key))
        ]
        if not parts:
            return message("{does}: only written in another way.", does=does)
        return message("{does}; {clauses}.", does=does, clauses=words.joined(parts))

    def _does(self, item: Any) -> Message:
        """That somebody holds it, as a sentence begins with it."""
        if self._is_of_members:
            member = one("member")
            return message("{who} is {member:a} of {post}", member=member, **self._who(item))
        return message("{who} holds {post}", **self._who(item))

    def _renamed(self, found: Comparison) -> Mapping[int, int]:
        """Places of those who are gone, and of those as whom they are back by another id."""
        pairs: dict[int, int] = {}
        for place, item in found.gone:
            rest = {**_as_mapping(item), "person": ""}
            for there, other in found.new:
                if (
                    there not in pairs.values()
                    and same(rest, {**_as_mapping(other), "person": ""})
                    and self.altered.sides.goes_by("person", person_of(item), person_of(other))
                ):
                    pairs[place] = there
                    break
        return pairs

    @property
    def _is_of_members(self) -> bool:
        return self.kind == "assignment.member"

    def _who(self, item: Any) -> dict[str, object]:
        return {"who": self.altered.sides.person(person_of(item)), "post": self.name}

    def _effect(
        self, narrowing: str, said: Message, subjects: tuple[str, ...], edits: Any
    ) -> Effect:
        return self.altered.effect(
            f"{self.kind}.{narrowing}",
            said,
            circles=self.circles,
            subjects=subjects,
            edits=edits,
            thing=self.thing,
            fields=self.fields,
        )


def _of_circle(altered: Altered, field: str, core: str | None) -> tuple[str, ...]:
    return tuple(
        field_stands_in(org, circle, field, core)
        for org, circle in altered.stands()
        if isinstance(circle, Circle)
    )


def _span(item: Any) -> Message | None:
    since, until = (words.day(_as_mapping(item).get(key) or "") for key in ("since", "until"))
    if since and until:
        return message("from {since} to {until}", since=since, until=until)
    if since:
        return message("from {since}", since=since)
    return message("until {until}", until=until) if until else None


def _is_past(item: Any, today: str) -> bool:
    until = _as_mapping(item).get("until")
    return isinstance(until, str) and until < today


def _is_earlier(new: Any, old: Any) -> bool:
    return new is not None and (old is None or str(new) < str(old))


def _as_mapping(item: Any) -> Mapping[str, Any]:
    return item if isinstance(item, Mapping) else {"person": person_of(item)}


def _by_term(item: Any) -> str:
    entry = _as_mapping(item)
    return f"{person_of(item)} {entry.get('since', '')}"
