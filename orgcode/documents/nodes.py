"""What a YAML text consists of: scalars, lists and mappings, each with its place in the text."""

from __future__ import annotations

import re

from msgspec import Struct

from orgcode.model.finding import Flaw, Spot


class Scalar(Struct, frozen=True, gc=False):
    """One value as written; `start` and `end` count characters from the top of the text."""

    text: str
    plain: bool
    start: int
    end: int


class Items(Struct, frozen=True, gc=False):
    """A list."""

    items: list[Node]
    flow: bool
    start: int


class Keys(Struct, frozen=True, gc=False):
    """A mapping; each key comes once."""

    entries: list[tuple[Scalar, Node]]
    flow: bool
    start: int


class Lost(Struct, frozen=True, gc=False):
    """Where something stands of which nothing can be made; a flaw says why."""

    start: int


Node = Scalar | Items | Keys | Lost


class Source(Struct, frozen=True, gc=False):
    """What one file says: its top node (None: nothing could be read) and what is wrong with it.

    `hashes` are the places where a comment starts that looks like lost text (`kamer #3`).
    """

    root: Node | None
    flaws: tuple[Flaw, ...]
    text: str = ""
    hashes: frozenset[int] = frozenset()


def spot(text: str, index: int) -> Spot:
    """The line and column of a character."""
    before = text[:index]
    breaks = before.count("\n")
    last = before.rfind("\n")
    if "\r" in before:
        breaks += before.count("\r") - before.count("\r\n")
        last = max(last, before.rfind("\r"))
    return Spot(breaks + 1, index - last)


def core_value(scalar: Scalar) -> str | int | float | bool | None:
    """A scalar as YAML 1.2's core types have it."""
    text = scalar.text
    if not scalar.plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMERIC and len(text) <= _MAX_DIGITS:
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        if _BASED.match(text):
            return int(text, 0)
        if text.lstrip("+-").lower() == ".inf":
            return float(text.replace(".", ""))
        if text.lower() == ".nan":
            return float("nan")
    return text


_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMERIC = frozenset("+-.0123456789")
_MAX_DIGITS = 300
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_BASED = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
