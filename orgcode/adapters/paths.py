"""Paths that may be written: inside the folder, and the same on every computer."""

from __future__ import annotations

import unicodedata

_LONGEST_NAME = 255
_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_safe(path: str) -> bool:
    """Whether a path with '/' between folders stays inside the folder it is joined to: no empty,
    `.` or `..` part, nothing that some computer takes for `.git`, no backslash, no control
    character.
    """
    return bool(path) and all(_is_safe_name(name) for name in path.split("/"))


def _is_safe_name(name: str) -> bool:
    if name in ("", ".", "..") or "\\" in name:
        return False
    visible = name
    if not (name.isascii() and name.isprintable()):
        categories = {char: unicodedata.category(char) for char in name}
        if not _UNWRITABLE.isdisjoint(categories.values()):
            return False
        visible = "".join(char for char in name if categories[char] != "Cf")
    if visible.casefold().rstrip(". ") == ".git":
        return False
    return len(name.encode("utf-8")) <= _LONGEST_NAME
