"""The parts of a file's data, each with the pointer to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgcode.model.facts import Facts
from orgcode.model.finding import Pointer


def entries(facts: Facts, *way: str) -> Iterator[tuple[Pointer, Mapping[str, object]]]:
    """Every mapping at the end of `way`, where `*` stands for every key or place.

    Parts that had the wrong shape are missing from the data; the places of the others hold.
    """
    yield from _walk(facts.data, way, ())


def _walk(
    value: object, way: tuple[str, ...], pointer: Pointer
) -> Iterator[tuple[Pointer, Mapping[str, object]]]:
    if not way:
        if isinstance(value, Mapping):
            yield pointer, value
    elif way[0] == "*":
        items = value.items() if isinstance(value, Mapping) else ()
        for key, item in enumerate(value) if isinstance(value, list | tuple) else items:
            yield from _walk(item, way[1:], (*pointer, key))
    elif isinstance(value, Mapping) and way[0] in value:
        yield from _walk(value[way[0]], way[1:], (*pointer, way[0]))
