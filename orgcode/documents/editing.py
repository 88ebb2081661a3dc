"""Small edits of a file that somebody wrote: all the rest stays as it is, comments and layout too.

An edit is made in the text, then read again: where it says anything but what it should, it is not
made, and whoever asked has to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from orgcode.documents.nodes import Items, Keys, Node, Scalar, Source, core_value
from orgcode.documents.scalars import scalar
from orgcode.documents.source import parse

_DASH = re.compile(r"( *)-[ \t]+\Z")
_EMPTY = re.compile(r"\A[ \t]*(?:\[[ \t]*\]|~|null|Null|NULL)")
_NOTHING = re.compile(r"[ \t]*(?:#.*)?\Z")


def with_item(content: bytes, key: str, item: Mapping[str, str]) -> bytes | None:
    """The file with one more group of keys in the list under a key, which is made where it is
    missing: at the end, or at the beginning of a list between brackets. None where this cannot be
    done without rewriting more of the file.
    """
    before = parse(content)
    if before.flaws or not isinstance(before.root, Keys) or before.root.flow:
        return None
    edited = _edited(before, before.root, key, item)
    if edited is None:
        return None
    mark = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    made = f"{mark}{edited}".encode()
    after = parse(made)
    if after.flaws or not isinstance(after.root, Keys):
        return None
    old, new = (
        {name.text: _plain(node) for name, node in r.entries} for r in (before.root, after.root)
    )
    items = old.pop(key, None) or []
    assert isinstance(items, list)  # noqa: S101 (`_edited` refuses all else)
    is_there = new.pop(key, None) in ([*items, dict(item)], [dict(item), *items])
    return made if is_there and old == new else None


def _edited(source: Source, root: Keys, key: str, item: Mapping[str, str]) -> str | None:
    there = next(((name, node) for name, node in root.entries if name.text == key), None)
    end = _line_end(source.text)
    if there is None:
        lines = [f"{key}:", *_block(item, "  ")]
        return _inserted(source.text, _last(source.text), lines, end)
    name, node = there
    if _is_empty(node):
        lines = [*_block(item, "  ")]
        return _in_place_of(source.text, name, lines, end)
    if not isinstance(node, Items):
        return None
    if node.flow:
        at = node.start + 1
        return f"{source.text[:at]}{_group(item)}, {source.text[at:]}"
    return _behind_last(source.text, node, item, end)


def _behind_last(text: str, node: Items, item: Mapping[str, str], end: str) -> str | None:
    """The list with one more, written as the last one is."""
    last = node.items[-1]
    begin = _line_begin(text, last.start)
    dash = _DASH.match(text[begin : last.start])
    if dash is None:
        return None
    indent = dash[1]
    is_group = isinstance(last, Keys) and last.flow
    lines = [f"{indent}- {_group(item)}"] if is_group else [*_block(item, indent)]
    return _inserted(text, _end_of_item(text, last.start, len(indent)), lines, end)


def _end_of_item(text: str, start: int, indent: int) -> int:
    """Where the last line of an item ends that has anything in it but a remark."""
    place = found = _next_line(text, start)
    while place < len(text):
        following = _next_line(text, place)
        line = text[place:following].rstrip("\r\n")
        if not _NOTHING.match(line):
            if len(line) - len(line.lstrip(" ")) <= indent:
                break
            found = following
        place = following
    return found


def _in_place_of(text: str, name: Scalar, lines: list[str], end: str) -> str | None:
    """The lines below a key that has nothing, or an empty list, beside it."""
    colon = text.find(":", name.end) + 1
    following = _next_line(text, colon)
    beside = text[colon:following].rstrip("\r\n")
    beside = _EMPTY.sub("", beside, count=1)
    if not _NOTHING.match(beside):
        return None
    head = f"{text[:colon]}{beside}{end}"
    return head + "".join(f"{line}{end}" for line in lines) + text[following:]


def _block(item: Mapping[str, str], indent: str) -> list[str]:
    pairs = [f"{key}: {_written(value)}" for key, value in item.items()]
    return [f"{indent}- {pairs[0]}", *(f"{indent}  {pair}" for pair in pairs[1:])]


def _group(item: Mapping[str, str]) -> str:
    pairs = (f"{key}: {_written(value, flow=True)}" for key, value in item.items())
    return f"{{{', '.join(pairs)}}}"


def _written(value: str, *, flow: bool = False) -> str:
    """A day stands without quotes, as people write it."""
    is_day = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
    return value if is_day else scalar(value, flow=flow)


def _inserted(text: str, place: int, lines: list[str], end: str) -> str:
    before = text[:place]
    if before and not before.endswith("\n"):
        before += end
    return before + "".join(f"{line}{end}" for line in lines) + text[place:]


def _last(text: str) -> int:
    """Behind the last line that has anything in it, so that empty ones stay at the end."""
    return len(text.rstrip()) if not text.rstrip() else _next_line(text, len(text.rstrip()) - 1)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _line_begin(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _next_line(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def _is_empty(node: Node) -> bool:
    if isinstance(node, Scalar):
        return core_value(node) is None
    return isinstance(node, Items) and not node.items


def _fields(node: Keys) -> dict[str, object]:
    return {key.text: _plain(value) for key, value in node.entries}


def _plain(node: Node) -> object:
    if isinstance(node, Keys):
        return _fields(node)
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) and core_value(node) is not None else None
