"""What git ignores in a working tree: the patterns of `.gitignore` and its kin.

Read here rather than asked of git, because git would obey the repository's configuration, wait
for a named pipe called `.gitignore`, and be asked 26,500 times. Semantics are gitignore(5)'s.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from orgcode.adapters.files import read_ordinary
from orgcode.adapters.git.configuration import user_folder, user_setting

_POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t-\\r ",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


class Pattern(Struct, frozen=True):
    """One line of an ignore file."""

    expression: re.Pattern[str]
    on_name: bool
    folders_only: bool
    ignores: bool


class Rules(Struct, frozen=True):
    """The patterns of one file, which hold under `base` ('' or a path that ends in '/')."""

    base: str
    patterns: tuple[Pattern, ...]


ALL = Rules("", (Pattern(re.compile(""), on_name=True, folders_only=False, ignores=True),))
"""Holds in a folder that is ignored as a whole, though some files in it are in the index."""


def everywhere(git_folder: Path) -> tuple[Rules, ...]:
    """The rules of this user and of `info/exclude`; weakest first."""
    files = (_users_excludes(), git_folder / "info" / "exclude")
    return tuple(rules for file in files if file and (rules := read_rules(file, "")))


def read_rules(file: str | Path, base: str) -> Rules | None:
    """The rules in an ignore file, or None where there are none to be read."""
    content = read_ordinary(file)
    if not isinstance(content, bytes):
        return None
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    patterns = tuple(_patterns(text))
    return Rules(base, patterns) if patterns else None


def is_ignored(path: str, rules: Sequence[Rules], *, is_folder: bool) -> bool:
    """Whether the last pattern that matches ignores the path. Later rules are stronger."""
    name = path[path.rfind("/") + 1 :]
    for group in reversed(rules):
        below = path[len(group.base) :]
        for pattern in reversed(group.patterns):
            if pattern.folders_only and not is_folder:
                continue
            if pattern.expression.match(name if pattern.on_name else below):
                return pattern.ignores
    return False


def _users_excludes() -> Path | None:
    named = user_setting("core.excludesFile")
    try:
        if named:
            return Path(named).expanduser()
    except RuntimeError:
        return None
    folder = user_folder()
    return folder / "ignore" if folder else None


def _patterns(text: str) -> Iterator[Pattern]:
    for raw in text.split("\n"):
        line = _without_trailing_spaces(raw.removesuffix("\r"))
        if not line or line.startswith("#"):
            continue
        ignores = not line.startswith("!")
        line = line if ignores else line[1:]
        folders_only = line.endswith("/")
        line = line[:-1] if folders_only else line
        on_name = "/" not in line
        expression = _translate(line.removeprefix("/"))
        if line and expression is not None:
            yield Pattern(expression, on_name, folders_only, ignores)


def _without_trailing_spaces(line: str) -> str:
    bare = line.rstrip(" ")
    if bare == line:
        return line
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 else bare


def _translate(glob: str) -> re.Pattern[str] | None:
    """A regular expression for a pattern; None where git would never match it."""
    parts: list[list[str]] = [[""]]
    at = 0
    while at < len(glob):
        char = glob[at]
        if char == "/":
            parts.append([""])
            at += 1
        elif char == "*":
            stars = len(glob[at:]) - len(glob[at:].lstrip("*"))
            whole_part = parts[-1] == [""] and glob[at + stars : at + stars + 1] in ("", "/")
            if stars == 2 and whole_part:
                parts[-1] = []
            else:
                parts[-1].append("")
            at += stars
        else:
            found = _translate_character(glob, at)
            if found is None:
                return None
            piece, at = found
            parts[-1][-1] += piece
    return re.compile(_join(parts) + r"\Z", re.DOTALL)


def _join(parts: list[list[str]]) -> str:
    """Parts between slashes, each as the pieces between its stars; `**` is a part without any.

    Stars take as little as they can and never give back (`(?>...)`), the last as much as they
    can: a pattern of many stars costs no more time than its length.
    """
    if parts == [[]]:
        return "[^/]*"
    groups: list[list[str]] = [[]]
    for part in parts:
        if part:
            groups[-1].append(_join_part(part))
        else:
            groups.append([])
    joined = "".join(f"{part}/" for part in groups[0]) if len(groups) > 1 else "/".join(groups[0])
    for group in groups[1:-1]:
        joined += "(?>(?:[^/]+/)*?" + "".join(f"{part}/" for part in group) + ")"
    if len(groups) > 1:
        joined += "(?:[^/]+/)*" + "/".join(groups[-1]) if groups[-1] else ".+"
    return joined


def _join_part(pieces: list[str]) -> str:
    middle = "".join(f"(?>[^/]*?{piece})" for piece in pieces[1:-1])
    return pieces[0] + middle + (f"[^/]*{pieces[-1]}" if len(pieces) > 1 else "")


def _translate_character(glob: str, at: int) -> tuple[str, int] | None:
    char = glob[at]
    if char == "?":
        return "[^/]", at + 1
    if char == "[":
        return _translate_set(glob, at + 1)
    if char == "\\":
        return (re.escape(glob[at + 1]), at + 2) if at + 1 < len(glob) else None
    return re.escape(char), at + 1


def _translate_set(glob: str, at: int) -> tuple[str, int] | None:
    """The set that begins after a bracket, and the place after it; None where it never ends."""
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    inside, first = "", True
    while glob[at : at + 1] not in ("", "]") or (first and at < len(glob)):
        first = False
        if named := re.compile(r"\[:([a-z]*):\]").match(glob, at):
            if named[1] not in _POSIX:
                return None
            inside, at = inside + _POSIX[named[1]], named.end()
            continue
        low, at = _set_member(glob, at)
        if glob[at : at + 1] == "-" and glob[at + 1 : at + 2] not in ("", "]"):
            high, at = _set_member(glob, at + 1)
            inside += f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""
        else:
            inside += re.escape(low)
    if at >= len(glob):
        return None
    if not inside:
        return ("[^/]" if negated else "(?!)"), at + 1
    return f"(?!/)[{'^' if negated else ''}{inside}]", at + 1


def _set_member(glob: str, at: int) -> tuple[str, int]:
    if glob[at] == "\\" and at + 1 < len(glob):
        return glob[at + 1], at + 2
    return glob[at], at + 1
