"""Snapshots whose contents are git objects: a commit, and the index."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Self

import pygit2
from msgspec import Struct
from msgspec.structs import replace
from pygit2.enums import ObjectType

from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.message import message
from orgcode.model.snapshot import FOLDER, LINK, MAX_BYTES, SUBMODULE, Entry, Unreadable

MAX_PATHS = 1_000_000
"""A tree that names itself many times over can promise more paths than there are atoms."""
MAX_PATH = 4096

GIT_FAILURES = (KeyError, ValueError, OSError, pygit2.GitError)
"""How git's library says that it cannot read something."""

Row = tuple[bytes, bytes, bytes]
"""Mode in octal digits, name and id of something in a tree."""
_ROW = re.compile(rb"([0-7]{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)
_FORBIDDEN = re.compile(r"\.{1,2}|(?i:\.git)|.*/.*", re.DOTALL)


class Objects(Struct, frozen=True):
    """A snapshot whose entries name git objects."""

    entries: Mapping[str, Entry]
    odb: pygit2.Odb

    def lending(self, lent: Mapping[str, tuple[Entry, bytes | Unreadable]]) -> Self:
        """The same with other files among it, where there are none at these paths."""
        new = {path: entry for path, (entry, _) in lent.items() if path not in self.entries}
        return replace(self, entries=dict(sorted({**self.entries, **new}.items())))

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of one entry, or why they are not to be had."""
        entry = self.entries.get(path)
        if entry is None:
            return Unreadable.MISSING
        if entry.mode in _NO_CONTENT:
            return _NO_CONTENT[entry.mode]
        if entry.blob is None or not stat.S_ISREG(entry.mode):
            return Unreadable.SPECIAL
        try:
            kind, size = self.odb.read_header(entry.blob)
            if kind != ObjectType.BLOB:
                return Unreadable.DAMAGED
            if size > most:
                return Unreadable.TOO_LARGE
            return self.odb.read(entry.blob)[1]
        except GIT_FAILURES:
            return Unreadable.DAMAGED


_NO_CONTENT = {
    LINK: Unreadable.LINK,
    SUBMODULE: Unreadable.SUBMODULE,
    FOLDER: Unreadable.DIRECTORY,
}


class Commit(Objects, frozen=True):
    """The snapshot of a commit: its full id, and when it was committed (UTC)."""

    id: str
    committed_at: datetime


def list_tree(odb: pygit2.Odb, tree: str) -> Mapping[str, Entry]:
    """Every path in a tree, sorted; raises `OrgcodeError` where the tree cannot be what it says.

    Trees are parsed here, since names in them need be neither UTF-8 nor honest.
    """
    entries: dict[str, Entry] = {}
    pending = [("", tree)]
    while pending:
        prefix, id = pending.pop()
        for mode, name, item in tree_items(odb, id):
            path = prefix + name
            if is_forbidden(name) or path in entries or len(path) > MAX_PATH:
                raise dishonest(path)
            if stat.S_ISDIR(mode):
                pending.append((path + "/", item))
                if identify(path):
                    entries[path] = Entry(FOLDER)
            else:
                entries[path] = Entry(mode, item)
        if len(entries) + len(pending) > MAX_PATHS:
            raise too_many()
    return dict(sorted(entries.items()))


def is_forbidden(name: str) -> bool:
    """Whether nothing in a tree may be called so."""
    return (name[0] == "." or "/" in name) and _FORBIDDEN.fullmatch(name) is not None


def tree_items(odb: pygit2.Odb, tree: str) -> Iterator[tuple[int, str, str]]:
    """Mode, name and id of everything in one tree, as it stands there."""
    return (
        (int(mode, 8), name.decode("utf-8", "surrogateescape"), id.hex())
        for mode, name, id in tree_rows(odb, tree)
    )


def tree_rows(odb: pygit2.Odb, tree: str) -> list[Row]:
    """The same as the bytes that are written in it."""
    try:
        kind, content = odb.read(tree)
    except GIT_FAILURES as error:
        raise damaged_object(tree) from error
    found: list[Row] = _ROW.findall(content)
    length = sum(len(mode) + len(name) + 22 for mode, name, _ in found)
    if kind != ObjectType.TREE or length != len(content):
        raise damaged_object(tree)
    return found


def damaged_object(id: str) -> OrgcodeError:
    """An object of the repository that is missing or garbled."""
    return OrgcodeError(
        message("The git repository is damaged: its object {object} cannot be read.", object=id),
        message("Run 'git fsck' to see what is lost, or clone the repository again."),
    )


def dishonest(path: str) -> OrgcodeError:
    """A path that git itself would not have written."""
    return OrgcodeError(
        message("The git repository holds a path that git itself forbids: {path}.", path=path),
        message("Do not use this commit, and ask whoever made it how it came about."),
    )


def too_many() -> OrgcodeError:
    """A commit that promises more than there can be."""
    return OrgcodeError(
        message("The commit holds more than {limit} files.", limit=MAX_PATHS),
        message("Do not use this commit, and ask whoever made it how it came about."),
    )
