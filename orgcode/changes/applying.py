"""Carry effects out on the files before: what they leave behind are the files after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from orgcode.changes.states import Content, Document, State, readable_at, state_at
from orgcode.model.effect import (
    Arrange,
    Close,
    Drop,
    Edit,
    Effect,
    Insert,
    Leave,
    Mode,
    Put,
    Replace,
    Take,
)
from orgcode.model.facts import identify
from orgcode.model.finding import Pointer
from orgcode.model.org import Org
from orgcode.model.snapshot import ORDINARY


def apply(before: Org, effects: Iterable[Effect]) -> Mapping[str, State]:
    """What each path holds that the effects touch, once they are all carried out, in any order."""
    by_path: dict[str, list[Edit]] = defaultdict(list)
    for effect in effects:
        for edit in effect.edits:
            by_path[edit.path].append(edit)
    return {path: _applied(before, path, edits) for path, edits in sorted(by_path.items())}


def _applied(before: Org, path: str, edits: list[Edit]) -> State:
    for edit in edits:
        if isinstance(edit, Leave):
            return None
    for edit in edits:
        if isinstance(edit, Replace):
            return Content(edit.mode, edit.blob)
    state = state_at(before, path)
    take = next((edit for edit in edits if isinstance(edit, Take)), None)
    mode = next((edit.mode for edit in edits if isinstance(edit, Mode)), None)
    if mode is None:
        mode = ORDINARY if state is None else state.mode
    if take is None:
        data = state.data if isinstance(state, Document) else None
        if isinstance(state, Content) and all(isinstance(edit, Mode) for edit in edits):
            return Content(mode, state.blob)
    elif take.source is None:
        identity = identify(path)
        data = [] if identity and identity.kind == "response" else {}
    else:
        data = readable_at(before, take.source)
    return Document(mode, _edited(deepcopy(data), edits))


_GONE = object()
"""Stands where an item was, so that the others keep their places until all is done."""


def _edited(data: Any, edits: list[Edit]) -> Any:
    tree = {"": data}  # so that the whole document has a place too
    for put in sorted((e for e in edits if isinstance(e, Put)), key=lambda e: len(e.pointer)):
        _parent(tree, put.pointer)[_last(put.pointer)] = deepcopy(put.value)
    drops = [edit for edit in edits if isinstance(edit, Drop)]
    lists: set[Pointer] = {edit.pointer for edit in edits if isinstance(edit, Arrange)}
    for drop in drops:
        if isinstance(drop.pointer[-1], int):
            _parent(tree, drop.pointer)[drop.pointer[-1]] = _GONE
            lists.add(drop.pointer[:-1])
    inserts: dict[Pointer, list[Insert]] = defaultdict(list)
    for edit in edits:
        if isinstance(edit, Insert):
            inserts[edit.pointer[:-1]].append(edit)
            lists.add(edit.pointer[:-1])
    orders = {edit.pointer: edit.order for edit in edits if isinstance(edit, Arrange)}
    _take_out(tree, (drop for drop in drops if _is_in_list(drop)))
    for pointer in sorted(lists, key=lambda pointer: (-len(pointer), str(pointer))):
        _settle(tree, pointer, orders.get(pointer), inserts.get(pointer, []))
    _take_out(tree, (drop for drop in drops if not _is_in_list(drop)))
    closing = (edit for edit in edits if isinstance(edit, Close))
    for close in sorted(closing, key=lambda close: -len(close.pointer)):
        holder, last = _parent(tree, close.pointer), _last(close.pointer)
        if not holder.get(last):
            holder.pop(last, None)
    return tree[""]


def _is_in_list(drop: Drop) -> bool:
    return any(isinstance(step, int) for step in drop.pointer)


def _take_out(tree: Any, drops: Iterable[Drop]) -> None:
    """Take keys out: those in items of lists while these have their places, others at the end."""
    for drop in drops:
        holder = None if isinstance(drop.pointer[-1], int) else _parent(tree, drop.pointer)
        if isinstance(holder, dict):
            holder.pop(drop.pointer[-1], None)


def _settle(
    tree: Any, pointer: Pointer, order: tuple[int, ...] | None, inserts: list[Insert]
) -> None:
    holder, last = _parent(tree, pointer), _last(pointer)
    if isinstance(holder, dict):
        holder.setdefault(last, [])
    items = holder[last]
    kept = [item for item in items if item is not _GONE]
    if order is not None:
        kept = [kept[place] for place in order]
    for insert in sorted(inserts, key=lambda insert: int(insert.pointer[-1])):
        kept.insert(int(insert.pointer[-1]), deepcopy(insert.value))
    items[:] = kept


def _parent(tree: Any, pointer: Pointer) -> Any:
    """What holds the value at a pointer; mappings on the way are made where there are none."""
    here = tree
    for step in ("", *pointer)[:-1]:
        here = here.setdefault(step, {}) if isinstance(here, dict) else here[step]
    return here


def _last(pointer: Pointer) -> Any:
    return pointer[-1] if pointer else ""
