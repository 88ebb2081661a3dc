"""Trees made of other trees: only the folders in which something changes are written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

import pygit2
from pygit2.enums import FileMode, ObjectType

from orgcode.adapters.git.objects import GIT_FAILURES, damaged_object
from orgcode.model.snapshot import Entry

Changes = Mapping[str, Entry | None]
"""By path what stands there afterwards; None: nothing."""


def changed_tree(git: pygit2.Repository, tree: str | None, changes: Changes) -> str:
    """The id of a tree that is as another (None: an empty one) but for these paths.

    A folder in which nothing is left goes; what stands where a folder has to be, makes room.
    """
    rows = sorted((path.split("/"), entry) for path, entry in changes.items())
    return str(_written(git, tree, rows) or git.TreeBuilder().write())


_Rows = list[tuple[list[str], Entry | None]]


def _written(git: pygit2.Repository, tree: str | None, rows: _Rows) -> pygit2.Oid | None:
    """The id of the tree; None where it is empty."""
    items = _items(git, tree)
    builder = git.TreeBuilder(git[tree]) if tree else git.TreeBuilder()  # type: ignore[arg-type]
    for name, group in groupby(rows, key=lambda row: row[0][0]):
        here, below = _split(group)
        made = _item(git, items.get(name), here, below)
        if made is not None:
            builder.insert(name, *made)
        elif name in items:
            builder.remove(name)
    return builder.write() if len(builder) else None


def _split(rows: Iterable[tuple[list[str], Entry | None]]) -> tuple[_Rows, _Rows]:
    here: _Rows = []
    below: _Rows = []
    for names, entry in rows:
        (below if names[1:] else here).append((names[1:], entry))
    return here, below


def _item(
    git: pygit2.Repository, old: pygit2.Object | None, here: _Rows, below: _Rows
) -> tuple[pygit2.Oid, FileMode] | None:
    """What a name stands for afterwards: a file, a folder, or nothing."""
    for _, entry in here:
        if entry is not None and entry.blob is not None:
            return pygit2.Oid(hex=entry.blob), FileMode(entry.mode)
    folder = str(old.id) if old is not None and old.filemode == FileMode.TREE else None
    if below and (folder or any(entry for _, entry in below)):
        made = _written(git, folder, below)
        return (made, FileMode.TREE) if made else None
    if below and old is not None:
        return old.id, FileMode(old.filemode)
    return None


def _items(git: pygit2.Repository, tree: str | None) -> Mapping[str, pygit2.Object]:
    if tree is None:
        return {}
    try:
        found = git[tree].peel(ObjectType.TREE)
        return {item.name: item for item in found if item.name is not None}
    except GIT_FAILURES as error:
        raise damaged_object(tree) from error
