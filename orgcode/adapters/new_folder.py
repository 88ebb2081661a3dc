"""A folder for something new: nothing may be in it, and nothing is left in it on failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder that is new or empty; it is again as it was where what is written there fails.

    A git repository without commits in it is no hindrance; `OrgcodeError` where anything else is.
    """
    try:
        folder = folder.absolute()
        before = _names(folder)
        with ExitStack() as undo:
            undo.callback(_restore, folder, _highest_missing(folder), before)
            folder.mkdir(parents=True, exist_ok=True)
            yield folder
            undo.pop_all()
    except OSError as error:
        raise OrgcodeError(
            message(
                "{folder} cannot be written ({reason}).",
                folder=folder,
                reason=error.strerror or str(error),
            ),
            message("Choose a folder in which you may write and where there is room."),
        ) from error


def _names(folder: Path) -> frozenset[str]:
    if not os.path.lexists(folder):
        return frozenset()
    if not folder.is_dir():
        raise OrgcodeError(
            message("{folder} is a file, not a folder.", folder=folder),
            message("Choose another folder."),
        )
    names = frozenset(item.name for item in folder.iterdir())
    others = sorted(names - {".git"})
    if others:
        raise OrgcodeError(
            message("{folder} is not empty: there is {file} in it.", folder=folder, file=others[0]),
            message("Choose a new or empty folder; nothing of yours is ever overwritten."),
        )
    return names


def _highest_missing(folder: Path) -> Path | None:
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    return missing[-1] if missing else None


def _restore(folder: Path, highest_missing: Path | None, before: frozenset[str]) -> None:
    """Everything in the folder that was not there before was put there by us."""
    if highest_missing is not None:
        shutil.rmtree(highest_missing, ignore_errors=True)
        return
    for item in folder.iterdir():
        if item.name not in before:
            if item.is_dir() and not item.is_symlink():
                shutil.rmtree(item, ignore_errors=True)
            else:
                item.unlink(missing_ok=True)
