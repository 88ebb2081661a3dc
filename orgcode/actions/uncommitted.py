"""What stands otherwise in somebody's files than in a commit: what they may propose."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

from orgcode.actions.differing import unlike_kept
from orgcode.actions.progress import Progress
from orgcode.actions.reading import with_kept
from orgcode.adapters.git.repository import Repository
from orgcode.changes.states import changed_paths
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.snapshot import FOLDER, MAX_CARRIED, ORDINARY, Entry, Snapshot, Unreadable

Files = Mapping[str, bytes | Entry | None]
"""By path its new content, an entry that git knows, or None where nothing stands any more."""


def uncommitted(
    repository: Repository,
    commit: str,
    today: date,
    paths: Collection[str],
    progress: Progress,
) -> dict[str, bytes | None]:
    """The files that are not as in a commit, by path; None for those that are gone. `paths` limit
    it: files, and folders with all that is in them.
    """
    before, files = repository.commit(commit), repository.working_tree()
    perhaps = with_kept(
        repository, files, "check", today, lambda kept: unlike_kept(before, kept), progress=progress
    )
    changed = changed_paths(before, files, limited(perhaps, paths))
    return {
        path: _content(before, files, path) for path in changed if _is_file(before, files, path)
    }


def below_root(repository: Repository, directory: Path, paths: Collection[str]) -> tuple[str, ...]:
    """Paths as somebody gives them who stands in a folder, as the repository has them."""
    if repository.is_bare:
        return tuple(paths)
    found = []
    for path in paths:
        place = os.path.relpath(directory.resolve() / path, repository.root.resolve())
        if place.startswith(".."):
            raise OrgcodeError(
                message("{path} is not in this repository.", path=path),
                message("Name files or folders of the organisation."),
            )
        found.append(place.replace(os.sep, "/"))
    return tuple(found)


def limited(found: Iterable[str], paths: Collection[str]) -> tuple[str, ...]:
    """Those at or below one of `paths`; all, where none is given."""
    tops = tuple(path.rstrip("/") for path in paths)
    if not tops or "." in tops:
        return tuple(found)
    return tuple(
        path for path in found if any(path == top or path.startswith(f"{top}/") for top in tops)
    )


def _is_file(before: Snapshot, files: Snapshot, path: str) -> bool:
    """A folder is named where a file should be; the files in it are named themselves."""
    entries = [snapshot.entries.get(path) for snapshot in (before, files)]
    return any(entry is not None and entry.mode != FOLDER for entry in entries)


def _content(before: Snapshot, files: Snapshot, path: str) -> bytes | None:
    entry, old = files.entries.get(path), before.entries.get(path)
    if entry is None or entry.mode == FOLDER:
        return None
    if not stat.S_ISREG(entry.mode):
        raise OrgcodeError(
            message("{path} is no ordinary file, and only those can be proposed.", path=path),
            message("Put an ordinary file in its place, or let git ignore it."),
        )
    if entry.mode != ORDINARY and (old is None or old.mode != entry.mode):
        raise OrgcodeError(
            message(
                "{path} is marked as a program, and only plain files can be proposed.", path=path
            ),
            message("Take the mark away: chmod -x {path}", path=path),
        )
    content = files.read(path, MAX_CARRIED)
    if isinstance(content, Unreadable):
        raise OrgcodeError(
            message("The file {path} cannot be read.", path=path),
            message("Give yourself the right to read it, or let git ignore it."),
        )
    return content
