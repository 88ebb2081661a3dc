"""The texts that people write freely: where they stand in a file, as its schema says."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from msgspec import Struct, field

from orgcode.documents.shapes import Shape, shape
from orgcode.model.facts import Facts
from orgcode.model.finding import Pointer


class Texts(NamedTuple):
    """What rules about the texts of a file look at."""

    path: str
    with_links: list[tuple[Pointer, str]]
    """Texts that may hold a link, each with the pointer to it."""
    in_languages: list[Pointer]
    """Texts that are given for a language: the pointer ends with its code."""


def texts_in(path: str, facts: Facts) -> Texts:
    """The texts of a file."""
    found = Texts(path, [], [])
    _gather(facts.data, _places(facts.kind), (), found)
    return found


class _Place(Struct):
    """A place in a file at or below which texts stand; what holds none has no place here."""

    is_text: bool = False
    """Whether a text may stand here; then also a text for each language, under its code."""
    keys: dict[str, _Place] = field(default_factory=dict)
    rest: _Place | None = None
    """What is under any other key."""
    items: _Place | None = None


def _gather(value: object, here: _Place, pointer: Pointer, found: Texts) -> None:
    if isinstance(value, dict):
        keys, rest = here.keys, here.rest
        for key, item in value.items():
            below = keys.get(key) or rest
            if below is None:
                continue
            if here.is_text and key not in keys:
                found.in_languages.append((*pointer, key))
            if item.__class__ is not str:
                _gather(item, below, (*pointer, key), found)
            elif below.is_text and ("](" in item or "]:" in item):
                found.with_links.append(((*pointer, key), item))
    elif isinstance(value, list) and (below := here.items):
        for place, item in enumerate(value):
            if item.__class__ is not str:
                _gather(item, below, (*pointer, place), found)
            elif below.is_text and ("](" in item or "]:" in item):
                found.with_links.append(((*pointer, place), item))


@cache
def _places(kind: str) -> _Place:
    return _place(shape(kind)) or _Place()


def _place(here: Shape) -> _Place | None:
    keys = {key: inner for key, below in here.keys.items() if (inner := _place(below))}
    items = _place(here.items) if here.items else None
    if here.free and here.rest is not None and here.rest.free:
        return _Place(is_text=True, keys=keys, rest=_Place(is_text=True), items=items)
    rest = _place(here.rest) if here.rest else None
    return _Place(keys=keys, rest=rest, items=items) if keys or rest or items else None
