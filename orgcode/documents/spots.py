"""From a pointer into a document to its line and column."""

from __future__ import annotations

from functools import lru_cache

from orgcode.documents.nodes import Items, Keys, Node, Scalar, Source, spot
from orgcode.documents.source import parse
from orgcode.model.finding import Pointer, Spot

_parse = lru_cache(maxsize=2)(parse)


def find_spot(content: bytes, pointer: Pointer, *, on_key: bool = False) -> Spot:
    """Where the value of a pointer stands, or its key.

    Where the file does not have it, the place is that of what would hold it.
    """
    return spot_of(_parse(content), pointer, on_key=on_key)


def spot_of(source: Source, pointer: Pointer, *, on_key: bool = False) -> Spot:
    """Where the value of a pointer stands in a parsed file, or its key."""
    if source.root is None:
        return source.flaws[0].spot if source.flaws else Spot(1, 1)
    key, node = nodes_at(source.root, pointer)
    nothing = type(node) is Scalar and node.start == node.end
    place = key if key is not None and (on_key or nothing) else node
    return spot(source.text, place.start)


def nodes_at(root: Node, pointer: Pointer) -> tuple[Scalar | None, Node]:
    """The value of a pointer with its key, as far down as the document has it."""
    key: Scalar | None = None
    node = root
    for step in pointer:
        if type(node) is Keys:
            entry = next((entry for entry in node.entries if entry[0].text == step), None)
            if entry is None:
                break
            key, node = entry
        elif type(node) is Items and isinstance(step, int) and 0 <= step < len(node.items):
            key, node = None, node.items[step]
        else:
            break
    return key, node
