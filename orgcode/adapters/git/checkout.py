"""What is checked out: let it follow a branch that moved, or go to another, where nothing that
somebody wrote is lost by it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

from orgcode.adapters.git.folders import Unlike
from orgcode.adapters.git.objects import GIT_FAILURES
from orgcode.adapters.git.opening import Place
from orgcode.adapters.git.running import run
from orgcode.adapters.replacing import read_replaceable, replace_files
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.snapshot import EXECUTABLE, ORDINARY, Entry

_FILES = (ORDINARY, EXECUTABLE)


def follow(place: Place, unlike: Mapping[str, Unlike]) -> tuple[str, ...]:
    """Bring the files and the index from one commit to another; gives the paths that were left as
    they are, since somebody has written something else there.
    """
    if place.root is None:
        return ()
    index = _read_index(place)
    written: dict[str, bytes] = {}
    removed: list[str] = []
    settled: dict[str, Entry | None] = {}
    for path, (before, after) in unlike.items():
        here = read_replaceable(place.root, path)
        old, new = _content(place.git, before), _content(place.git, after)
        if not _is_plain(before, after) or _in_index(index, path) not in (before, after):
            continue
        if here == new:
            settled[path] = after
        elif here == old and after is None:
            removed.append(path)
            settled[path] = None
        elif here == old and isinstance(new, bytes):
            written[path] = new
            settled[path] = after
    replace_files(place.root, written)
    for path in removed:
        _remove(place.root, path)
    _settle(index, settled)
    return tuple(path for path in unlike if path not in settled)


def lags(place: Place, unlike: Mapping[str, Unlike]) -> bool:
    """Whether the index has everything as it was before, of what is otherwise now."""
    index = _read_index(place)
    return bool(unlike) and all(
        _in_index(index, path) == before for path, (before, _) in unlike.items()
    )


def switch(
    place: Place, ref: str, unlike: Mapping[str, Unlike], new_files: Mapping[str, bytes]
) -> None:
    """Check out a branch whose commit holds what is in the files already, but for some new ones."""
    if place.root is None:
        return
    for path in new_files:
        if os.path.lexists(place.root / path):
            raise OrgcodeError(
                message("There is already a file {path}, and it is not overwritten.", path=path),
                message("Move it elsewhere, or leave out --switch."),
            )
    replace_files(place.root, new_files)
    run(place.git_folder, "symbolic-ref", "-m", f"checkout: moving to {ref}", "HEAD", ref)
    _settle(_read_index(place), {path: after for path, (_, after) in unlike.items()})


def _is_plain(*entries: Entry | None) -> bool:
    return all(entry is None or entry.mode in _FILES for entry in entries)


def _content(git: pygit2.Repository, entry: Entry | None) -> bytes | str:
    """What stands on disk where that is checked out."""
    if entry is None:
        return "missing"
    try:
        return git.odb.read(entry.blob or "")[1]
    except GIT_FAILURES:
        return ""


def _in_index(index: pygit2.Index, path: str) -> Entry | None:
    try:
        found = index[path]
    except KeyError:
        return None
    return Entry(found.mode, str(found.id))


def _read_index(place: Place) -> pygit2.Index:
    return pygit2.Index(str(place.git_folder / "index"))


def _settle(index: pygit2.Index, entries: Mapping[str, Entry | None]) -> None:
    for path, entry in entries.items():
        if entry is not None and entry.blob is not None:
            id = pygit2.Oid(hex=entry.blob)
            index.add(pygit2.IndexEntry(path, id, FileMode(entry.mode)))
        else:
            with suppress(KeyError, OSError):
                index.remove(path)
    if entries:
        index.write()


def _remove(root: Path, path: str) -> None:
    """Remove a file, and the folders that are empty then."""
    file = root / path
    file.unlink(missing_ok=True)
    with suppress(OSError):
        for folder in file.parents:
            if folder == root:
                break
            folder.rmdir()
