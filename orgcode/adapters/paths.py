"""Paths that may be written: inside the folder, and the same on every computer."""

from __future__ import annotations

import unicodedata

_LONGEST_NAME = 255


def is_safe(path: str) -> bool:
    """Whether a path with '/' between folders stays inside the folder it is joined to, and says
    what it seems to say: no empty, `.` or `..` part, no `.git`, backslash or control character.
    """
    return bool(path) and all(_is_safe_name(name) for name in path.split("/"))


def _is_safe_name(name: str) -> bool:
    if name in ("", ".", "..") or "\\" in name or name.casefold().rstrip(". ") == ".git":
        return False
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name):
        return False
    return len(name.encode("utf-8")) <= _LONGEST_NAME
