"""What changes of a thing that has a file of its own: that it is new, over or elsewhere, and what
stands under each of its keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from orgcode.changes import words
from orgcode.changes.assignments import assignments, holders, skeleton
from orgcode.changes.comparing import differing
from orgcode.changes.sides import Altered, Sides, anchors
from orgcode.changes.stands import field_stands_in, stands_in
from orgcode.changes.states import Content, Document
from orgcode.model.effect import Drop, Edit, Effect, Leave, Mode, Put, Replace, Take
from orgcode.model.entities import Circle
from orgcode.model.message import Message, message
from orgcode.model.snapshot import EXECUTABLE, ORDINARY

APART = frozenset({"holders", "core_roles", "members", "decision_rules"})
"""Keys that are effects of their own, also of a new file."""

IDENTITY: Mapping[str, str] = {"accounts": "accounts", "emails": "addresses", "keys": "keys"}
"""The keys by which somebody is recognised, and what a change of each is called."""


def circles_of(altered: Altered, key: str = "purpose") -> tuple[str, ...]:
    """The circles in which a change of a key stands; of what the thing is, where none is named."""
    if altered.kind == "person":
        return anchors(altered.sides)
    return tuple(
        field_stands_in(org, thing, key)
        if isinstance(thing, Circle)
        else stands_in(org, altered.kind, thing)
        for org, thing in altered.stands()
    )


def base(altered: Altered, new: str = "added") -> Iterator[Effect]:
    """The effect by which a document begins, ends, or can or cannot be read: none where only what
    stands under its keys has changed. `new` is what it is called where the thing is new.
    """
    before, after = altered.states
    if after is None:
        yield _removed(altered)
    elif isinstance(after, Content):
        yield _unreadable(altered, after)
    elif altered.old_path != altered.path:
        yield _renamed(altered, after)
    elif before is None:
        yield _added(altered, after, new)
    elif isinstance(before, Content):
        yield _repaired(altered, after)
    elif before.mode != after.mode:
        yield mode_effect(altered.sides, altered.path, after.mode)


def goes_on(altered: Altered) -> bool:
    """Whether the thing was and is there and can be read, so that its keys can be compared."""
    return isinstance(altered.states[1], Document) and not _is_fresh(altered)


def _is_fresh(altered: Altered) -> bool:
    """Whether nothing of the thing could be read before: then the whole file is one effect, but
    for what stands apart.
    """
    return not altered.data_before


def _added(altered: Altered, after: Document, new: str) -> Effect:
    return altered.effect(
        f"{altered.kind}.{new}",
        _is_new(altered),
        circles=circles_of(altered),
        subjects=(altered.id,) if altered.kind == "person" else (),
        edits=(*_whole(altered), *_mode(altered, None, after)),
    )


def holdings(altered: Altered) -> Iterator[Effect]:
    """Who is put in a role or released from it by the change of a file."""
    after = altered.states[1]
    if isinstance(after, Content):
        return
    old = skeleton(altered.data_after) if _is_fresh(altered) else altered.data_before
    yield from assignments(altered, old, altered.data_after if after else {})


def ending(altered: Altered, *, over: str = "ended", back: str = "reopened") -> Iterator[Effect]:
    """That a thing is over, from which day on and why; or no longer."""
    old, new = altered.value("ended")
    if "ended" not in differing(altered.data_before, altered.data_after):
        return
    path = altered.path
    released = (
        {altered.id}
        if altered.kind == "person"
        else holders(altered, altered.data_before) | holders(altered, altered.data_after)
    )
    edits: tuple[Edit, ...] = (
        Put(path, ("ended",), new) if new is not None else Drop(path, ("ended",)),
    )
    yield altered.effect(
        f"{altered.kind}.{over if new else back}",
        _over(altered, old, new),
        circles=circles_of(altered, "ended"),
        subjects=released,
        edits=edits,
    )


def moving(altered: Altered, key: str) -> Iterator[Effect]:
    """That a thing is in another circle now."""
    old, new = altered.value(key)
    if key not in differing(altered.data_before, altered.data_after):
        return
    sides = altered.sides
    names = {"thing": altered.the_thing, "new": sides.circle(new), "old": sides.circle(old)}
    if sides.goes_by("circle", old, new):
        said = message(
            "{thing} stays in {new}, which has another id now.",
            thing=altered.the_thing,
            new=names["new"],
        )
    elif new is None:
        said = message(
            "{thing} is no longer part of {old}.", thing=names["thing"], old=names["old"]
        )
    elif old is None:
        said = message("{thing} is now part of {new}.", thing=names["thing"], new=names["new"])
    else:
        said = message("{thing} moves from {old} to {new}.", **names)
    yield altered.effect(
        f"{altered.kind}.moved",
        said,
        circles=circles_of(altered, key),
        edits=put(altered, key),
    )


def amending(
    altered: Altered,
    leave: Iterable[str],
    parts: Mapping[str, list[Message]] | None = None,
    subjects: tuple[str, ...] = (),
) -> Iterator[Effect]:
    """What stands under each key that is not left to others; of some keys `parts` has it."""
    left = {*APART, *leave}
    renamed = altered.path != altered.old_path
    for key in differing(altered.data_before, altered.data_after):
        if key not in left and not (renamed and key == "aliases"):
            said = (parts or {}).get(key) or words.clauses(altered.sides, key, *altered.value(key))
            yield altered.effect(
                f"{altered.kind}.amended",
                words.sentence(altered.the_thing, said),
                circles=circles_of(altered, key),
                subjects=subjects,
                edits=put(altered, key),
            )


def put(altered: Altered, key: str) -> tuple[Edit, ...]:
    """A key gets the value that it has afterwards."""
    if key in altered.data_after:
        return (Put(altered.path, (key,), altered.data_after[key]),)
    return (Drop(altered.path, (key,)),)


def mode_effect(sides: Sides, path: str, mode: int) -> Effect:
    """A file is marked as a program, or no longer."""
    said = (
        message("The file {path} is now marked as a program that can be run.", path=path)
        if mode == EXECUTABLE
        else message("The file {path} is no longer marked as a program.", path=path)
    )
    return Effect(
        kind="format.mode",
        thing=path,
        paths=(path,),
        circles=anchors(sides),
        sentence=said,
        edits=(Mode(path, mode),),
    )


def _mode(altered: Altered, before: int | None, after: Document) -> tuple[Edit, ...]:
    return () if after.mode == (before or ORDINARY) else (Mode(altered.path, after.mode),)


def _whole(altered: Altered, apart: frozenset[str] = APART) -> Iterator[Edit]:
    """A new document, without what stands apart."""
    data = {key: value for key, value in altered.data_after.items() if key not in apart}
    yield Take(altered.path, None)
    for key, value in {**data, **skeleton(altered.data_after)}.items():
        yield Put(altered.path, (key,), value)


def _removed(altered: Altered) -> Effect:
    is_person = altered.kind == "person"
    return altered.effect(
        f"{altered.kind}.removed",
        message("The file of {who} has been deleted.", who=altered.the_thing)
        if is_person
        else message("{thing} has been deleted.", thing=altered.the_thing),
        circles=circles_of(altered),
        subjects=(altered.id,) if is_person else (),
        edits=(Leave(altered.path),),
    )


def _unreadable(altered: Altered, after: Content) -> Effect:
    concerned = (
        {altered.id}
        if altered.kind == "person"
        else holders(altered, altered.data_before) | holders(altered, altered.data_after)
    )
    return altered.effect(
        f"{altered.kind}.unreadable",
        message(
            "The file {path} cannot be read, so nobody can say what it changes.", path=altered.path
        ),
        circles=circles_of(altered) or anchors(altered.sides),
        subjects=concerned,
        edits=(Replace(altered.path, after.mode, after.blob),),
    )


def _repaired(altered: Altered, after: Document) -> Effect:
    path, before = altered.path, altered.states[0]
    apart = APART | IDENTITY.keys() if altered.kind == "person" else APART
    start = _whole(altered, apart) if _is_fresh(altered) else (Take(path, path),)
    return altered.effect(
        f"{altered.kind}.repaired",
        message("The file {path} can be read again.", path=path),
        circles=circles_of(altered),
        subjects=(altered.id,) if altered.kind == "person" else (),
        edits=(*start, *_mode(altered, before.mode if before else None, after)),
    )


def _renamed(altered: Altered, after: Document) -> Effect:
    path, old = altered.path, altered.old_path
    is_gone = not altered.sides.after.is_there(old)
    edits: list[Edit] = [Take(path, old), *put(altered, "aliases"), *_mode(altered, None, after)]
    if is_gone:
        edits.append(Leave(old))
    return altered.effect(
        f"{altered.kind}.renamed",
        message(
            "{thing} has another id: {new} instead of {old}.",
            thing=altered.the_thing,
            new=altered.id,
            old=altered.old,
        ),
        circles=circles_of(altered),
        subjects=(altered.id, altered.old) if altered.kind == "person" else (),
        edits=edits,
        paths=(path, old) if is_gone else (path,),
    )


def _is_new(altered: Altered) -> Message:
    data = altered.data_after
    if altered.kind == "person":
        return _joins(altered, data.get("membership"))
    circle = data.get("parent" if altered.kind == "circle" else "circle")
    if circle is None or altered.kind == "tension":
        return message("{thing} is new.", thing=altered.the_thing)
    return message(
        "{thing} is new in {circle}.", thing=altered.the_thing, circle=altered.sides.circle(circle)
    )


def _over(altered: Altered, old: Any, new: Any) -> Message:
    if altered.kind == "person":
        return _leaves(altered.the_thing, old, new)
    thing = altered.the_thing
    if not new:
        return message("{thing} is no longer over.", thing=thing)
    day, because = words.day(str(new.get("on", ""))), new.get("because")
    if old and old.get("on") == new.get("on"):
        return message("{thing}: another reason why it is over.", thing=thing)
    if old:
        return message(
            "{thing} is over from {day} on, not {old}.",
            thing=thing,
            day=day,
            old=words.day(str(old.get("on", ""))),
        )
    if because:
        return message(
            '{thing} is over from {day} on: "{because}"', thing=thing, day=day, because=because
        )
    return message("{thing} is over from {day} on.", thing=thing, day=day)


def _joins(altered: Altered, membership: Any) -> Message:
    if membership is None:
        return message("{who} joins.", who=altered.the_thing)
    said = words.value_said(altered.sides, "membership", str(membership))
    return message("{who} joins as {membership}.", who=altered.the_thing, membership=said)


def _leaves(who: Message, old: Any, new: Any) -> Message:
    if not new:
        return message("{who} does not leave after all.", who=who)
    day, because = words.day(str(new.get("on", ""))), new.get("because")
    if old and old.get("on") != new.get("on"):
        before = words.day(str(old.get("on", "")))
        return message("{who} leaves from {day} on, not {old}.", who=who, day=day, old=before)
    if because:
        return message('{who} leaves from {day} on: "{because}"', who=who, day=day, because=because)
    return message("{who} leaves, from {day} on.", who=who, day=day)
