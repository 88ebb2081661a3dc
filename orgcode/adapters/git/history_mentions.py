"""In which files of roles and circles a person was ever named as a holder: found once for all
history, by looking for whatever stands where an id of a person may stand, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from orgcode.adapters.git.cache import Cache
from orgcode.adapters.git.history_index import STATE, HistoryIndex, Tell
from orgcode.adapters.git.pieces import Pieces
from orgcode.model.coding import CodingError, decode, encode
from orgcode.model.shelf import Shelf
from orgcode.model.snapshot import Unreadable

READ = "mentions"
_NAMED = re.compile(
    rb"""(?:\bperson["']?\s*:|[\[,{]|^\s*-)\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)["']?\s*(?=[\],}#]|$)""",
    re.MULTILINE,
)

ReadBlob = Callable[[str, int], bytes | Unreadable]


class Mentions:
    """What is known of it of every commit that is kept."""

    def __init__(self, cache: Cache, index: HistoryIndex, read: ReadBlob, tell: Tell) -> None:
        """Commits that nobody looked through yet are read now."""
        pieces = Pieces(cache, STATE)
        done = _number(pieces.get(READ))
        self._shelf = Shelf("mentioned", pieces.one) if done else Shelf("mentioned")
        total = len(index.graph)
        if done < total:
            self._add(_found(index, read, range(done, total), tell), is_first=not done)
            pieces.keep({READ: encode(total), **dict(self._shelf.altered())}, ())

    def files_naming(self, person: str) -> tuple[str, ...]:
        """Paths of the files of roles and circles that may name a person as a holder."""
        return tuple(sorted(self._shelf.get(person)))

    def _add(self, found: Mapping[str, Iterable[str]], *, is_first: bool) -> None:
        if is_first:
            self._shelf.fill({id: list(paths) for id, paths in found.items()})
            return
        for id, paths in found.items():
            self._shelf.add(id, paths)


def _found(
    index: HistoryIndex, read: ReadBlob, commits: range, tell: Tell
) -> Mapping[str, Iterable[str]]:
    """By what may be an id the paths of the files in which it stands."""
    found: dict[str, dict[str, None]] = {}
    for number, commit in enumerate(commits, 1):
        for change in index.altered(commit):
            if change.after and change.path.startswith(("roles/", "circles/")):
                for id in _ids(read(change.after, change.mode)):
                    found.setdefault(id, {})[change.path] = None
        tell(number, len(commits))
    return found


def _ids(content: bytes | Unreadable) -> set[str]:
    if isinstance(content, Unreadable):
        return set()
    return {id.decode("ascii") for id in _NAMED.findall(content)}


def _number(content: bytes | None) -> int:
    try:
        found = decode(content) if content else 0
    except CodingError:
        return 0
    return found if isinstance(found, int) else 0
