"""Links in Markdown to files of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

_INLINE = re.compile(r"\]\([^\S\n]*(?:<([^<>\n]*)>|([^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*))")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:\s*(?:<([^<>]*)>|(\S+))")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FOR_PEOPLE = frozenset({"README.md", "LICENSE"})
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|\Z")


def is_page(path: str) -> bool:
    """Whether a path is a page of the handbook or the README."""
    return path.endswith(".md") and (path.startswith("pages/") or "/" not in path)


def is_for_people(path: str) -> bool:
    """Whether a path is a page or picture for people: of the handbook, or met on a forge."""
    return path in _FOR_PEOPLE or path.startswith(("pages/", "assets/"))


def in_markdown(text: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and target of each link that leads to a file, outside code."""
    if "```" not in text and "~~~" not in text:
        for number, line in enumerate(text.split("\n"), 1):
            if "]" in line:
                yield from _in_line(number, line)
        return
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if opening := _FENCE.match(line):
            if not fence:
                fence = opening[1]
            elif opening[1].startswith(fence):
                fence = ""
        elif not fence and "]" in line:
            yield from _in_line(number, line)


def targets(text: str) -> Iterable[str]:
    """The target of each link in a text that leads to a file, once."""
    if "```" in text or "~~~" in text or "]:" in text or _may_be_code(text):
        return dict.fromkeys([target for _, _, target in in_markdown(text)])
    found = [one or other for one, other in _INLINE.findall(text)]
    return dict.fromkeys([target for target in found if not _ELSEWHERE.match(target)])


def resolve(target: str, path: str) -> str | None:
    """The path in the repository that a link in a file leads to; None: out of the repository."""
    return _resolve(target, path.rpartition("/")[0])


@lru_cache(maxsize=16384)
def _resolve(target: str, folder: str) -> str | None:
    address = unquote(target.partition("#")[0].partition("?")[0])
    parts = folder.split("/") if folder and not address.startswith("/") else []
    for part in address.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _may_be_code(text: str) -> bool:
    """Whether a line with a link has a backtick too."""
    place = text.find("`")
    while place >= 0:
        end = text.find("\n", place)
        if end < 0:
            end = len(text)
        if text.find("](", text.rfind("\n", 0, place) + 1, end) >= 0:
            return True
        place = text.find("`", end)
    return False


def _in_line(number: int, line: str) -> Iterator[tuple[int, int, str]]:
    shown = _without_code(line) if "`" in line else line
    definition = _DEFINITION.match(shown) if "]:" in shown else None
    for match in (definition,) if definition else _INLINE.finditer(shown):
        place = 1 if match[1] is not None else 2
        if not _ELSEWHERE.match(match[place]):
            yield number, match.start(place) + 1, match[place]


def _without_code(line: str) -> str:
    """A line with its code spans blanked: what stands between backticks, as many on each side."""
    runs = list(re.finditer("`+", line))
    closing: dict[str, int] = {}
    partner: list[int | None] = [None] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        partner[number] = closing.get(runs[number][0])
        closing[runs[number][0]] = number
    kept, number, done = [], 0, 0
    while number < len(runs):
        close = partner[number]
        if close is not None:
            kept.append(line[done : runs[number].start()])
            done = runs[close].end()
            kept.append(" " * (done - runs[number].start()))
            number = close
        number += 1
    return "".join([*kept, line[done:]])
