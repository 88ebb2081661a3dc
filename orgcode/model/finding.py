"""What checking finds: flaws in one file, problems across files, and findings as reported."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from orgcode.model.message import Message

Severity = Literal["error", "warning", "notice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")

Pointer = tuple[str | int, ...]
"""The way to a value inside a document: keys and list positions from the top."""


class Spot(NamedTuple):
    """A place in a text file; line and column count from 1, columns in characters."""

    line: int
    column: int


class Flaw(Struct, frozen=True, kw_only=True):
    """Something wrong with the text or the shape of one file, found while reading it."""

    rule: str
    spot: Spot
    cause: Message
    way_out: Message


class Problem(Struct, frozen=True, kw_only=True):
    """Something that a rule found; which rule and how severe is stamped on it by the runner.

    `pointer` names the value meant, or, with `on_key`, the key that holds it; `within` are the
    words of a long text that are meant. A problem that was found while reading knows its `spot`
    already; for others it is looked up last.
    """

    path: str
    cause: Message
    way_out: Message
    pointer: Pointer = ()
    on_key: bool = False
    within: str = ""
    spot: Spot | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """A problem with the name and severity of its rule and its place in the file."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    cause: Message
    way_out: Message
