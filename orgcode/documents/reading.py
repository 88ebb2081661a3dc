"""From nodes to values: each scalar as what its schema accepts at that place."""

from __future__ import annotations

import re

from orgcode.documents import textloss
from orgcode.documents.nodes import Items, Keys, Node, Scalar, Source, core_value
from orgcode.documents.shapes import ANYTHING, Shape
from orgcode.documents.source import MAX_FLAWS
from orgcode.model.finding import Flaw, Pointer

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")


class Reading:
    """The value of a document; `lost` are the places of which nothing could be made."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.hashes = source.hashes
        self.flaws: list[Flaw] = []
        self.lost: list[Pointer] = []
        self.path: list[str | int] = []

    def value(self, node: Node, shape: Shape) -> object:
        """What a node says, as its shape wants it; the parser bounds how deep this goes."""
        if type(node) is Scalar:
            if shape.text and not shape.types:
                if node.end in self.hashes and shape.free and node.plain and self._has_room():
                    return self._whole_of_cut(node)
                if node.end - node.start > len(node.text) and node.plain and self._has_room():
                    self._see_dashes(node)
                return node.text
            return _typed(node, shape)
        if type(node) is Keys:
            return self._mapping(node, shape)
        if type(node) is Items:
            inside = shape.items or ANYTHING
            values = []
            for place, item in enumerate(node.items):
                self.path.append(place)
                values.append(self.value(item, inside))
                self.path.pop()
            return values
        self.lost.append(tuple(self.path))
        return None

    def _mapping(self, node: Keys, shape: Shape) -> object:
        if shape.free and not _is_meant(node, shape) and self._has_room():
            found = textloss.sentence(self.text, node)
            if found:
                self.flaws.append(found[1])
                return found[0]
        rejoined = self._rejoined(node, shape) if node.flow and not shape.anything else {}
        known, rest = shape.keys, shape.rest or ANYTHING
        path = self.path
        values: dict[str, object] = {}
        for place, (key, inner) in enumerate(node.entries):
            name = key.text
            if place in rejoined:
                if rejoined[place]:
                    values[name] = rejoined[place]
                continue
            path.append(name)
            values[name] = self.value(inner, known.get(name, rest))
            path.pop()
        return values

    def _has_room(self) -> bool:
        return len(self.flaws) < MAX_FLAWS

    def _whole_of_cut(self, node: Scalar) -> str:
        whole, flaw = textloss.hash_sign(self.text, node)
        self.flaws.append(flaw)
        return whole

    def _see_dashes(self, node: Scalar) -> None:
        if flaw := textloss.dash(self.text, node):
            self.flaws.append(flaw)

    def _rejoined(self, node: Keys, shape: Shape) -> dict[int, str]:
        """Texts between braces that commas cut, by the place of their entry; '' for the pieces."""
        found: dict[int, str] = {}
        entries = node.entries
        place = 0
        while place < len(entries):
            key, value = entries[place]
            end = place + 1
            while end < len(entries) and self._is_piece(entries[end], shape):
                end += 1
            inner = shape.keys.get(key.text, shape.rest or ANYTHING)
            if end > place + 1 and inner.free and type(value) is Scalar and self._has_room():
                pieces = [piece for piece, _ in entries[place + 1 : end]]
                found[place], flaw = textloss.comma(self.text, value, pieces)
                found.update(dict.fromkeys(range(place + 1, end), ""))
                self.flaws.append(flaw)
            place = end
        return found

    def _is_piece(self, entry: tuple[Scalar, Node], shape: Shape) -> bool:
        key, value = entry
        return (
            type(value) is Scalar
            and key.plain
            and value.start == value.end
            and key.text not in shape.keys
            and not textloss.has_colon(self.text, key)
        )


def _is_meant(node: Keys, shape: Shape) -> bool:
    """Whether a mapping where a text may stand was meant as one."""
    return any(
        key.text in shape.keys or (shape.rest is not None and _LANGUAGE.match(key.text))
        for key, _ in node.entries
    )


def _typed(node: Scalar, shape: Shape) -> object:
    """A scalar where numbers, yes and no, or nothing at all may stand."""
    value = core_value(node)
    if shape.anything:
        return value
    types = shape.types
    if value is None:
        fits = "null" in types
    elif isinstance(value, bool):
        fits = "boolean" in types
    elif isinstance(value, int):
        fits = "integer" in types or "number" in types
    elif isinstance(value, float):
        if "integer" in types and value.is_integer():
            return int(value)
        fits = "number" in types
    else:
        fits = True
    return value if fits or not shape.text else node.text
