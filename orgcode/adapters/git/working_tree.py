"""The snapshot of what is on disk in the repository's folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from orgcode.adapters.files import read_ordinary
from orgcode.adapters.git.ignoring import ALL, Rules, is_ignored, read_rules
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import FOLDERS, identify
from orgcode.model.message import message
from orgcode.model.snapshot import (
    EXECUTABLE,
    FOLDER,
    LINK,
    MAX_BYTES,
    ORDINARY,
    SUBMODULE,
    Entry,
    Unreadable,
)

_ORDINARY = Entry(ORDINARY)
_EXECUTABLE = Entry(EXECUTABLE)
_LINK = Entry(LINK)
_SUBMODULE = Entry(SUBMODULE)
_FOLDER = Entry(FOLDER)

IndexModes = Callable[[], Mapping[str, int]]
"""Gives the mode of each path in the index; asked only when something is ignored."""


class WorkingTree(Struct, frozen=True):
    """What was on disk when it was listed; contents are read when they are asked for."""

    root: Path
    entries: Mapping[str, Entry]
    told: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Of each ordinary file its times of content and of status, size, and inode: where they are
    the same later, so is the content.
    """
    lent: Mapping[str, bytes | Unreadable] = field(default_factory=dict)
    """What is not on disk, and is shown among it: read before, wherever it stands."""

    def lending(self, lent: Mapping[str, tuple[Entry, bytes | Unreadable]]) -> WorkingTree:
        """The same with other files among it, where there are none on disk at these paths."""
        new = {path: found for path, found in lent.items() if path not in self.entries}
        entries = {**self.entries, **{path: Entry(entry.mode) for path, (entry, _) in new.items()}}
        contents = {path: content for path, (_, content) in new.items()}
        return replace(self, entries=dict(sorted(entries.items())), lent=contents)

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of one entry, or why they are not to be had."""
        entry = self.entries.get(path)
        if entry is None:
            return Unreadable.MISSING
        if path in self.lent:
            return self.lent[path]
        if entry.mode == SUBMODULE:
            return Unreadable.SUBMODULE
        return read_ordinary(f"{self.root}/{path}", most)


def list_working_tree(root: Path, rules: tuple[Rules, ...], index_modes: IndexModes) -> WorkingTree:
    """List a folder as git would: without `.git`, and without what is ignored and not in the
    index. Symbolic links and other repositories are named and not entered.
    """
    listing = _Listing(str(root), index_modes)
    pending = [("", rules)]
    while pending:
        pending.extend(listing.add_folder(*pending.pop()))
    return WorkingTree(root, dict(sorted(listing.entries.items())), listing.told)


class _Listing:
    """The entries found so far."""

    def __init__(self, root: str, index_modes: IndexModes) -> None:
        self.entries: dict[str, Entry] = {}
        self.told: dict[str, tuple[int, ...]] = {}
        self._root = root
        self._index_modes = index_modes

    def add_folder(
        self, prefix: str, rules: tuple[Rules, ...]
    ) -> list[tuple[str, tuple[Rules, ...]]]:
        """Add what stands in one folder; give the folders in it, with the rules for them."""
        try:
            with os.scandir(f"{self._root}/{prefix}") as scan:
                items = list(scan)
        except FileNotFoundError:
            return []
        except OSError:
            self._add_closed_folder(prefix)
            return []
        names = {item.name for item in items}
        if prefix and ".git" in names:
            self.entries[prefix[:-1]] = _SUBMODULE
            return []
        if ".gitignore" in names and rules[-1:] != (ALL,):
            own = read_rules(f"{self._root}/{prefix}.gitignore", prefix)
            rules = (*rules, own) if own else rules
        if prefix and (not items or identify(prefix[:-1])):
            self._add_telling_folder(prefix[:-1], is_empty=not items)
        folders = []
        for item in items:
            path = prefix + item.name
            is_folder = item.is_dir(follow_symlinks=False)
            if item.name == ".git":
                continue
            is_out = bool(rules) and is_ignored(path, rules, is_folder=is_folder)
            if is_out and not self._is_in_index(path, is_folder=is_folder):
                continue
            if is_folder:
                folders.append((path + "/", (ALL,) if is_out else rules))
            else:
                self._add_item(path, item)
        return folders

    def _add_item(self, path: str, item: os.DirEntry[str]) -> None:
        if item.is_symlink():
            self.entries[path] = _LINK
            return
        try:
            found = item.stat(follow_symlinks=False)
        except OSError:
            self.entries[path] = _ORDINARY
            return
        mode = found.st_mode
        if stat.S_ISREG(mode):
            self.entries[path] = _EXECUTABLE if mode & stat.S_IXUSR else _ORDINARY
            self.told[path] = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
        else:
            self.entries[path] = Entry(stat.S_IFMT(mode))

    def _is_in_index(self, path: str, *, is_folder: bool) -> bool:
        modes = self._index_modes()
        return path in modes or (is_folder and any(p.startswith(path + "/") for p in modes))

    def _add_telling_folder(self, path: str, *, is_empty: bool) -> None:
        """A folder is an entry of its own where it stands for a file or a submodule."""
        if identify(path):
            self.entries[path] = _FOLDER
        elif is_empty and self._index_modes().get(path) == SUBMODULE:
            self.entries[path] = _SUBMODULE

    def _add_closed_folder(self, prefix: str) -> None:
        """Of a folder that may not be read only its name is known; without one that holds the
        organisation itself, nothing true can be said about it.
        """
        top = prefix.partition("/")[0]
        if top in FOLDERS or top in ("", "proposals"):
            raise OrgcodeError(
                message("The folder {folder} cannot be read.", folder=prefix or self._root),
                message("Give yourself the right to read it, or ask whoever owns it."),
            )
        self.entries[prefix[:-1]] = _FOLDER
