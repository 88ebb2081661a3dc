"""Read a file that has been read in an earlier state: only what is new in it is parsed.

A long YAML file is a row of lists, each item of which is parsed once. Where cutting it there could
make a difference, it is read whole.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from hashlib import blake2b

from orgcode.adapters.importers.parsing import Parsed, Tree, parse_file, parse_yaml
from orgcode.model.snapshot import Unreadable

_SMALL = 1 << 15
"""Bytes; of what is larger, few are kept."""
_MOST_LARGE = 4
_MOST_PIECES = 1024
_SECTION = re.compile(r"^(?=[A-Za-z])", re.MULTILINE)
_HEAD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):[ \t]*\n(?=( *)- )")
_STRANGE = re.compile(r"^(?:[^-A-Za-z# \n]|-(?! ))|[\r\t\x85\u2028\u2029\ufeff]", re.MULTILINE)
"""Lines that begin with marks of documents, directives, quotes or brackets; line ends of other
kinds, which may hide one."""


class KeptParser:
    """Parses files by blob, each once as long as it is kept."""

    def __init__(self) -> None:
        self._small: dict[tuple[bool, str], Parsed] = {}
        self._large: OrderedDict[tuple[bool, str], Parsed] = OrderedDict()
        self._pieces: OrderedDict[bytes, Tree] = OrderedDict()

    def kept(self, path: str, blob: str) -> Parsed | None:
        """What a blob says, if it is known."""
        key = (path.endswith(".toml"), blob)
        return self._small.get(key) or self._large.get(key)

    def parse(self, path: str, blob: str, content: bytes | Unreadable) -> Parsed:
        """What a blob says."""
        key = (path.endswith(".toml"), blob)
        if isinstance(content, Unreadable) or len(content) <= _SMALL:
            found = self._small[key] = parse_file(path, content)
            return found
        found = (None if key[0] else self.in_pieces(content)) or parse_file(path, content)
        self._large[key] = found
        if len(self._large) > _MOST_LARGE:
            self._large.popitem(last=False)
        return found

    def in_pieces(self, content: bytes) -> Parsed | None:
        """What a long file says, or None where it has to be read whole."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if _STRANGE.search(text):
            return None
        tree: dict[str, Tree] = {}
        first, *sections = _SECTION.split(text)
        if not sections or not all(_is_blank(line) for line in first.split("\n")):
            return None
        for section in sections:
            read = self._section(section)
            if not read or not tree.keys().isdisjoint(read):
                return None
            tree.update(read)
        return Parsed(tree=tree)

    def _section(self, section: str) -> dict[str, Tree] | None:
        """A key with what stands under it; the items of a list are read one by one."""
        head = _HEAD.match(section)
        if head is None:
            read = self._piece(section)
            return read if isinstance(read, dict) and len(read) == 1 else None
        items: list[Tree] = []
        cut = re.compile(f"^(?={head[2]}- )", re.MULTILINE)
        for piece in cut.split(section[head.end() :]):
            read = self._piece(piece) if piece else []
            if not isinstance(read, list) or len(read) != bool(piece):
                return None
            items += read
        return {head[1]: items}

    def _piece(self, piece: str) -> Tree | None:
        key = blake2b(piece.encode("utf-8"), digest_size=20).digest()
        if key in self._pieces:
            self._pieces.move_to_end(key)
            return self._pieces[key]
        tree = parse_yaml(piece.encode("utf-8")).tree
        if tree is None:
            return None
        self._pieces[key] = tree
        if len(self._pieces) > _MOST_PIECES:
            self._pieces.popitem(last=False)
        return tree


def _is_blank(line: str) -> bool:
    return not line.strip() or line.startswith("#")
