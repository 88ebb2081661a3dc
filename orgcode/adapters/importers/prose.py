"""Texts in Markdown, where orgcode wants a plain line: a purpose, the name of a link, an hour.

Other systems write one long text. Its first sentences tell what a group is for, and become the
purpose; what follows becomes context, in which Markdown stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

LONG_ENOUGH = 160
"""No sentence is added to a purpose that has so many characters; a first one may be longer."""

Resolve = Callable[[str], str | None]
"""From the target of a link, which may be relative, to a whole address; None: it is none."""

_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,200})\]"
    r"\([ \t]{0,9}<?([^\s()<>]{0,2000})>?(?:[ \t]{1,9}\"[^\"]{0,200}\")?[ \t]{0,9}\)"
)
_TARGET = re.compile(r"(\]\([ \t]{0,9}<?)([^\s()<>]+)")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1", re.DOTALL)
_MARKUP = re.compile(r"\]\(|\*\*|__|`|<[A-Za-z/!]|^[ \t]*(?:[-*+>#]|\d+[.)])\s", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])\s+(?=[\"“'(\[*`]*[A-Z0-9])|\n\s*\n")
_SHORTENED = re.compile(r"(?:\b(?:e\.?g|i\.?e|etc|vs|cf|Inc|St|Dr|Mr|Mrs|Ms|No)|\b[A-Z])\.\Z")


class Purpose(NamedTuple):
    """What a text says first, in plain words, and what it says besides, in Markdown."""

    words: str
    rest: str | None


def purpose_of(text: str, resolve: Resolve) -> Purpose:
    """Divide a text. Where its very first sentence says more in Markdown, the rest repeats it."""
    text = text.strip()
    ends = [0, *_ends(text), len(text)]
    done = 0
    for begin, end in pairwise(ends):
        sentence = text[begin:end]
        says_more = "](" in sentence or _MARKUP.search(plain(sentence))
        if says_more or (done and done + len(sentence) > LONG_ENOUGH):
            break
        done = end
    if done == 0:
        return Purpose(plain(text[: ends[1]]), absolute(text, resolve) or None)
    return Purpose(plain(text[:done]), absolute(text[done:].strip(), resolve) or None)


def plain(text: str) -> str:
    """The words of a text in Markdown, in one line."""
    without_links = _LINK.sub(lambda link: link[1] or link[2], text)
    return one_line(_STRONG.sub(r"\2", _BREAK.sub(" ", without_links)).replace("`", ""))


def one_line(text: str) -> str:
    """A text without line ends and doubled blanks."""
    return " ".join(text.split())


def links_in(text: str, resolve: Resolve) -> list[tuple[str, str]]:
    """The links in a text: words and whole address of each."""
    found = []
    for link in _LINK.finditer(text):
        address = resolve(link[2])
        if address is not None:
            found.append((plain(link[1]) or address, address))
    return found


def is_one_link(text: str) -> bool:
    """Whether a text is one link and nothing else."""
    return _LINK.fullmatch(text.strip()) is not None


def absolute(text: str, resolve: Resolve) -> str:
    """A text in Markdown whose links lead where they led in the place it comes from."""
    return _TARGET.sub(lambda link: link[1] + (resolve(link[2]) or link[2]), text)


def _ends(text: str) -> list[int]:
    """Where a sentence begins after another; never between brackets or after `e.g.`."""
    found: list[int] = []
    depth = 0
    checked = 0
    for match in _END.finditer(text):
        piece = text[checked : match.start()]
        depth += sum(map(piece.count, "([")) - sum(map(piece.count, ")]"))
        checked = match.start()
        if match[0].count("\n") > 1:
            found.append(match.end())
            depth = 0
        elif depth <= 0 and not _SHORTENED.search(text[max(0, match.start() - 6) : match.start()]):
            found.append(match.end())
    return found
