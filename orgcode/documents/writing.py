"""From data to the text of a document: YAML as people write it, that reads back the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from orgcode.documents import shapes
from orgcode.documents.scalars import scalar
from orgcode.documents.shapes import ANYTHING, Shape
from orgcode.model.facts import Kind

WIDTH = 100
"""Longer lines are folded, as far as there are spaces to fold them at."""

_STEP = "  "
_ITEMS_DOWN = frozenset({"members", "holders", "former", "accountabilities", "values"})
"""Lists of which each item has a line of its own, so that a change of one is a change of a line."""
_GROUPS_ALONG = frozenset({"ended", "members", "holders", "former"})
_GROUPS_ALONG_BELOW = frozenset({"accounts", "memberships", "core_roles"})
"""Where keys are written between braces, as long as they fit."""


_FORMS = {
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
    "uuid": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"),
}


def write_document(kind: Kind, data: object) -> bytes:
    """The bytes of a file of that kind, its keys in the order of the schema."""
    lines = _value("", data, _Where(shapes.shape(kind)), "")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


class _Where(NamedTuple):
    """What may stand there, and the key and the one above it under which it stands."""

    shape: Shape
    key: str = ""
    above: str = ""

    def below(self, key: str) -> _Where:
        return _Where(self.shape.keys.get(key) or self.shape.rest or ANYTHING, key, self.key)

    def inside(self) -> _Where:
        return _Where(self.shape.items or ANYTHING, self.key, self.above)


def _value(head: str, value: object, where: _Where, indent: str) -> Iterator[str]:
    """The lines of a value behind `head`: its key, its dash, or nothing."""
    if isinstance(value, str):
        yield from _text(head, value, where, indent)
    elif isinstance(value, Mapping | list | tuple):
        room = WIDTH - len(indent) - len(head) - 1
        along = _along(value, where, room)
        if along is not None:
            yield f"{indent}{head} {along}" if head else along
        elif head.endswith("-"):
            first, *others = _block(value, where, indent + _STEP)
            yield f"{indent}{head} {first.lstrip(' ')}"
            yield from others
        else:
            if head:
                yield f"{indent}{head}"
            yield from _block(value, where, indent + _STEP if head else indent)
    else:
        yield f"{indent}{head} {scalar(value)}" if head else scalar(value)


def _block(
    value: Mapping[str, object] | list[object] | tuple[object, ...], where: _Where, indent: str
) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in _in_order(value, where.shape):
            yield from _value(f"{_key(key, where)}:", inner, where.below(key), indent)
    else:
        for item in value:
            yield from _value("-", item, where.inside(), indent)


def _in_order(value: Mapping[str, object], shape: Shape) -> list[tuple[str, object]]:
    places = {key: place for place, key in enumerate(shape.keys)}
    return sorted(value.items(), key=lambda item: places.get(item[0], len(places)))


def _along(value: object, where: _Where, room: int) -> str | None:
    """A list or group of keys on one line; None where it does not fit or would not read well."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    if isinstance(value, Mapping):
        is_below = where.above in _GROUPS_ALONG_BELOW
        if not is_below and (where.key not in _GROUPS_ALONG or len(value) == 1):
            return None
        pieces = [
            f"{_key(key, where)}: {_short(inner, where.below(key), flow=True)}"
            for key, inner in _in_order(value, where.shape)
            if _is_short(inner)
        ]
        written = f"{{{', '.join(pieces)}}}"
    else:
        assert isinstance(value, list | tuple)  # noqa: S101 (for the type checker)
        if where.key in _ITEMS_DOWN:
            return None
        pieces = [_short(item, where.inside(), flow=True) for item in value if _is_short(item)]
        written = f"[{', '.join(pieces)}]"
    return written if len(pieces) == len(value) and len(written) <= room else None


def _key(key: str, where: _Where) -> str:
    """Keys of the schema are read as text by orgcode, whatever they are to others (`on`)."""
    return key if key in where.shape.keys else scalar(key, flow=True)


def _short(value: object, where: _Where, *, flow: bool) -> str:
    """A day stands without quotes where a day is wanted, and so does the id of an organisation."""
    form = _FORMS.get(where.shape.name)
    as_it_is = form is not None and isinstance(value, str) and form.match(value)
    return str(value) if as_it_is else scalar(value, flow=flow)


def _is_short(value: object) -> bool:
    return not isinstance(value, Mapping | list | tuple) and "\n" not in str(value)


def _text(head: str, text: str, where: _Where, indent: str) -> Iterator[str]:
    """A text: lines as lines, what is long folded, all else on one line."""
    inner = indent + _STEP
    if head and _can_be_lines(text):
        yield f"{indent}{head} {'|' if text.endswith(chr(10)) else '|-'}"
        for line in text.removesuffix("\n").split("\n"):
            yield f"{inner}{line}" if line else ""
    elif head and _can_be_folded(text) and len(indent) + len(head) + len(text) >= WIDTH:
        yield f"{indent}{head} >-"
        yield from _folded(text, inner)
    else:
        written = _short(text, where, flow=False)
        yield f"{indent}{head} {written}" if head else written


def _can_be_lines(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    return (
        len(lines) > 1
        and lines[0][:1] not in ("", " ")
        and lines[-1] != ""
        and all(line.isprintable() and (line.strip() or not line) for line in lines)
    )


def _can_be_folded(text: str) -> bool:
    return text.isprintable() and all(text.split(" "))


def _folded(text: str, indent: str) -> Iterator[str]:
    line = indent
    for word in text.split(" "):
        if line != indent and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = indent
        line += word if line == indent else f" {word}"
    yield line
