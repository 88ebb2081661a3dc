"""Since when files stand in a folder, from the main line of a history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pygit2

from orgcode.adapters.git.objects import GIT_FAILURES, list_tree
from orgcode.model.snapshot import FOLDER

_YEARS = range(1970, 3000)


def arrivals(git: pygit2.Repository, tip: pygit2.Commit, folder: str) -> Mapping[str, date]:
    """For each file that stands below `folder` at `tip`: the day (UTC) of the step of the main line
    in which it came there to stay.

    What was there when the history begins has the day of its first commit, unless the history was
    cut off there; then it has none.
    """
    names = folder.strip("/")
    listing = _Listing(git, names)
    waiting = set(listing.paths(tip))
    found: dict[str, date] = {}
    for child, parent in _steps(git, tip):
        if not waiting:
            break
        before = listing.paths(parent) if parent else frozenset()
        came = waiting - before
        if came and (day := day_of(child.commit_time)):
            found.update(dict.fromkeys(came, day))
        waiting -= came
    return found


def _steps(
    git: pygit2.Repository, tip: pygit2.Commit
) -> Iterator[tuple[pygit2.Commit, pygit2.Commit | None]]:
    """Each commit of the main line with the one before it, the latest first."""
    here = tip
    while True:
        try:
            before = here.parents[0] if here.parent_ids else None
        except GIT_FAILURES:
            return
        if before is None and git.is_shallow:
            return
        yield here, before
        if before is None:
            return
        here = before


class _Listing:
    """The files below a folder in each commit; most commits have the same ones."""

    def __init__(self, git: pygit2.Repository, folder: str) -> None:
        self._git = git
        self._folder = folder
        self._known: dict[str, frozenset[str]] = {}

    def paths(self, commit: pygit2.Commit) -> frozenset[str]:
        try:
            tree = commit.tree[self._folder]
        except GIT_FAILURES:
            return frozenset()
        if not isinstance(tree, pygit2.Tree):
            return frozenset()
        id = str(tree.id)
        if id not in self._known:
            entries = list_tree(self._git.odb, id)
            self._known[id] = frozenset(
                f"{self._folder}/{path}" for path, entry in entries.items() if entry.mode != FOLDER
            )
        return self._known[id]


def day_of(seconds: int) -> date | None:
    """The day (UTC) of a moment; None where that cannot be right."""
    try:
        day = datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None
    return day if day.year in _YEARS else None
