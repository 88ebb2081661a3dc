"""From the bytes of a foreign file to a tree of leaves: a pure function, so it can be kept by blob.

Values are never interpreted further than needed: a leaf has its text as written beside its value,
so that a login such as `1e5` stays what it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from orgcode.documents.facts import read_facts
from orgcode.documents.nodes import Items, Keys, Node, Scalar, core_value
from orgcode.documents.source import MAX_DEPTH, parse
from orgcode.model.message import Message, message
from orgcode.model.snapshot import Unreadable

MAX_VALUES = 1_000_000
"""A file of 1 MiB cannot hold more than this; other systems have larger files than orgcode."""


class Leaf(NamedTuple):
    """One value: as it was written, and what it means."""

    text: str
    value: str | int | float | bool | None


Tree = Leaf | list["Tree"] | dict[str, "Tree"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file says; or, without `tree`, why it could not be read and where."""

    tree: Tree | None = None
    cause: Message | None = None
    line: int | None = None
    column: int | None = None
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out of it, for the next state in which it stands."""


def parse_file(path: str, content: bytes | Unreadable) -> Parsed:
    """Read a file as its name says: `.toml` is TOML, all else YAML."""
    if isinstance(content, Unreadable):
        return Parsed(cause=read_facts("org", content).flaws[0].cause)
    return parse_toml(content) if path.endswith(".toml") else parse_yaml(content)


def parse_toml(content: bytes) -> Parsed:
    """Read TOML."""
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        return Parsed(
            cause=message("This file is not text in UTF-8."),
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        )
    try:
        return _bounded(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return _broken_toml(str(error), text)
    except RecursionError:
        return Parsed(cause=_TOO_DEEP)
    except ValueError as error:
        return Parsed(cause=message("This file is no TOML: {reason}.", reason=str(error)))


def parse_yaml(content: bytes) -> Parsed:
    """Read YAML. A file with anchors, doubled keys or the like counts as unreadable: what it would
    mean is not certain.
    """
    source = parse(content, max_events=MAX_VALUES)
    if source.flaws:
        flaw = source.flaws[0]
        return Parsed(cause=flaw.cause, line=flaw.spot.line, column=flaw.spot.column)
    return Parsed(tree={} if source.root is None else _from_node(source.root))


_TOO_DEEP = message("This file nests lists and keys more than {levels} deep.", levels=MAX_DEPTH)
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def _broken_toml(reason: str, text: str) -> Parsed:
    at = _AT.search(reason)
    said = message("This file is no TOML: {reason}.", reason=_AT.sub("", reason))
    if at and at[1]:
        return Parsed(cause=said, line=int(at[1]), column=int(at[2]))
    return Parsed(cause=said, line=text.count("\n") + 1, column=len(text) - text.rfind("\n"))


def _bounded(data: object) -> Parsed:
    try:
        return Parsed(tree=_from_toml(data, MAX_DEPTH))
    except _TooDeepError:
        return Parsed(cause=_TOO_DEEP)


class _TooDeepError(Exception):
    pass


def _from_toml(value: object, levels: int) -> Tree:
    if levels < 0:
        raise _TooDeepError
    if isinstance(value, dict):
        return {key: _from_toml(inner, levels - 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_from_toml(item, levels - 1) for item in value]
    if isinstance(value, bool):
        return Leaf("true" if value else "false", value)
    if isinstance(value, int | float):
        return Leaf(_digits(value), value)
    text = str(value)
    return Leaf(text, text)


def _digits(number: float) -> str:
    """Python refuses to write out numbers of thousands of digits in ten."""
    try:
        return str(number)
    except ValueError:
        return f"{number:#x}"


def _from_node(node: Node) -> Tree:
    """The parser has bounded how deep this goes."""
    if isinstance(node, Scalar):
        return Leaf(node.text, core_value(node))
    if isinstance(node, Items):
        return [_from_node(item) for item in node.items]
    if isinstance(node, Keys):
        return {key.text: _from_node(inner) for key, inner in node.entries}
    return {}
