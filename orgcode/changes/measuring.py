"""Figures that are brought up to date: metrics of a circle, key results of an objective."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.changes import things, words
from orgcode.changes.comparing import Kept, compare, differing, key_edits, list_edits
from orgcode.changes.sides import Altered
from orgcode.model.effect import Effect
from orgcode.model.message import Message, message


def measured(altered: Altered, key: str, figures: frozenset[str]) -> Iterator[Effect]:
    """A list of figures: an effect for each of which only the state is another, named by the keys
    `figures`, and one for everything else that changes in the list.
    """
    if key not in differing(altered.data_before, altered.data_after):
        return
    found = compare(*altered.items(key), words.name_of)
    only = [item for item in found.altered if set(differing(item.old, item.new)) <= figures]
    for item in only:
        yield altered.effect(
            f"{altered.kind}.measured",
            words.sentence(altered.the_thing, [_figure(item)]),
            circles=things.circles_of(altered, key),
            edits=key_edits(altered.path, (key, item.before), item.old, item.new),
        )
    others = tuple(item for item in found.altered if item not in only)
    if only and not (found.gone or found.new or others or found.is_reordered):
        return
    said = words.list_clauses(altered.sides, key, found, {words.name_of(k.new) for k in only})
    edits = list_edits(altered.path, (key,), found, others) if only else things.put(altered, key)
    yield altered.effect(
        f"{altered.kind}.amended",
        words.sentence(
            altered.the_thing, said or words.clauses(altered.sides, key, *altered.value(key))
        ),
        circles=things.circles_of(altered, key),
        edits=edits,
    )


def _figure(item: Kept) -> Message:
    """What a figure is now, and what it was."""
    key = "current" if "current" in {**item.old, **item.new} else "value"
    name, old, new = item.new.get("name", ""), item.old.get(key), item.new.get(key)
    if new is None:
        return message('"{name}" is no longer measured', name=name)
    amount: object = new
    if unit := item.new.get("unit"):
        amount = message("{amount} {unit}", amount=amount, unit=unit)
    if as_of := item.new.get("as_of"):
        amount = message("{amount} ({day})", amount=amount, day=words.day(str(as_of)))
    if old == new:
        return message('"{name}" is still {new}', name=name, new=amount)
    if old is None:
        return message('"{name}" is now {new}', name=name, new=amount)
    return message('"{name}" is now {new}; it was {old}', name=name, new=amount, old=old)
