"""What a path holds: a parsed document, other content, or nothing; and which paths differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from orgcode.model.facts import identify
from orgcode.model.org import Org
from orgcode.model.snapshot import FOLDER, MAX_CARRIED, Snapshot, Unreadable


class Document(Struct, frozen=True, eq=False):
    """A file of a thing all of which could be read."""

    mode: int
    data: object

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Document) and self.mode == other.mode and same(self.data, other.data)
        )


class Content(NamedTuple):
    """Any other file: its mode and the id of its bytes."""

    mode: int
    blob: str


State = Document | Content | None


def state_at(org: Org, path: str) -> State:
    """What a path holds."""
    entry = org.snapshot.entries.get(path)
    if entry is None:
        return None
    if identify(path):
        facts = org.files[path]
        if facts.is_whole and facts.data is not None:
            return Document(entry.mode, facts.data)
    return Content(entry.mode, blob_at(org.snapshot, path))


def readable_at(org: Org, path: str) -> object:
    """What could be read of the file of a thing, also where that is not everything."""
    return org.files[path].data if path in org.files else None


def blob_at(snapshot: Snapshot, path: str) -> str:
    """Git's id of what a path holds; why there is none, where its bytes are not to be had."""
    entry = snapshot.entries[path]
    if entry.blob is not None:
        return entry.blob
    content = snapshot.read(path, MAX_CARRIED)
    if isinstance(content, Unreadable):
        return str(content)
    header = b"blob %d\0" % len(content)
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def changed_paths(
    before: Snapshot, after: Snapshot, among: Iterable[str] | None = None
) -> tuple[str, ...]:
    """The paths that hold something else afterwards, sorted; only `among` these may be any."""
    found = []
    for path in before.entries.keys() | after.entries.keys() if among is None else set(among):
        one, other = before.entries.get(path), after.entries.get(path)
        if one is not None and one == other and one.blob is not None:
            continue
        if all(entry is None or entry.mode == FOLDER for entry in (one, other)):
            if one is other is None or identify(path) is None or one == other:
                continue
        elif one and other and one.mode == other.mode and _holds_the_same(before, after, path):
            continue
        found.append(path)
    return tuple(sorted(found))


def _holds_the_same(before: Snapshot, after: Snapshot, path: str) -> bool:
    one, other = before.entries[path].blob, after.entries[path].blob
    if one is not None and other is not None:
        return one == other
    return before.read(path, MAX_CARRIED) == after.read(path, MAX_CARRIED)


def same(one: object, other: object) -> bool:
    """Whether two parsed values say the same: `true` is not 1, and the order of keys is nothing."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other or (one != one and other != other)
