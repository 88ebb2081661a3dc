"""Folders of commits as git's tree objects: compared, and laid over each other, without listing
what is the same and without writing anything.

Every tree that is looked at must be written exactly as git writes it. One that names something
twice, hides an order or uses a name that no file may have is refused: two programs could read two
things in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import pygit2

from orgcode.adapters.git.objects import (
    MAX_PATH,
    MAX_PATHS,
    Row,
    dishonest,
    is_forbidden,
    too_many,
    tree_rows,
)
from orgcode.model.snapshot import FOLDER, Entry

EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""The id of the tree with nothing in it."""

_KEPT = 512
_FOLDER = b"40000"
_DOT = ord(".")

Rows = Mapping[bytes, Row]
"""What stands directly in a tree, by name."""


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
        self._known: dict[str, Rows] = {EMPTY: {}}

    def items(self, tree: str) -> Mapping[str, Entry]:
        """What stands directly in a tree, by name; folders with mode `FOLDER`."""
        return {_text(name): _entry(row) for name, row in self._rows(tree).items()}

    def at(self, tree: str, path: str) -> Entry | None:
        """What stands at a path below a tree: a file or a folder; None where nothing does."""
        here = Entry(FOLDER, tree)
        for name in path.split("/"):
            if here.mode != FOLDER or here.blob is None:
                return None
            row = self._rows(here.blob).get(_raw(name))
            if row is None:
                return None
            here = _entry(row)
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
            before, after = self._rows(first), self._rows(second)
            for name in {name for _, name, _ in {*before.values()} ^ {*after.values()}}:
                was, now = (
                    _entry(rows[name]) if name in rows else None for rows in (before, after)
                )
                path = prefix + _text(name)
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
            rows = dict(self._rows(_folder(old)))
            for name, entry in folders[folder].items():
                if entry is None:
                    rows.pop(_raw(name), None)
                else:
                    rows[_raw(name)] = _row(name, entry)
            content = _written(rows.values())
            id = _tree_id(content)
            if not folder:
                if id != tree:
                    new[id] = content
                return Laid(id, new)
            above, _, own = folder.rpartition("/")
            if rows:
                folders[above][own] = Entry(FOLDER, id)
                new[id] = content
            else:
                folders[above].setdefault(own, None)
        raise AssertionError(tree)  # the loop ends at the top

    def _rows(self, tree: str) -> Rows:
        found = self._known.get(tree)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known = {EMPTY: {}}
            found = self._known[tree] = _honest(tree_rows(self.odb, tree))
        return found


def _honest(rows: list[Row]) -> Rows:
    """The rows of a tree by name; raises `OrgcodeError` where git would not have written it so."""
    found = {row[1]: row for row in rows}
    for name in found:
        if (name[0] == _DOT or b"/" in name) and is_forbidden(_text(name)):
            raise dishonest(_text(name))
    for mode in {row[0] for row in rows}:
        is_folder = int(mode, 8) & 0o170000 == FOLDER
        if mode.startswith(b"0") or (is_folder and mode != _FOLDER):
            raise dishonest(next(_text(row[1]) for row in rows if row[0] == mode))
    names = [*map(_order, rows)]
    if names != sorted(names):
        raise dishonest(next(_text(other) for one, other in pairwise(names) if one > other))
    if len(found) != len(rows):  # also a file and a folder of one name
        raise dishonest(next(_text(row[1]) for row in rows if found[row[1]] is not row))
    return found


def _is_folder(entry: Entry | None) -> bool:
    return entry is not None and entry.mode == FOLDER


def _folder(entry: Entry | None) -> str:
    return entry.blob or EMPTY if entry is not None and entry.mode == FOLDER else EMPTY


def _file(entry: Entry | None) -> Entry | None:
    return None if entry is None or entry.mode == FOLDER else entry


def _written(rows: Iterable[Row]) -> bytes:
    """A tree as git writes it: in the order of names, those of folders with a slash behind them."""
    return b"".join(b"%b %b\0%b" % row for row in sorted(rows, key=_order))


def _order(row: Row) -> bytes:
    return row[1] + b"/" if row[0] == _FOLDER else row[1]


def _row(name: str, entry: Entry) -> Row:
    return b"%o" % entry.mode, _raw(name), bytes.fromhex(entry.blob or "")


def _entry(row: Row) -> Entry:
    return Entry(int(row[0], 8), row[2].hex())


def _entry_at(rows: Rows, name: bytes) -> Entry | None:
    return _entry(rows[name]) if name in rows else None


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _tree_id(content: bytes) -> str:
    made = hashlib.sha1(b"tree %d\0" % len(content), usedforsecurity=False)
    made.update(content)
    return made.hexdigest()
