"""In which files of roles and circles a person was ever named as a holder: found once for all
history, by looking for whatever stands where an id of a person may stand, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable

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


def files_naming(
    person: str, cache: Cache, index: HistoryIndex, read: ReadBlob, tell: Tell
) -> tuple[str, ...]:
    """Paths of the files of roles and circles, of any commit that is kept, that may name a person
    as a holder.
    """
    pieces = Pieces(cache, STATE)
    done = _number(pieces.get(READ))
    shelf = Shelf("mentioned", pieces.one) if done else Shelf("mentioned")
    total = len(index.graph)
    if done < total:
        found: dict[str, dict[str, None]] = {}
        for commit in range(done, total):
            for change in index.altered(commit):
                if change.after and change.path.startswith(("roles/", "circles/")):
                    for id in _ids(read(change.after, change.mode)):
                        found.setdefault(id, {})[change.path] = None
            tell(commit + 1 - done, total - done)
        if done:
            for id, paths in found.items():
                shelf.add(id, paths)
        else:
            shelf.fill({id: list(paths) for id, paths in found.items()})
        pieces.keep({READ: encode(total), **dict(shelf.altered())}, ())
    return tuple(sorted(shelf.get(person)))


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
