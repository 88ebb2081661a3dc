"""What a file says, in pieces that can be told apart: each field, and each item of a list.

A field is known by its key, and inside a group of fields by its key there. An item of a list is
known by what it says; where it says something else, by what it is about: somebody's holding by the
person and since when, a thing with an id, a name or a key by that. What is left over of
accountabilities and the like is compared word by word: the pair that has most words in common
belongs together, if that is at least half of their words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

Place = tuple[str, ...]

_HOLDERS = frozenset({"holders", "members", "core_roles"})
_REWORDED = frozenset({"accountabilities", "domains", "values", "decision_rules"})
_NAMES = (("person", "since", "role"), ("id",), ("name",), ("key",), ("to",), ("from",), ("url",))
_WORD = re.compile(r"\w+")
_MOST_PAIRS = 10_000


class Item(NamedTuple):
    """One piece: the keys that lead to it; whether it stands in a list there; and what it says."""

    place: Place
    is_listed: bool
    value: object


class Match(NamedTuple):
    """The item of before that an item is, and whether it says the same."""

    before: int
    is_same: bool


def items_of(data: object) -> list[Item]:
    """The pieces of what a file says, in its order."""
    return list(_items((), data)) if isinstance(data, Mapping) else []


def matches(before: Sequence[Item], after: Sequence[Item]) -> list[Match | None]:
    """For each item of `after` the one of `before` that it is; None for one that is new."""
    found: list[Match | None] = [None] * len(after)
    fields = {item.place: number for number, item in enumerate(before) if not item.is_listed}
    lists: dict[Place, tuple[list[int], list[int]]] = {}
    for number, item in enumerate(before):
        if item.is_listed:
            lists.setdefault(item.place, ([], []))[0].append(number)
    for number, item in enumerate(after):
        if item.is_listed:
            lists.setdefault(item.place, ([], []))[1].append(number)
        elif item.place in fields:
            other = fields[item.place]
            found[number] = Match(other, before[other].value == item.value)
        elif item.place[:-1] in fields and before[fields[item.place[:-1]]].value == item.value:
            found[number] = Match(fields[item.place[:-1]], is_same=True)  # said in a language now
    for place, (olds, news) in lists.items():
        for new, old, is_same in _pairs(place, before, after, olds, news):
            found[new] = Match(old, is_same)
    return found


def similarity(before: object, after: object) -> float:
    """How many of the words of two values are the same, from 0 to 1."""
    olds, news = _words(before), _words(after)
    total = olds.total() + news.total()
    return 2 * (olds & news).total() / total if total else 0.0


def likeness(before: object, after: object) -> float:
    """How many of the pieces of two files are the same, from 0 to 1."""
    olds = Counter((item.place, _written(item.value)) for item in items_of(before))
    news = Counter((item.place, _written(item.value)) for item in items_of(after))
    total = olds.total() + news.total()
    return 2 * (olds & news).total() / total if total else 0.0


def _items(place: Place, value: object) -> Iterator[Item]:
    match value:
        case Mapping() if value:
            for key, part in value.items():
                yield from _items((*place, str(key)), part)
        case list() | tuple() if value:
            is_holders = place[0] in _HOLDERS
            for part in value:
                is_person = is_holders and isinstance(part, str)
                yield Item(place, True, {"person": part} if is_person else part)  # noqa: FBT003 (a field of a tuple)
        case _:
            yield Item(place, False, value)  # noqa: FBT003


def _pairs(
    place: Place, before: Sequence[Item], after: Sequence[Item], olds: list[int], news: list[int]
) -> Iterator[tuple[int, int, bool]]:
    """Each new item of a list with the old one that it is, and whether it says the same."""
    olds, news = list(olds), list(news)
    for key in (_written, _name):
        waiting: dict[str, list[int]] = {}
        for old in olds:
            waiting.setdefault(key(before[old].value), []).append(old)
        for new in tuple(news):
            same = waiting.get(key(after[new].value))
            if same:
                old = same.pop(0)
                olds.remove(old)
                news.remove(new)
                yield new, old, key is _written
    if place[-1] in _REWORDED and len(olds) * len(news) <= _MOST_PAIRS:
        yield from ((new, old, False) for new, old in _reworded(before, after, olds, news))


def _reworded(
    before: Sequence[Item], after: Sequence[Item], olds: list[int], news: list[int]
) -> Iterator[tuple[int, int]]:
    ranked = sorted(
        (-similarity(before[old].value, after[new].value), old, new)
        for old in olds
        for new in news
        if not (_has_id(before[old].value) and _has_id(after[new].value))
    )
    taken: set[tuple[str, int]] = set()
    for rank, old, new in ranked:
        if rank <= -0.5 and taken.isdisjoint({("old", old), ("new", new)}):
            taken |= {("old", old), ("new", new)}
            yield new, old


def _name(value: object) -> str:
    """What an item is about; of one that has no name, all that it says."""
    if isinstance(value, Mapping):
        for keys in _NAMES:
            if keys[0] in value:
                return _written([keys[0], *(value.get(key) for key in keys)])
    return _written(value)


def _written(value: object) -> str:
    """The same text for all that says the same."""
    return json.dumps(value, sort_keys=True, default=str)


def _has_id(value: object) -> bool:
    return isinstance(value, Mapping) and "id" in value


def _words(value: object) -> Counter[str]:
    match value:
        case str():
            return Counter(_WORD.findall(value.casefold()))
        case Mapping():
            parts: Sequence[object] = tuple(value.values())
        case list() | tuple():
            parts = value
        case _:
            return Counter([str(value)])
    return sum((_words(part) for part in parts), Counter())
