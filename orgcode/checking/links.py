"""Links in Markdown to files of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast
from urllib.parse import unquote

from orgcode.model.finding import Pointer, Spot
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable

_INLINE = re.compile(r"\]\(\s*(?:<([^<>]*)>|([^\s()<>]+(?:\([^\s()]*\)[^\s()]*)*))")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:\s*(?:<([^<>]*)>|(\S+))")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|\Z")


class Link(NamedTuple):
    """A link as it is written, and where: in a page, or in a text at a pointer."""

    target: str
    pointer: Pointer = ()
    spot: Spot | None = None


def links(org: Org, path: str) -> Iterator[Link]:
    """Every link to a file in the texts of a thing, or in a page."""
    if is_page(path):
        content = org.snapshot.read(path)
        if not isinstance(content, Unreadable):
            for line, column, target in in_markdown(content.decode("utf-8", "replace")):
                yield Link(target, spot=Spot(line, column))
    elif facts := org.files.get(path):
        for pointer, text in _texts_with_links(facts.data):
            for target in dict.fromkeys([target for _, _, target in in_markdown(text)]):
                yield Link(target, pointer)
        if facts.kind == "org" and org.organisation and org.organisation.handbook.logo:
            yield Link(org.organisation.handbook.logo, ("handbook", "logo"))


def is_page(path: str) -> bool:
    """Whether a path is a page of the handbook or the README."""
    return path.endswith(".md") and (path.startswith("pages/") or "/" not in path)


def in_markdown(text: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and target of each link that leads to a file, outside code."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if ("```" in line or "~~~" in line) and (opening := _FENCE.match(line)):
            if not fence:
                fence = opening[1]
            elif opening[1].startswith(fence):
                fence = ""
        elif not fence and "]" in line:
            for match in _matches(_without_code(line)):
                place = 1 if match[1] is not None else 2
                if not _ELSEWHERE.match(match[place]):
                    yield number, match.start(place) + 1, match[place]


def resolve(target: str, path: str) -> str | None:
    """The path in the repository that a link in a file leads to; None: out of the repository."""
    address = unquote(target.partition("#")[0].partition("?")[0])
    parts = [] if address.startswith("/") else path.split("/")[:-1]
    for part in address.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _matches(line: str) -> Iterator[re.Match[str]]:
    if definition := _DEFINITION.match(line):
        yield definition
    else:
        yield from _INLINE.finditer(line)


def _without_code(line: str) -> str:
    """A line with its code spans blanked: what stands between backticks, as many on each side."""
    if "`" not in line:
        return line
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


def _texts_with_links(data: object) -> list[tuple[Pointer, str]]:
    """Every text in the data of a file that may hold a link; not what is the owner's `extra`."""
    found: list[tuple[Pointer, str]] = []
    waiting: list[tuple[Pointer, object]] = [((), data)]
    while waiting:
        pointer, value = waiting.pop()
        inside: Iterable[tuple[str | int, object]]
        if value.__class__ is dict:
            inside = cast("dict[str, object]", value).items()
        elif value.__class__ is list:
            inside = enumerate(cast("list[object]", value))
        else:
            continue
        for key, item in inside:
            if item.__class__ is str:
                if "](" in item or "]:" in item:
                    found.append(((*pointer, key), item))
            elif key != "extra":
                waiting.append(((*pointer, key), item))
    return found
