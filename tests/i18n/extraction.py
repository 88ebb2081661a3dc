"""Every sentence that orgcode can say, found in its sources and templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, nodes

from orgcode.checking.change_rules import EVERY_RULE
from orgcode.checking.documentation import documentation
from orgcode.cli.command import CLICKS_OWN
from orgcode.model.message import Message

ROOT = Path(__file__).parents[2]
CALLS = {"message": 1, "words": 1, "say": 1, "messages": 2, "count": 2}
"""Functions and macros whose first argument, or first two, are sentences."""
PASSING_ON = {
    "orgcode/model/message.py",
    "orgcode/i18n/translator.py",
    "orgcode/rendering/words.py",
}
"""Files that make messages of what others wrote, which is found there."""
MAYBE = {"say", "count"}
"""Those that may also be given something else."""


class Sentence(NamedTuple):
    """A template, with that for many where it counts, and where it stands."""

    one: str
    many: str | None
    place: str


class Unwritten(NamedTuple):
    """A place that makes a sentence of something else than a literal: it cannot be found."""

    place: str


def sentences() -> tuple[Sentence, ...]:
    """All sentences of the package and its templates."""
    return tuple(found for found in _everything() if isinstance(found, Sentence))


def unwritten() -> tuple[Unwritten, ...]:
    """All places whose sentences cannot be found."""
    return tuple(found for found in _everything() if isinstance(found, Unwritten))


@cache
def _everything() -> tuple[Sentence | Unwritten, ...]:
    found: list[Sentence | Unwritten] = []
    for file in sorted((ROOT / "orgcode").rglob("*.py")):
        found.extend(_in_python(file))
    found.extend(_in_rules())
    found.extend(Sentence(text, None, "click") for text in CLICKS_OWN)
    for file in sorted((ROOT / "templates").rglob("*")):
        if file.suffix in {".html", ".j2", ".xml", ".txt"}:
            found.extend(_in_template(file))
    return tuple(found)


def _in_python(file: Path) -> Iterator[Sentence | Unwritten]:
    relative = file.relative_to(ROOT)
    for node in ast.walk(ast.parse(file.read_bytes())):
        if not isinstance(node, ast.Call):
            continue
        if relative.parts[1] == "cli":
            yield from _help(node, f"{relative}:{node.lineno}")
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if name not in CALLS or not node.args:
            continue
        words = [_constant(argument) for argument in node.args[: CALLS[name]]]
        place = f"{relative}:{node.lineno}"
        if None in words or len(words) != CALLS[name]:
            if name not in MAYBE and relative.as_posix() not in PASSING_ON:
                yield Unwritten(place)
            continue
        yield Sentence(words[0] or "", words[1] if len(words) == 2 else None, place)


def _help(call: ast.Call, place: str) -> Iterator[Sentence]:
    """The help of a command or option, which click wants as text."""
    for keyword in call.keywords:
        if keyword.arg in {"help", "epilog"} and (text := _constant(keyword.value)):
            yield Sentence(cleandoc(text), None, place)


def _constant(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


def _in_rules() -> Iterator[Sentence]:
    """The documentation of rules: each paragraph of their docstrings."""
    for rule in EVERY_RULE:
        for part in documentation(rule):
            if isinstance(part, Message):
                yield Sentence(part.id, None, rule.name)


def _in_template(file: Path) -> Iterator[Sentence | Unwritten]:
    relative = file.relative_to(ROOT)
    tree = Environment(autoescape=True).parse(file.read_text("utf-8"))
    for node in tree.find_all(nodes.Call):
        name = getattr(node.node, "name", None) or getattr(node.node, "attr", None)
        if name not in CALLS:
            continue
        words = [str(a.value) for a in node.args[: CALLS[name]] if isinstance(a, nodes.Const)]
        place = f"{relative}:{node.lineno}"
        if len(words) != CALLS[name]:
            if name not in MAYBE:
                yield Unwritten(place)
            continue
        yield Sentence(words[0], words[1] if len(words) == 2 else None, place)
