"""A large table from each text to a list, kept in many small boxes of which few are opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar
from zlib import crc32

from orgcode.model.coding import decode, encode

BOXES = 1024

Load = Callable[[str], bytes]
"""Gives what is kept under a name; raises `KeyError` where there is nothing."""

T = TypeVar("T", str, int)


class Shelf(Generic[T]):
    """A table from each key to a list of texts, or of numbers; a box is loaded when a key of it is
    asked for.
    """

    def __init__(self, name: str, load: Load | None = None) -> None:
        """`load` gives the boxes that are kept; without it the shelf begins empty."""
        self._name = name
        self._load = load
        self._boxes: dict[int, dict[str, list[T]]] = {}
        self._altered: set[int] = set()
        self._filled: Mapping[str, list[T]] | None = None
        """Everything, as long as nothing was added to what it was filled with."""

    def get(self, key: str) -> list[T]:
        """What a key has, in the order in which they were added."""
        if self._filled is not None:
            return self._filled.get(key, [])
        return self._box(key)[1].get(key, [])

    def add(self, key: str, values: Iterable[T]) -> None:
        """Add what a key has not."""
        number, box = self._box(key)
        known = box.get(key, [])
        new = [value for value in dict.fromkeys(values) if value not in known]
        if new:
            box[key] = known + new
            self._altered.add(number)

    def put(self, key: str, values: list[T]) -> None:
        """Give a key another list; none take it away."""
        number, box = self._box(key)
        if box.get(key, []) != values:
            if values:
                box[key] = values
            else:
                box.pop(key, None)
            self._altered.add(number)

    def fill(self, table: Mapping[str, list[T]]) -> None:
        """Fill an empty shelf with everything at once."""
        self._filled = table
        self._boxes = {}

    def open_all(self) -> None:
        """Load every box."""
        for number in () if self._filled is not None else range(BOXES):
            self._open(number)

    def altered(self) -> Iterator[tuple[str, bytes]]:
        """The boxes that are to be kept anew, by name."""
        self._divide()
        for number in sorted(self._altered):
            yield f"{self._name}/{number}", encode(self._boxes[number])

    def _divide(self) -> None:
        """Put what the shelf was filled with into boxes."""
        if self._filled is not None and not self._boxes:
            self._boxes = {number: {} for number in range(BOXES)}
            for key, values in self._filled.items():
                self._boxes[_number(key)][key] = values
            self._altered.update(range(BOXES))

    def _box(self, key: str) -> tuple[int, dict[str, list[T]]]:
        self._divide()
        self._filled = None
        number = _number(key)
        return number, self._open(number)

    def _open(self, number: int) -> dict[str, list[T]]:
        box = self._boxes.get(number)
        if box is None:
            content = self._load(f"{self._name}/{number}") if self._load else None
            box = self._boxes[number] = decode(content) if content else {}
        return box


def _number(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % BOXES
