"""The parts of a file's data, each with the pointer to it."""

from __future__ import annotations

from collections.abc import Mapping

from orgcode.model.facts import Facts
from orgcode.model.finding import Pointer

Part = tuple[Pointer, Mapping[str, object]]


def entries(facts: Facts, *way: str) -> list[Part]:
    """Every mapping at the end of `way`, where `*` stands for every key or place.

    Parts that had the wrong shape are missing from the data; the places of the others hold.
    """
    found: list[Part] = []
    _walk(facts.data, way, (), found)
    return found


def _walk(value: object, way: tuple[str, ...], pointer: Pointer, found: list[Part]) -> None:
    if not way:
        if isinstance(value, dict):
            found.append((pointer, value))
    elif way[0] != "*":
        if isinstance(value, dict) and (inner := value.get(way[0])) is not None:
            _walk(inner, way[1:], (*pointer, way[0]), found)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            _walk(item, way[1:], (*pointer, place), found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _walk(item, way[1:], (*pointer, key), found)
