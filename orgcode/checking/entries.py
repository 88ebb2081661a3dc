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
    found: list[tuple[Pointer, object]] = [((), facts.data)]
    for step in way:
        inside: list[tuple[Pointer, object]] = []
        for pointer, value in found:
            if isinstance(value, dict):
                if step != "*":
                    if step in value:
                        inside.append(((*pointer, step), value[step]))
                else:
                    inside += [((*pointer, key), item) for key, item in value.items()]
            elif isinstance(value, list) and step == "*":
                inside += [((*pointer, place), item) for place, item in enumerate(value)]
        found = inside
    return [(pointer, value) for pointer, value in found if isinstance(value, dict)]
