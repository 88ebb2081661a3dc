"""A state of the repository: which paths there are, and what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

MAX_BYTES = 1024 * 1024
"""A larger file is not read (design: 1 MiB)."""

MAX_CARRIED = 64 * 1024 * 1024
"""A larger picture or document is not carried along into a handbook."""

ORDINARY = 0o100644
EXECUTABLE = 0o100755
LINK = 0o120000
SUBMODULE = 0o160000
FOLDER = 0o040000
"""Only of folders that stand where a file should, as `roles/kok.yaml/`."""


class Unreadable(StrEnum):
    """Why the bytes of an entry are not to be had."""

    TOO_LARGE = "too-large"
    NOT_ALLOWED = "not-allowed"
    MISSING = "missing"
    LINK = "link"
    SUBMODULE = "submodule"
    DIRECTORY = "directory"
    SPECIAL = "special"
    DAMAGED = "damaged"


class Entry(Struct, frozen=True):
    """One path of a snapshot. `blob` is git's full object id, or None where it is not known yet."""

    mode: int
    blob: str | None = None


class Snapshot(Protocol):
    """The working tree, the index, a commit, or a dictionary in a test.

    `entries` maps each path ('/' between folders, sorted by code point) to its entry.
    """

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every path and its entry."""
        ...

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of one entry (at most so many), or why they are not to be had."""
        ...


class Files(Struct, frozen=True):
    """A snapshot made of a dictionary from path to content."""

    contents: Mapping[str, bytes]

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every path, as an ordinary file."""
        return {path: Entry(ORDINARY) for path in sorted(self.contents)}

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of one entry, or why they are not to be had."""
        content = self.contents.get(path)
        if content is None:
            return Unreadable.MISSING
        return content if len(content) <= most else Unreadable.TOO_LARGE
