"""Single files on disk, read without being led astray."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from orgcode.model.snapshot import MAX_BYTES, Unreadable

_READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_REFUSALS = {
    errno.ELOOP: Unreadable.LINK,
    errno.ENOENT: Unreadable.MISSING,
    errno.ENOTDIR: Unreadable.MISSING,
    errno.EACCES: Unreadable.NOT_ALLOWED,
    errno.EPERM: Unreadable.NOT_ALLOWED,
    errno.ENXIO: Unreadable.SPECIAL,
    errno.ENODEV: Unreadable.SPECIAL,
}


def read_ordinary(file: str | Path, most: int = MAX_BYTES) -> bytes | Unreadable:
    """The bytes of an ordinary file of at most so many, or why they are not to be had.

    Never follows a symbolic link, waits for a pipe, or reads more than it may.
    """
    try:
        descriptor = os.open(file, _READING)
    except OSError as error:
        return _REFUSALS.get(error.errno or 0, Unreadable.DAMAGED)
    except ValueError:
        return Unreadable.MISSING
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            return Unreadable.DIRECTORY
        if not stat.S_ISREG(status.st_mode):
            return Unreadable.SPECIAL
        if status.st_size > most:
            return Unreadable.TOO_LARGE
        return _read_at_most(descriptor, status.st_size, most)
    except OSError:
        return Unreadable.DAMAGED
    finally:
        os.close(descriptor)


def _read_at_most(descriptor: int, expected: int, most: int) -> bytes | Unreadable:
    """One read does nearly always; a file that grows meanwhile is read on, up to the limit."""
    content = os.read(descriptor, expected + 1)
    if len(content) == expected:
        return content
    pieces = [content]
    length = len(content)
    while length <= most and (piece := os.read(descriptor, most + 1 - length)):
        pieces.append(piece)
        length += len(piece)
    return b"".join(pieces) if length <= most else Unreadable.TOO_LARGE
