"""Git's index, read from its file: what the next commit would hold.

Read here because libgit2 keeps back which entries are only announced (`git add -N`).
The format is gitformat-index(5), versions 2 to 4.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator

from msgspec import Struct

_HEADER = struct.Struct(">4sLL")
_FIXED = struct.Struct(">24xL12x20sH")
_EXTENDED = struct.Struct(">H")
_DIGEST = 20
_ANNOUNCED = 0x2000


class BrokenIndexError(Exception):
    """The bytes are no index that can be read; says why."""


class IndexEntry(Struct, frozen=True):
    """One entry: `stage` is 0 unless a merge left a conflict at this path."""

    path: str
    mode: int
    blob: str
    stage: int
    is_announced: bool


def parse_index(content: bytes) -> tuple[IndexEntry, ...]:
    """The entries of an index file; raises `BrokenIndexError`."""
    if len(content) < _HEADER.size + _DIGEST:
        raise BrokenIndexError("too short")  # noqa: EM101 (shown as it is)
    signature, version, count = _HEADER.unpack_from(content)
    if signature != b"DIRC" or version not in (2, 3, 4):
        raise BrokenIndexError("unknown format")  # noqa: EM101 (shown as it is)
    digest = content[-_DIGEST:]
    computed = hashlib.sha1(content[:-_DIGEST], usedforsecurity=False).digest()
    if digest not in (computed, bytes(_DIGEST)):
        raise BrokenIndexError("checksum differs")  # noqa: EM101 (shown as it is)
    try:
        return tuple(_entries(content, version, count))
    except (struct.error, IndexError, ValueError) as error:
        raise BrokenIndexError(str(error)) from error


def _entries(content: bytes, version: int, count: int) -> Iterator[IndexEntry]:
    at = _HEADER.size
    name = b""
    for _ in range(count):
        start = at
        mode, blob, flags = _FIXED.unpack_from(content, at)
        at += _FIXED.size
        is_announced = False
        if flags & 0x4000:
            is_announced = bool(_EXTENDED.unpack_from(content, at)[0] & _ANNOUNCED)
            at += _EXTENDED.size
        if version == 4:
            dropped, at = _offset(content, at)
            name = name[: len(name) - dropped]
        else:
            name = b""
        end = content.index(b"\0", at)
        name += content[at:end]
        at = end + 1 if version == 4 else start + (end - start + 8) // 8 * 8
        path = name.decode("utf-8", "surrogateescape")
        yield IndexEntry(path, mode, blob.hex(), (flags >> 12) & 3, is_announced)
    _refuse_needed_extensions(content, at)


def _offset(content: bytes, at: int) -> tuple[int, int]:
    """The number that says how much of the previous name to drop (gitformat-pack's varint)."""
    value = content[at] & 127
    while content[at] & 128:
        at += 1
        value = ((value + 1) << 7) | (content[at] & 127)
    return value, at + 1


def _refuse_needed_extensions(content: bytes, at: int) -> None:
    """Extensions in small letters change what the entries mean (split and sparse index)."""
    while at < len(content) - _DIGEST:
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "big")
        if name[:1].islower():
            raise ValueError(f"extension {name.decode('ascii', 'replace')}")  # noqa: EM102 (shown as it is)
        at += 8 + length
