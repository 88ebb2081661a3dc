"""Files of somebody's folder, replaced together: each is written in full beside its place first,
and only when all are does any take the place of what was there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Literal

from orgcode.adapters.files import read_ordinary
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.snapshot import Unreadable

Hindrance = Literal["missing", "link", "read-only", "unreadable"]


def read_replaceable(root: Path, path: str) -> bytes | Hindrance:
    """What stands at a path inside `root`, or why it cannot be replaced: never what a link leads
    to, neither of the file nor of a folder above it.
    """
    folder = root
    for name in path.split("/")[:-1]:
        folder /= name
        if folder.is_symlink():
            return "link"
        if os.path.lexists(folder) and not folder.is_dir():
            return "unreadable"
    content = read_ordinary(root / path)
    if content is Unreadable.LINK:
        return "link"
    if content is Unreadable.MISSING:
        return "missing"
    if isinstance(content, Unreadable):
        return "unreadable"
    return content if (root / path).stat().st_mode & stat.S_IWUSR else "read-only"


def replace_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files, in the order given; raises `OrgcodeError`, with everything as it was, where
    one cannot be written.
    """
    written: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for path, content in files.items():
            file = root / path
            made.extend(_make_folders(file.parent))
            beside = file.with_name(f".{file.name}.{token_hex(4)}")
            written.append((beside, file))
            _write(beside, content, _mode(file))
        for beside, file in written:
            beside.replace(file)
    except OSError as error:
        _take_back(written, made)
        raise OrgcodeError(
            message(
                "{path} cannot be written ({reason}).",
                path=error.filename or root,
                reason=error.strerror or str(error),
            ),
            message("Make room or give yourself the right to write there, and try again."),
        ) from error
    except BaseException:
        _take_back(written, made)
        raise


def _make_folders(folder: Path) -> list[Path]:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _mode(file: Path) -> int:
    with suppress(FileNotFoundError):
        return stat.S_IMODE(file.stat().st_mode)
    return 0o644


def _write(file: Path, content: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(file, flags, mode), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _take_back(written: list[tuple[Path, Path]], made: list[Path]) -> None:
    for beside, _ in written:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    for folder in made:
        with suppress(OSError):
            folder.rmdir()
