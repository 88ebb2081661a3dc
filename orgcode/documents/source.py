"""From the bytes of a file to nodes: the only module that knows the YAML parser.

Nodes are built from the parser's events, one by one: its own way of composing them calls itself
for each level and dies of deep documents, and shows neither duplicate keys nor aliases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from orgcode.documents import syntax, textloss
from orgcode.documents.nodes import Items, Keys, Lost, Node, Scalar, Source, spot
from orgcode.model.finding import Flaw, Spot
from orgcode.model.message import Message, message

__all__ = ["MAX_DEPTH", "MAX_FLAWS", "parse"]

MAX_DEPTH = 100
MAX_EVENTS = 20_000
"""Values, lists and keys of one file, so that even nonsense is read at once."""
MAX_FLAWS = 100
"""No more are reported of one file, so that a spoilt one does not drown the others."""

_HASH = re.compile(r"#\w")
_LINE_ENDS_ELSEWHERE = "\x85\u2028\u2029"
_BLOCK = re.compile(r"[|>][-+0-9]*(#)?")
_BLOCK_CUT = re.compile(r"[ \t]*(?:[\r\n]+[ ]*)+(?<=[ ])(#)")
_ARE_LINE_ENDS = re.compile(f"[{_LINE_ENDS_ELSEWHERE}]")
_PRIVATE = range(0xE000, 0xF8FF)


def parse(content: bytes, *, max_events: int = MAX_EVENTS) -> Source:
    """Read a file's YAML; `max_events` is for files that are not those of an organisation."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Source(None, (_not_utf8(content, error),))
    text = text.removeprefix("\ufeff")
    hashes = frozenset(_blanks_before_hashes(text))
    if not text.isascii() and _ARE_LINE_ENDS.search(text):
        return _parse_with_stand_ins(text, hashes, max_events)
    reading = _Reading(text, text, max_events)
    root = reading.read()
    return Source(root, tuple(reading.flaws), text, hashes)


def _blanks_before_hashes(text: str) -> Iterator[int]:
    """Where blanks begin that lead to a hash with a word right behind it."""
    if "#" in text:
        for match in _HASH.finditer(text):
            begin = match.start()
            while begin and text[begin - 1] in " \t":
                begin -= 1
            if begin < match.start():
                yield begin


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> Flaw:
    before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
    return Flaw(
        rule="not-utf8",
        spot=spot(before, len(before)),
        cause=message("This file is not text in UTF-8."),
        way_out=message("Save the file with the encoding UTF-8; every text editor can."),
    )


def _parse_with_stand_ins(text: str, hashes: frozenset[int], max_events: int) -> Source:
    """Hide the characters that end a line for the parser, but neither in YAML 1.2 nor elsewhere."""
    unused = (chr(code) for code in _PRIVATE if chr(code) not in text)
    there = {ord(char): next(unused) for char in _LINE_ENDS_ELSEWHERE}
    back = {ord(stand_in): chr(char) for char, stand_in in there.items()}
    reading = _Reading(text, text.translate(there), max_events, back)
    root = reading.read()
    return Source(root, tuple(reading.flaws), text, hashes)


class _Reading:
    """The nodes of one text, and what is wrong with it."""

    def __init__(
        self, text: str, parsed: str, max_events: int, back: dict[int, str] | None = None
    ) -> None:
        self.text = text
        self.parsed = parsed
        self.max_events = max_events
        self.back = back
        self.flaws: list[Flaw] = []
        self.anchors: set[str] = set()

    def read(self) -> Node | None:
        try:
            return self._build()
        except yaml.reader.ReaderError as error:
            self._flaw_from(syntax.unprintable(self.text, error.character))
        except yaml.MarkedYAMLError as error:
            mark, context = error.problem_mark, error.context_mark
            place = syntax.Place(
                text=self.text,
                problem=error.problem or "",
                at=mark.index if mark else 0,
                context=error.context or "",
                context_at=context.index if context else None,
            )
            self._flaw_from(syntax.explain(place))
        return None

    def _build(self) -> Node | None:
        inside: list[Any] = []  # nodes of the list or mapping that is open; keys beside values
        around: list[tuple[list[Any], Any]] = []  # those that it stands in, each with its event
        opening: Any = None
        back = self.back
        documents = 0
        events: Iterator[Any] = iter(yaml.CLoader(self.parsed).get_event, None)
        for count, event in enumerate(events):
            kind = type(event)
            if count > self.max_events and kind is not yaml.StreamEndEvent:
                self._flaw("unreadable-file", event.start_mark.index, _TOO_MUCH, _LESS)
                return None
            if kind is yaml.ScalarEvent:
                style = event.style
                value = event.value if back is None else event.value.translate(back)
                scalar = Scalar(value, not style, event.start_mark.index, event.end_mark.index)
                if style == "|" or style == ">":
                    self._check_block(scalar)
                if event.anchor is not None or event.tag is not None:
                    scalar = self._without_properties(event, scalar)
                inside.append(scalar)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(around) == MAX_DEPTH:
                    self._flaw("too-deep", event.start_mark.index, _TOO_DEEP, _LESS_DEEP)
                    return None
                if event.anchor is not None or event.tag is not None:
                    self._properties(event, event.start_mark.index)
                around.append((inside, opening))
                inside, opening = [], event
            elif kind is yaml.SequenceEndEvent:
                items = Items(inside, opening.flow_style, opening.start_mark.index)
                inside, opening = around.pop()
                inside.append(items)
            elif kind is yaml.MappingEndEvent:
                pairs = iter(inside)
                entries = self._sifted(list(zip(pairs, pairs, strict=True)))
                keys = Keys(entries, opening.flow_style, opening.start_mark.index)
                inside, opening = around.pop()
                inside.append(keys)
            elif kind is yaml.AliasEvent:
                inside.append(self._alias(event))
            elif kind is yaml.DocumentStartEvent:
                if event.version or event.tags:
                    self._flaw("yaml-feature", event.start_mark.index, _DIRECTIVE, _NO_DIRECTIVE)
                documents += 1
                if documents > 1:
                    self._flaw("yaml-feature", event.start_mark.index, _DOCUMENTS, _ONE_DOCUMENT)
                    break
        return inside[0] if inside else None

    def _sifted(self, entries: list[tuple[Any, Node]]) -> list[tuple[Scalar, Node]]:
        """Without keys that are none, merge keys, and those that came before."""
        texts = {key.text if type(key) is Scalar else None for key, _ in entries}
        if len(texts) == len(entries) and None not in texts and "<<" not in texts:
            return entries
        first: dict[str, int] = {}
        for place, (key, _) in enumerate(entries):
            if type(key) is not Scalar:
                self._flaw("yaml-feature", key.start, _KEY_NOT_TEXT, _KEY_AS_TEXT)
            elif key.plain and key.text == "<<":
                self._flaw("yaml-feature", key.start, _MERGE, _WRITE_OUT)
            elif key.text in first:
                self._duplicate(key)
            else:
                first[key.text] = place
        return [entries[place] for place in first.values()]

    def _duplicate(self, key: Scalar) -> None:
        cause = message("The key {key} stands here a second time.", key=key.text)
        self._flaw("duplicate-key", key.start, cause, _KEEP_ONE)

    def _check_block(self, scalar: Scalar) -> None:
        """See that a text of several lines has nothing beside its sign and is not cut."""
        first = _BLOCK.match(self.text, scalar.start)
        if first and first[1]:
            self._flaw("yaml-syntax", first.start(1), _BESIDE_BLOCK, _BELOW_BLOCK)
        elif first and not scalar.text and (lost := _BLOCK_CUT.match(self.text, first.end())):
            self._flaw("text-lost", lost.start(1), _CUT_BLOCK, _WHOLE_BLOCK)

    def _alias(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor in self.anchors:
            self._flaw("yaml-feature", start, _ALIAS, _WRITE_OUT)
            return Lost(start)
        self._flaw_from(textloss.indicator(self.text, start, "*"))
        return Scalar(self.text[start:end], plain=False, start=start, end=end)

    def _without_properties(self, event: Any, node: Scalar) -> Scalar:
        """The scalar without anchor or tag; as text, where its writer meant no such thing."""
        start, tag, anchor = event.start_mark.index, event.tag, event.anchor
        means_text = (tag is not None and not tag.startswith("tag:") and tag[:1] == "!") or (
            anchor is not None and not node.text
        )
        if means_text and not event.style and self.text[start] in "!&":
            self._flaw_from(textloss.indicator(self.text, start, self.text[start]))
            return Scalar(self.text[start : node.end], plain=False, start=start, end=node.end)
        self._properties(event, start)
        return node

    def _properties(self, event: Any, start: int) -> None:
        if event.anchor is not None:
            self.anchors.add(event.anchor)
            self._flaw("yaml-feature", start, _ANCHOR, _WRITE_OUT)
        if getattr(event, "tag", None) is not None:
            self._flaw("yaml-feature", start, _TAG, _NO_TAG)

    def _flaw(self, rule: str, index: int, cause: Message, way_out: Message) -> None:
        if len(self.flaws) < MAX_FLAWS:
            place: Spot = spot(self.text, index)
            self.flaws.append(Flaw(rule=rule, spot=place, cause=cause, way_out=way_out))

    def _flaw_from(self, flaw: Flaw) -> None:
        if len(self.flaws) < MAX_FLAWS:
            self.flaws.append(flaw)


_TOO_DEEP = message("This file nests lists and keys more than {levels} deep.", levels=MAX_DEPTH)
_LESS_DEEP = message("Write it with fewer levels; no file of an organisation needs that many.")
_TOO_MUCH = message("This file holds more values than orgcode reads of one file.")
_LESS = message("Divide it into several files; the largest real ones have a tenth of that.")
_DOCUMENTS = message("A second document begins here, after a line with ---.")
_ONE_DOCUMENT = message("Put it in a file of its own, or remove the line with ---.")
_KEY_NOT_TEXT = message("This key is a list or a group of keys.")
_KEY_AS_TEXT = message("Write a key as one word, followed by a colon.")
_KEEP_ONE = message("Keep one of the two, or bring what they say together under one key.")
_MERGE = message("The key << takes keys over from elsewhere; orgcode does not read that.")
_ALIAS = message(
    "A value that begins with * repeats one from elsewhere; orgcode does not read that."
)
_ANCHOR = message("The word after & marks a value for use elsewhere; orgcode does not read that.")
_WRITE_OUT = message("Write out what is meant, so that everybody can read it in its place.")
_TAG = message("The word after ! gives a value a type; orgcode does not read that.")
_NO_TAG = message("Remove the word that begins with an exclamation mark.")
_BESIDE_BLOCK = message("A comment stands right beside the sign that begins a text.")
_BELOW_BLOCK = message("Put a space before the hash, or move the comment away.")
_CUT_BLOCK = message("YAML takes this line for a comment; the text after the hash is lost.")
_WHOLE_BLOCK = message("Remove the lines of spaces between the key and the first line of the text.")
_DIRECTIVE = message("A line that begins with % speaks to YAML itself; orgcode does not read that.")
_NO_DIRECTIVE = message("Remove the line that begins with %.")
