"""Folders of commits as git's tree objects: compared, and laid over each other, without listing
what is the same and without writing anything.

Every tree that is looked at must be written exactly as git writes it. One that names something
twice, hides an order or uses a name that no file may have is refused: two programs could read two
things in it.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pygit2

from orgcode.adapters.git.objects import (
    MAX_PATH,
    MAX_PATHS,
    dishonest,
    is_forbidden,
    too_many,
    tree_items,
)
from orgcode.model.snapshot import FOLDER, Entry

EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""The id of the tree with nothing in it."""

_KEPT = 512


class Unlike(NamedTuple):
    """What stands at a path on either side; None: no file."""

    before: Entry | None
    after: Entry | None


class Laid(NamedTuple):
    """A tree that nobody has written yet: its id, and by id the content of each that is new."""

    id: str
    trees: Mapping[str, bytes]


class Folders:
    """The trees of a repository; those looked at last are remembered."""

    def __init__(self, odb: pygit2.Odb) -> None:
        self.odb = odb
        self._known: dict[str, Mapping[str, Entry]] = {}

    def items(self, tree: str) -> Mapping[str, Entry]:
        """What stands directly in a tree, by name; folders with mode `FOLDER`."""
        found = self._known.get(tree)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[tree] = self._read(tree)
        return found

    def at(self, tree: str, path: str) -> Entry | None:
        """What stands at a path below a tree: a file or a folder; None where nothing does."""
        here = Entry(FOLDER, tree)
        for name in path.split("/"):
            if here.mode != FOLDER or here.blob is None:
                return None
            found = self.items(here.blob).get(name)
            if found is None:
                return None
            here = found
        return here

    def files(self, tree: str) -> Iterator[str]:
        """Every path of a file below a tree."""
        return iter(self.unlike(EMPTY, tree))

    def unlike(self, one: str, other: str) -> dict[str, Unlike]:
        """The files that are not the same in two trees, by path, in order; only folders that are
        not the same are looked into.
        """
        found: dict[str, Unlike] = {}
        pending = [("", one, other)] if one != other else []
        looked = 0
        while pending:
            prefix, first, second = pending.pop()
            before, after = self.items(first), self.items(second)
            for name in before.keys() | after.keys():
                was, now = before.get(name), after.get(name)
                if was == now:
                    continue
                path = prefix + name
                if len(path) > MAX_PATH:
                    raise dishonest(path)
                if _is_folder(was) or _is_folder(now):
                    pending.append((f"{path}/", _folder(was), _folder(now)))
                files = Unlike(_file(was), _file(now))
                if any(files):
                    found[path] = files
            looked += 1
            if looked + len(pending) + len(found) > MAX_PATHS:
                raise too_many()
        return dict(sorted(found.items()))

    def laid_over(self, tree: str, changes: Mapping[str, Entry | None]) -> Laid:
        """A tree with other files (None: none) at some paths; folders left empty go."""
        folders: dict[str, dict[str, Entry | None]] = {"": {}}
        for path, entry in changes.items():
            folder, _, name = path.rpartition("/")
            folders.setdefault(folder, {})[name] = entry
            while folder and (above := folder.rpartition("/")[0]) not in folders:
                folders[above] = {}
                folder = above
        new: dict[str, bytes] = {}
        for folder in sorted(folders, key=lambda path: (path.count("/"), path != ""), reverse=True):
            old = self.at(tree, folder) if folder else Entry(FOLDER, tree)
            items = dict(self.items(_folder(old)))
            for name, entry in folders[folder].items():
                if entry is None:
                    items.pop(name, None)
                else:
                    items[name] = entry
            content = _written(items)
            id = _tree_id(content)
            if not folder:
                if id != tree:
                    new[id] = content
                return Laid(id, new)
            above, _, own = folder.rpartition("/")
            if items:
                folders[above][own] = Entry(FOLDER, id)
                new[id] = content
            else:
                folders[above].setdefault(own, None)
        raise AssertionError(tree)  # the loop ends at the top

    def _read(self, tree: str) -> Mapping[str, Entry]:
        if tree == EMPTY:
            return {}
        found: dict[str, Entry] = {}
        for mode, name, id in tree_items(self.odb, tree):
            if is_forbidden(name) or name in found:
                raise dishonest(name)
            found[name] = Entry(FOLDER if stat.S_ISDIR(mode) else mode, id)
        if _tree_id(_written(found)) != tree:
            raise dishonest(next(iter(found), ""))
        return found


def _is_folder(entry: Entry | None) -> bool:
    return entry is not None and entry.mode == FOLDER


def _folder(entry: Entry | None) -> str:
    return entry.blob or EMPTY if entry is not None and entry.mode == FOLDER else EMPTY


def _file(entry: Entry | None) -> Entry | None:
    return None if entry is None or entry.mode == FOLDER else entry


def _written(items: Mapping[str, Entry]) -> bytes:
    """A tree as git writes it: in the order of names, those of folders with a slash behind them."""
    rows: Iterable[tuple[bytes, bytes, Entry]] = (
        (raw + b"/" if entry.mode == FOLDER else raw, raw, entry)
        for raw, entry in ((_raw(name), entry) for name, entry in items.items())
    )
    return b"".join(
        b"%o %s\0%s" % (entry.mode, raw, bytes.fromhex(entry.blob or ""))
        for _, raw, entry in sorted(rows, key=lambda row: row[0])
    )


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _tree_id(content: bytes) -> str:
    made = hashlib.sha1(b"tree %d\0" % len(content), usedforsecurity=False)
    made.update(content)
    return made.hexdigest()
