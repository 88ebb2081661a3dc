"""In which files something was ever named, at whatever commit: found once, and kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from orgcode.adapters.git.cache import Cache
from orgcode.adapters.git.history_index import MENTIONS, STATE, HistoryIndex, Tell
from orgcode.adapters.git.history_log import Altered
from orgcode.adapters.git.pieces import Pieces
from orgcode.model.coding import CodingError, decode, encode
from orgcode.model.shelf import Shelf
from orgcode.model.snapshot import Unreadable


class Mentions(NamedTuple):
    """What is looked for: a name for it, and the folders of the files that may name it."""

    name: str
    folders: tuple[str, ...]


HOLDERS = Mentions(MENTIONS[0], ("roles/", "circles/"))
LINKED = Mentions(MENTIONS[1], ("roles/", "policies/", "agreements/"))

_HOLDER = re.compile(
    rb"""(?:\bperson["']?\s*:|[\[,{]|^\s*-)\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)["']?\s*(?=[\],}#]|$)""",
    re.MULTILINE,
)
_FOR_PEOPLE = re.compile(rb"""pages|assets|README|LICENSE|%|\\""")
"""Stands in a file that links to a page or picture; the last two may be letters in disguise."""


def files_mentioning(
    wanted: Mentions,
    cache: Cache,
    index: HistoryIndex,
    named: Callable[[Altered], Iterable[str]],
    tell: Tell,
) -> Shelf[str]:
    """By what is looked for, the paths of the files of any commit that is kept which may name it;
    `named` gives what one file names.
    """
    pieces = Pieces(cache, STATE)
    done = _number(pieces.get(wanted.name))
    shelf: Shelf[str] = Shelf(f"{wanted.name} of", pieces.one if done else None)
    total = len(index.graph)
    if done < total:
        found: dict[str, dict[str, None]] = {}
        for commit in range(done, total):
            for change in index.altered(commit):
                if change.after and change.path.startswith(wanted.folders):
                    for key in named(change):
                        found.setdefault(key, {})[change.path] = None
            tell(commit + 1 - done, total - done)
        if done:
            for key, paths in found.items():
                shelf.add(key, paths)
        else:
            shelf.fill({key: list(paths) for key, paths in found.items()})
        pieces.keep({wanted.name: encode(total), **dict(shelf.altered())}, ())
    return shelf


def holders_in(content: bytes | Unreadable) -> set[str]:
    """Whatever stands in a file where an id of a person may stand."""
    if isinstance(content, Unreadable):
        return set()
    return {id.decode("ascii") for id in _HOLDER.findall(content)}


def may_link(content: bytes | Unreadable) -> bool:
    """Whether a file may link to a page or picture: most that do not are known without parsing."""
    return not isinstance(content, Unreadable) and bool(_FOR_PEOPLE.search(content))


def _number(content: bytes | None) -> int:
    try:
        found = decode(content) if content else 0
    except CodingError:
        return 0
    return found if isinstance(found, int) else 0
