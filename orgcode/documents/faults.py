"""Where data break their schema, one by one and no further than asked.

The validator that decides gives all its errors at once, each with what it is about: of a large
spoilt file these are more than fits. This goes through the same schema step by step, for the
keywords that our schemas use; tests hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from orgcode.model.finding import Pointer

KEYWORDS = frozenset(
    {
        *("$ref", "type", "anyOf", "enum", "const", "if", "then"),
        *("minLength", "maxLength", "pattern", "format", "minimum", "maximum"),
        *("items", "minItems", "maxItems", "required", "properties", "additionalProperties"),
        *("propertyNames", "minProperties", "maxProperties"),
    }
)
"""What a schema may use, besides what only describes."""

Schema = Mapping[str, Any]


class Fault(NamedTuple):
    """One rule of the schema that is broken: its keyword, where, and the key that it is about."""

    keyword: str
    pointer: Pointer
    key: str = ""


def faults(schema: Schema, data: object) -> Iterator[Fault]:
    """The faults of data, from the top; of alternatives, those of the one that was meant."""
    yield from _faults(schema, data, (), schema.get("$defs", {}))


def _faults(part: Schema, value: object, at: Pointer, shared: Schema) -> Iterator[Fault]:
    if reference := part.get("$ref"):
        yield from _faults(shared[reference.rpartition("/")[2]], value, at, shared)
    if alternatives := part.get("anyOf"):
        meant = next((one for one in alternatives if _is_type(one, value, shared)), None)
        if meant is None:
            yield Fault("type", at)
            return
        yield from _faults(meant, value, at, shared)
    if "type" in part and not _TYPES[part["type"]](value):
        yield Fault("type", at)
        return
    if keyword := _broken(part, value):
        yield Fault(keyword, at)
    elif isinstance(value, list):
        if "items" in part:
            for place, item in enumerate(value):
                yield from _faults(part["items"], item, (*at, place), shared)
    elif isinstance(value, dict):
        yield from _in_mapping(part, value, at, shared)


def _in_mapping(
    part: Schema, value: dict[str, object], at: Pointer, shared: Schema
) -> Iterator[Fault]:
    for key in part.get("required", ()):
        if key not in value:
            yield Fault("required", at, key)
    names = part.get("propertyNames")
    known = part.get("properties", {})
    rest = part.get("additionalProperties")
    for key, inner in value.items():
        if names is not None and any(_faults(names, key, at, shared)):
            yield Fault("propertyNames", at, key)
        elif key in known:
            yield from _faults(known[key], inner, (*at, key), shared)
        elif rest is False:
            yield Fault("additionalProperties", at, key)
        elif rest:
            yield from _faults(rest, inner, (*at, key), shared)
    if "if" in part and not any(_faults(part["if"], value, at, shared)):
        yield from _faults(part["then"], value, at, shared)


def _is_type(part: Schema, value: object, shared: Schema) -> bool:
    while "$ref" in part:
        part = shared[part["$ref"].rpartition("/")[2]]
    return "type" not in part or _TYPES[part["type"]](value)


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value - value == 0  # neither infinite nor no number at all, which JSON does not have
    )


_TYPES: Mapping[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and value % 1 == 0,  # type: ignore[operator]
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _broken(part: Schema, value: Any) -> str | None:
    """The first keyword about a value itself that it does not meet."""
    if "enum" in part and value not in part["enum"]:
        return "enum"
    if "const" in part and (value != part["const"] or isinstance(value, bool)):
        return "const"
    if isinstance(value, str):
        if not part.get("minLength", 0) <= len(value) <= part.get("maxLength", len(value)):
            return "maxLength"
        if "pattern" in part and not _pattern(part["pattern"]).search(value):
            return "pattern"
        if "format" in part and not _is_day(value[:10], part["format"]):
            return "format"
    elif isinstance(value, list):
        if not part.get("minItems", 0) <= len(value) <= part.get("maxItems", len(value)):
            return "minItems"
    elif isinstance(value, dict):
        least, most = part.get("minProperties", 0), part.get("maxProperties", len(value))
        if not least <= len(value) <= most:
            return "minProperties"
    elif _is_number(value) and not (
        part.get("minimum", value) <= value <= part.get("maximum", value)
    ):
        return "minimum"
    return None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """As JSON Schema has it: `$` is the very end, classes are of ASCII."""
    return re.compile(re.sub(r"\$\Z", r"\\Z", pattern), re.ASCII)


def _is_day(text: str, kind: str) -> bool:
    """Whether a date exists; everything else about dates and moments is in their patterns."""
    if kind not in {"date", "date-time"}:
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
