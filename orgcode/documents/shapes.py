"""What a schema accepts at each place, folded into one shape: the guide for reading values.

Where a schema offers alternatives, they differ in what they are (text, number, list, mapping),
so that they fit into one shape; a test of the schemas holds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field

from orgcode.resources import read_schema

FREE_TEXT = "[^ \\t\\r\\n]"
"""The pattern of texts in which everything may stand, as long as there is something."""

_DEFS = "defs.schema.json"


class Shape(Struct):
    """What may stand at a place: `types` are JSON types besides text, lists and mappings."""

    name: str = ""
    text: bool = False
    free: bool = False
    types: set[str] = field(default_factory=set)
    choices: list[str] = field(default_factory=list)
    items: Shape | None = None
    is_list: bool = False
    keys: dict[str, Shape] = field(default_factory=dict)
    rest: Shape | None = None
    is_mapping: bool = False
    required: frozenset[str] = frozenset()
    anything: bool = False


ANYTHING = Shape(anything=True)


@cache
def schema(kind: str) -> Mapping[str, Any]:
    """The schema of a kind with the shared shapes put inside, so that it refers to nothing else."""
    name = "responses" if kind == "response" else kind
    own = json.loads(read_schema(f"{name}.schema.json").replace(_DEFS.encode() + b"#", b"#"))
    shared = json.loads(read_schema(_DEFS))["$defs"]
    return {**own, "$defs": {**shared, **own.get("$defs", {})}}


@cache
def shape(kind: str) -> Shape:
    """The shape of a whole file of a kind."""
    whole = schema(kind)
    return _shape(whole, whole["$defs"])


def _shape(part: Any, shared: Mapping[str, Any]) -> Shape:
    if not isinstance(part, Mapping) or not part:
        return ANYTHING
    found = Shape()
    _fold(part, found, shared)
    return found


def _fold(part: Mapping[str, Any], into: Shape, shared: Mapping[str, Any]) -> None:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        into.name = into.name or name
        _fold(shared[name], into, shared)
    for alternative in part.get("anyOf", ()):
        _fold(alternative, into, shared)
    match part.get("type"):
        case "string":
            into.text = True
            into.free = into.free or part.get("pattern") == FREE_TEXT
            into.choices += [*part.get("enum", ())]
        case "array":
            into.is_list = True
            into.items = _shape(part.get("items"), shared)
        case "object":
            into.is_mapping = True
            into.required |= frozenset(part.get("required", ()))
            properties = part.get("properties", {})
            into.keys.update((key, _shape(value, shared)) for key, value in properties.items())
            rest = part.get("additionalProperties")
            into.rest = None if rest is False else _shape(rest, shared)
        case str(other):
            into.types.add(other)
        case _:
            pass
