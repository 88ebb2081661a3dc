"""Where values stand in one file: parsed once, however many findings there are in it."""

from __future__ import annotations

import re
from bisect import bisect_right

from orgcode.documents.nodes import Items, Keys, Node, Scalar
from orgcode.documents.source import parse
from orgcode.model.finding import Pointer, Spot
from orgcode.model.snapshot import Unreadable

TOP = Spot(1, 1)

_LINE_END = re.compile(r"\r\n|\r|\n")


class Places:
    """Answers for each pointer into a file on which line and column its value stands."""

    def __init__(self, content: bytes | Unreadable) -> None:
        source = None if isinstance(content, Unreadable) else parse(content)
        self._root = source.root if source else None
        self._text = source.text if source else ""
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(self._text))]
        self._keys: dict[int, dict[str, tuple[Scalar, Node]]] = {}
        self._found: dict[int, int] = {}

    def spot(self, pointer: Pointer, *, on_key: bool = False, within: str = "") -> Spot:
        """Where a value stands, its key, or words in it; what the file does not have stands where
        the thing stands that would hold it.
        """
        if self._root is None or not pointer:
            return TOP
        key, node = self._at(self._root, pointer)
        if type(node) is Scalar and within:
            return self._line(self._words(node, within))
        is_nothing = type(node) is Scalar and node.start == node.end
        return self._line((key if key and (on_key or is_nothing) else node).start)

    def _at(self, node: Node, pointer: Pointer) -> tuple[Scalar | None, Node]:
        key: Scalar | None = None
        for step in pointer:
            if type(node) is Keys and step in (keys := self._keys_of(node)):
                key, node = keys[str(step)]
            elif type(node) is Items and isinstance(step, int) and step < len(node.items):
                key, node = None, node.items[step]
            else:
                break
        return key, node

    def _keys_of(self, node: Keys) -> dict[str, tuple[Scalar, Node]]:
        if node.start not in self._keys:
            self._keys[node.start] = {entry[0].text: entry for entry in node.entries}
        return self._keys[node.start]

    def _words(self, node: Scalar, words: str) -> int:
        """Where words stand in a text, looked for from where others were found before."""
        before = self._found.get(node.start, node.start)
        place = self._text.find(words, before, node.end)
        if place < 0 and before > node.start:
            place = self._text.find(words, node.start, before)
        self._found[node.start] = max(place, before)
        return place if place >= 0 else node.start

    def _line(self, index: int) -> Spot:
        line = bisect_right(self._lines, index)
        return Spot(line, index - self._lines[line - 1] + 1)
