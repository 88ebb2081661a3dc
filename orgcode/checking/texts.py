"""Where in the data of a file people's own texts stand, as its schema says."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from orgcode.documents.shapes import Shape, shape


@dataclass(slots=True)
class Texts:
    """A place in a file at or below which texts stand; what holds none has no place here."""

    is_text: bool = False
    """Whether a text may stand here; then also a text for each language, under its code."""
    keys: dict[str, Texts] = field(default_factory=dict)
    rest: Texts | None = None
    """What is under any other key."""
    items: Texts | None = None


@cache
def texts_of(kind: str) -> Texts:
    """The places of texts in a file of a kind."""
    return _texts(shape(kind)) or Texts()


def _texts(here: Shape) -> Texts | None:
    keys = {key: inner for key, below in here.keys.items() if (inner := _texts(below))}
    items = _texts(here.items) if here.items else None
    if here.free and here.rest is not None and here.rest.free:
        return Texts(is_text=True, keys=keys, rest=Texts(is_text=True), items=items)
    rest = _texts(here.rest) if here.rest else None
    return Texts(keys=keys, rest=rest, items=items) if keys or rest or items else None
