"""Who read what to make the results of a state, as it is kept: each reader by a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgcode.adapters.git.pieces import Pieces
from orgcode.model.coding import decode, encode
from orgcode.model.shelf import Shelf

_NAMES = "reader names"


class KeptReaders:
    """Readers by what they read."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._by_read: Shelf[int] = Shelf("readers", pieces.one)
        self._kept_names: list[str] | None = None
        self._are_new = False

    def of(self, read: str) -> Iterator[str]:
        """Who has read something."""
        numbers = self._by_read.get(read)
        return map(self._names.__getitem__, numbers) if numbers else iter(())

    def renew(self, readers: Iterable[str], by_read: Mapping[str, list[int]]) -> None:
        """Forget everybody, and keep these: `by_read` has numbers of `readers`."""
        self._kept_names, self._are_new = list(readers), True
        self._by_read = Shelf("readers")
        self._by_read.fill(
            {
                read: list(dict.fromkeys(those)) if len(those) > 1 else those
                for read, those in by_read.items()
            }
        )

    def add(self, readers: Iterable[str], by_read: Mapping[str, list[int]]) -> None:
        """Keep these too."""
        known = {name: number for number, name in enumerate(self._names)}
        numbers = [known.setdefault(name, len(known)) for name in readers]
        if len(known) > len(self._names):
            self._kept_names, self._are_new = list(known), True
        for read, those in by_read.items():
            self._by_read.add(read, [numbers[number] for number in those])

    def altered(self) -> Mapping[str, bytes]:
        """The pieces that are to be kept anew."""
        names = {_NAMES: encode(self._names)} if self._are_new else {}
        return {**names, **dict(self._by_read.altered())}

    @property
    def _names(self) -> list[str]:
        if self._kept_names is None:
            self._kept_names = decode(self._pieces.one(_NAMES))
        return self._kept_names
