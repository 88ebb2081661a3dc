"""The pieces of one state, which belong together: all of them as they were kept, or none.

Each piece by itself may be sound and yet be of another moment than the others: after a loss of
power, or when a file was thrown away under a run that was still writing it. So one piece names the
others by their checksums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orgcode.adapters.git.cache import Cache, DamagedError, checksum
from orgcode.model.coding import CodingError, decode, encode

_ALL = "all"


class Pieces:
    """Those of a state, by name."""

    def __init__(self, cache: Cache, state: str) -> None:
        self._cache = cache
        self._state = state
        self._all = cache.piece(self._full(_ALL))
        self._sums = _sums_in(self._all)

    def get(self, name: str) -> bytes | None:
        """A piece; None where the state has none of that name. Raises `DamagedError` where it is
        not there as it was kept with the others.
        """
        if name not in self._sums:
            return None
        content = self._cache.piece(self._full(name), self._sums[name])
        if content is None:
            raise DamagedError
        return content

    def one(self, name: str) -> bytes:
        """A piece that must be there; raises `DamagedError` otherwise."""
        content = self.get(name)
        if content is None:
            raise DamagedError
        return content

    def keep(self, pieces: Mapping[str, bytes], facts: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep pieces that are otherwise now, and facts; the other pieces stay.

        Where another run has kept something of the state meanwhile, that stays, and nothing is
        kept.
        """
        full = {self._full(name): content for name, content in pieces.items()}
        sums = {name: checksum(self._full(name), content) for name, content in pieces.items()}
        self._cache.keep(
            {**full, self._full(_ALL): encode({**self._sums, **sums})},
            facts,
            unless_altered=(self._full(_ALL), self._all),
        )

    def _full(self, name: str) -> str:
        return f"{self._state}/{name}"


def _sums_in(content: bytes | None) -> dict[str, bytes]:
    try:
        found = decode(content) if content else {}
    except CodingError:
        return {}
    return found if isinstance(found, dict) else {}
