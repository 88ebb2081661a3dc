"""Which files of assets/ a handbook carries along, and why it leaves the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category, normalize

from orgcode.model.message import Message, message
from orgcode.model.snapshot import LINK, MAX_CARRIED, ORDINARY, Snapshot, Unreadable
from orgcode.rendering.svg import objection

CARRIED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".txt", ".csv")
"""Kinds of files that hold no script, SVG if it is looked into."""

_UNPLAIN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_LONGEST = 255


class LeftOut(NamedTuple):
    """A file that is not carried along, and why: the rest of a sentence about it."""

    path: str
    why: Message


def assets_of(snapshot: Snapshot) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """The files that are carried along, and those that are left out."""
    carried: list[str] = []
    left: list[LeftOut] = []
    seen: set[str] = set()
    for path in snapshot.entries:
        if not path.startswith("assets/"):
            continue
        alike = normalize("NFC", path).casefold()
        why = next(_reasons(snapshot, path), None)
        if why is None and alike in seen:
            why = message("another file there differs from it in capitals alone")
        if why is None:
            carried.append(path)
            seen.add(alike)
        else:
            left.append(LeftOut(path, why))
    return tuple(carried), tuple(left)


def _reasons(snapshot: Snapshot, path: str) -> Iterator[Message]:
    mode = snapshot.entries[path].mode
    if not all(_is_plain(name) for name in path.split("/")):
        yield message("not every computer can store a file of that name")
    elif not path.lower().endswith(CARRIED):
        kinds = tuple(kind.removeprefix(".") for kind in CARRIED)
        yield message("only these kinds of files are carried along: {kinds}", kinds=kinds)
    elif mode == LINK:
        yield message("it is a link to another file")
    elif mode != ORDINARY:
        yield message("it is no ordinary file, or is marked as a program")
    else:
        content = snapshot.read(path, MAX_CARRIED)
        if content is Unreadable.TOO_LARGE:
            yield message("it is larger than {limit} MiB", limit=MAX_CARRIED // 1024 // 1024)
        elif isinstance(content, Unreadable):
            yield message("it cannot be read")
        elif path.lower().endswith(".svg") and (found := objection(content)):
            yield found


def _is_plain(name: str) -> bool:
    """Whether every computer can store a file of that name, and no program misreads it."""
    return (
        name not in ("", ".", "..")
        and name.casefold() != ".git"
        and name == name.strip(" ").rstrip(".")
        and not set(name) & set('\\<>:"|?*')
        and _UNPLAIN.isdisjoint(category(char) for char in name)
        and len(name.encode()) <= _LONGEST
    )
