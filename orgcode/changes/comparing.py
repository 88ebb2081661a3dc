"""What has changed in a list: which items are new, gone, altered, or in another order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from orgcode.changes.states import same
from orgcode.model.effect import Arrange, Drop, Edit, Insert, Put
from orgcode.model.finding import Pointer


class Kept(NamedTuple):
    """An item that stays, at its places before and after; it may have been altered."""

    before: int
    after: int
    old: Any
    new: Any

    @property
    def is_altered(self) -> bool:
        """Whether it says something else than before."""
        return not same(self.old, self.new)


class Comparison(Struct, frozen=True, kw_only=True):
    """Two states of a list, compared. Places of what is gone are those before."""

    gone: tuple[tuple[int, Any], ...]
    new: tuple[tuple[int, Any], ...]
    kept: tuple[Kept, ...]
    """In the order before."""

    @property
    def altered(self) -> tuple[Kept, ...]:
        """The items that stay and say something else."""
        return tuple(item for item in self.kept if item.is_altered)

    @property
    def order(self) -> tuple[int, ...]:
        """The places among themselves, before, of the items that stay, in the order after."""
        places = range(len(self.kept))
        return tuple(sorted(places, key=lambda place: self.kept[place].after))

    @property
    def is_reordered(self) -> bool:
        """Whether the items that stay come in another order."""
        return self.order != tuple(range(len(self.kept)))

    def arranging(self, path: str, pointer: Pointer) -> tuple[Edit, ...]:
        """How the items that stay come into their order."""
        return (Arrange(path, pointer, self.order),) if self.is_reordered else ()


def compare(before: Sequence[Any], after: Sequence[Any], *keys: Callable[[Any], str]) -> Comparison:
    """Compare two lists. What is the same is found first; then what has the same key, by each of
    `keys` in turn; what has the key "" has none.
    """
    partner: dict[int, int] = {}
    for key in (written, *keys):
        _pair(before, after, key, partner)
    taken = set(partner.values())
    return Comparison(
        gone=tuple((i, item) for i, item in enumerate(before) if i not in partner),
        new=tuple((j, item) for j, item in enumerate(after) if j not in taken),
        kept=tuple(Kept(i, j, before[i], after[j]) for i, j in sorted(partner.items())),
    )


def list_edits(
    path: str, pointer: Pointer, comparison: Comparison, altered: Iterable[Kept]
) -> tuple[Edit, ...]:
    """How a list that was there becomes what it is now, where these of its items are altered."""
    return (
        *(Put(path, (*pointer, item.before), item.new) for item in altered),
        *(Drop(path, (*pointer, place)) for place, _ in comparison.gone),
        *comparison.arranging(path, pointer),
        *(Insert(path, (*pointer, place), item) for place, item in comparison.new),
    )


def key_edits(
    path: str, pointer: Pointer, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Edit, ...]:
    """How the keys of a mapping that was there become what they are now."""
    return tuple(
        Put(path, (*pointer, key), after[key]) if key in after else Drop(path, (*pointer, key))
        for key in differing(before, after)
    )


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that are not the same on both sides, in the order of the file after."""
    return tuple(
        key
        for key in dict.fromkeys((*after, *before))
        if key not in before or key not in after or not same(before[key], after[key])
    )


def _pair(
    before: Sequence[Any],
    after: Sequence[Any],
    key: Callable[[Any], str],
    partner: dict[int, int],
) -> None:
    taken = set(partner.values())
    waiting: dict[str, list[int]] = defaultdict(list)
    for place in range(len(after) - 1, -1, -1):
        if place not in taken and (name := key(after[place])):
            waiting[name].append(place)
    for place, item in enumerate(before):
        if place not in partner and waiting.get(name := key(item)):
            partner[place] = waiting[name].pop()


def written(item: Any) -> str:
    """An item as it is written, whatever the order of its keys."""
    return json.dumps(item, sort_keys=True, default=str)
