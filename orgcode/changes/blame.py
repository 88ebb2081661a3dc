"""Of each piece of a file: since when it is there, and which change made it what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from orgcode.changes.items import Item, items_of, matches
from orgcode.model.history import Version


class Origin(NamedTuple):
    """Where a piece of a file comes from."""

    item: Item
    commit: int
    """The commit that made it say what it says."""
    first: int
    """The commit that first had it; another one where it was reworded since."""
    before: object = None
    """What it said before it was reworded."""


def blame(versions: Sequence[Version], data: Sequence[object]) -> list[Origin]:
    """Where each piece of the present version of a file comes from.

    `versions` has the present one first and each before those that it was made of; `data` is what
    each says, None for one that cannot be read: it is passed over. What several versions brought
    together have the same, comes from the first of them.
    """
    readable: dict[int, tuple[int, ...]] = {}
    known: dict[int, list[Origin]] = {}
    for place in range(len(versions) - 1, -1, -1):
        version = versions[place]
        before = tuple(
            dict.fromkeys(made_of for other in version.before for made_of in readable[other])
        )
        if isinstance(data[place], Mapping):
            readable[place] = (place,)
            known[place] = list(_origins(version.commit, data[place], [known[b] for b in before]))
        else:
            readable[place] = before
    return known.get(0, [])


def _origins(commit: int, data: object, before: Sequence[list[Origin]]) -> Iterator[Origin]:
    items = items_of(data)
    sides = [(origins, matches([origin.item for origin in origins], items)) for origins in before]
    for number, item in enumerate(items):
        found = [
            (origins[match.before], match.is_same)
            for origins, side in sides
            if (match := side[number]) is not None
        ]
        same = next((origin for origin, is_same in found if is_same), None)
        if same is not None:
            yield same._replace(item=item)
        elif found:
            yield Origin(item, commit, found[0][0].first, found[0][0].item.value)
        else:
            yield Origin(item, commit, commit)
