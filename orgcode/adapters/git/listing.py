"""Every path of a snapshot with the id of its blob; of files on disk only what may have changed
since is read again, as git's own index does it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from typing import NamedTuple

from orgcode.adapters.git.cache import DamagedError
from orgcode.adapters.git.working_tree import WorkingTree
from orgcode.model.coding import Coded, encode
from orgcode.model.facts import identify
from orgcode.model.snapshot import MAX_BYTES, Entry, Snapshot, Unreadable

UNREAD = "?"

_RACY = 2_000_000_000
"""Nanoseconds within which a file may be written twice without its times telling: file systems
count time in steps of up to two seconds."""


class Listed(NamedTuple):
    """One path: mode and blob id (None where it has no content that can be read), and what the
    file system said when the blob id was worked out (empty for what git holds).
    """

    mode: int
    blob: str | None
    told: tuple[int, ...] = ()


Listing = Mapping[str, Listed]


class Remembering:
    """A snapshot of which pages are read once, so that a child can have them too, and which
    notices when a file is not what it was when it was listed.
    """

    def __init__(self, snapshot: Snapshot, listing: Listing) -> None:
        self._snapshot = snapshot
        self._listing = listing
        self.is_torn = False
        """Whether something that was read is of another moment than the listing."""
        self._pages: dict[str, bytes | Unreadable] = {}
        self._process = os.getpid()

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every path and its entry."""
        return self._snapshot.entries

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of one entry, or why they are not to be had."""
        if not path.startswith("pages/"):
            return self._read(path, most)
        if path not in self._pages:
            self._pages[path] = self._read(path)
        return self._pages[path]

    def _read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        is_child = self._process != os.getpid()
        if is_child and not isinstance(self._snapshot, WorkingTree):
            # Git's library must not be used in a child that was forked after it was used.
            raise DamagedError
        content = self._snapshot.read(path, most)
        if not self._is_as_listed(path, content):
            if is_child:
                raise DamagedError  # the parent looks again, and remembers it
            self.is_torn = True
        return content

    def _is_as_listed(self, path: str, content: bytes | Unreadable) -> bool:
        item = self._listing.get(path)
        if item is None or item.blob is None:
            return True  # of these nothing is relied on
        if not isinstance(self._snapshot, WorkingTree):
            return content not in (Unreadable.DAMAGED, Unreadable.MISSING)
        return not isinstance(content, Unreadable) and blob_id(content) == item.blob


def list_snapshot(
    snapshot: Snapshot, before: Listing, now: int, *, later: bool = False
) -> dict[str, Listed]:
    """The listing of a snapshot; `before` is the last one of it, `now` nanoseconds since 1970.

    With `later`, files of things whose content is not known are not read now: their blob is
    `UNREAD` until `listed` says it.
    """
    if not isinstance(snapshot, WorkingTree):
        return {path: Listed(entry.mode, entry.blob) for path, entry in snapshot.entries.items()}
    found: dict[str, Listed] = {}
    for path, entry in snapshot.entries.items():
        told = snapshot.told.get(path, ())
        known = before.get(path)
        if known is not None and told and known.told == told and known.mode == entry.mode:
            found[path] = known
        elif later and identify(path) is not None:
            found[path] = Listed(entry.mode, UNREAD, told)
        else:
            content = snapshot.read(path) if stat.S_ISREG(entry.mode) else Unreadable.SPECIAL
            blob = None if isinstance(content, Unreadable) else blob_id(content)
            found[path] = listed(Listed(entry.mode, blob, told), blob, now)
    return found


def listed(unread: Listed, blob: str | None, now: int) -> Listed:
    """A path whose content has been read; a file written just before may be written again without
    its times telling, so that these are not relied on.
    """
    told = unread.told
    is_settled = blob is not None and bool(told) and max(told[:2]) < now - _RACY
    return Listed(unread.mode, blob, told if is_settled else ())


def blob_id(content: bytes) -> str:
    """The id that git gives to a file's content."""
    made = hashlib.sha1(b"blob %d\0" % len(content), usedforsecurity=False)
    made.update(content)
    return made.hexdigest()


def encode_listing(listing: Listing) -> bytes:
    """A listing as bytes."""
    return encode(dict(listing))


def decode_listing(content: bytes) -> Listing:
    """A listing from bytes; raises `CodingError`."""
    return _LISTING.decode(content)


_LISTING = Coded(dict[str, Listed])
