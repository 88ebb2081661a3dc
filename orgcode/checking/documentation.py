"""The documentation of a rule, read from its docstring: paragraphs and runnable examples.

The form is described in `orgcode.checking.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from inspect import cleandoc
from itertools import groupby

from msgspec import Struct

from orgcode.checking.rule import Rule
from orgcode.model.message import Message

EXAMPLE_DAY = date(2027, 3, 1)
"""The day on which the examples are read."""

_HEADER = re.compile(r"# (?P<path>[^\s,]*[/.][^\s,]*)(?:, (?P<note>[a-z0-9 -]+?))?\Z")
_MARK = re.compile(r"\s*# <-- here\Z")


class ExampleFile(Struct, frozen=True, kw_only=True):
    """A file of an example: its lines without marks, and which of them (from 1) were marked."""

    path: str
    note: str | None
    lines: tuple[str, ...]
    marked: tuple[int, ...]


class Example(Struct, frozen=True, kw_only=True):
    """Files in which the rule finds the marked lines (wrong) or nothing (right)."""

    right: bool
    text: str

    @property
    def files(self) -> tuple[ExampleFile, ...]:
        """The files that the text of the example shows."""
        return tuple(_files(self.text))


def documentation(rule: Rule) -> tuple[Message | Example, ...]:
    """The parts of a rule's documentation in order; the first says what the rule ensures."""
    return tuple(_parts(cleandoc(rule.documentation)))


def summary(rule: Rule) -> Message:
    """What a rule ensures, in one sentence."""
    first = documentation(rule)[0]
    if not isinstance(first, Message):
        raise TypeError(rule.name)
    return first


def _parts(text: str) -> Iterator[Message | Example]:
    right = False
    for indented, lines in groupby(_with_indent(text), key=lambda pair: pair[0]):
        block = "\n".join(line for _, line in lines).strip("\n")
        if indented:
            yield Example(right=right, text=cleandoc(block))
            continue
        for paragraph in re.split(r"\n{2,}", block):
            words = " ".join(paragraph.split())
            right = words == "Right:"
            yield Message(id=words)


def _with_indent(text: str) -> Iterator[tuple[bool, str]]:
    """Each line with whether it belongs to an example; empty lines go with the line above."""
    indented = False
    for line in text.split("\n"):
        if line.strip():
            indented = line.startswith("    ")
        yield indented, line


def _files(text: str) -> Iterator[ExampleFile]:
    path: str | None = None
    note: str | None = None
    lines: list[str] = []
    marked: list[int] = []
    for shown in text.split("\n"):
        line, marks = _MARK.subn("", shown)
        if header := _HEADER.match(line):
            if path is not None:
                yield _file(path, note, lines, marked)
            path, note, lines = header["path"], header["note"], []
            marked = [1] * marks
            continue
        lines.append(line)
        marked += [len(lines)] * marks
    if path is not None:
        yield _file(path, note, lines, marked)


def _file(path: str, note: str | None, lines: list[str], marked: list[int]) -> ExampleFile:
    while lines and not lines[-1]:
        lines.pop()
    return ExampleFile(path=path, note=note, lines=tuple(lines), marked=tuple(marked))
