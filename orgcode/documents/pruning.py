"""Leave out of the data what is wrong, so that the rest can be used."""

from __future__ import annotations

from collections.abc import Iterable

from orgcode.documents.shapes import ANYTHING, Shape
from orgcode.model.finding import Pointer


def prune(data: object, shape: Shape, bad: Iterable[Pointer]) -> object:
    """The data without the bad places.

    A part that is nothing without what was left out of it goes too, except for the whole.
    """
    for pointer in sorted(set(bad), key=len, reverse=True):
        data = _without(data, shape, pointer)
    return data


def shape_at(shape: Shape, pointer: Pointer) -> Shape:
    """The shape of what stands at a place."""
    for step in pointer:
        if isinstance(step, int):
            shape = shape.items or ANYTHING
        else:
            shape = shape.keys.get(step) or shape.rest or ANYTHING
    return shape


def _without(data: object, shape: Shape, pointer: Pointer) -> object:
    if not pointer:
        return None
    above, step = pointer[:-1], pointer[-1]
    holder = _at(data, above)
    if isinstance(holder, list) and isinstance(step, int):
        holder[step] = None
    elif isinstance(holder, dict) and isinstance(step, str):
        holder.pop(step, None)
        needed = step in shape_at(shape, above).required
        if above and (needed or not holder):
            return _without(data, shape, above)
    return data


def _at(data: object, pointer: Pointer) -> object:
    for step in pointer:
        if isinstance(data, list) and isinstance(step, int):
            data = data[step]
        elif isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        else:
            return None
    return data
