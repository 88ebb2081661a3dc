"""Telling how far long work is, to whoever wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from orgcode.model.message import Message, message
from orgcode.model.snapshot import MAX_BYTES, Entry, Snapshot, Unreadable


class Progress(Protocol):
    """Is told what is being done, and how much of it all is done."""

    def __call__(self, doing: Message, done: int, total: int) -> None:
        """Hear of it; called often, so it returns at once."""


def silent(doing: Message, done: int, total: int) -> None:
    """Tell nobody."""


class WatchedSnapshot:
    """A snapshot that tells how many of its files have been read."""

    def __init__(self, snapshot: Snapshot, progress: Progress) -> None:
        self._snapshot = snapshot
        self._progress = progress
        self._total = len(snapshot.entries)
        self._done = 0

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every path and its entry."""
        return self._snapshot.entries

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of one entry, or why they are not to be had."""
        if self._done < self._total:
            self._done += 1
            self._progress(message("Reading files"), self._done, self._total)
        return self._snapshot.read(path, most)
