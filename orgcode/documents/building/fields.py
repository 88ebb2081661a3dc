"""What the files of several kinds have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from orgcode.model.entities import Domain, Ended, Holding
from orgcode.model.finding import Pointer

Data = Mapping[str, Any]
"""What stands under the keys of a file, or of a part of it."""


def day(data: Data, key: str) -> date | None:
    """A day; None where there is none."""
    text = data.get(key)
    return date.fromisoformat(text) if text else None


def items(data: Data, key: str) -> list[tuple[int, Any]]:
    """The items of a list that have their shape, each with its place."""
    found = data.get(key)
    return [(place, item) for place, item in enumerate(found) if item is not None] if found else []


def list_of(data: Data, key: str) -> tuple[Any, ...]:
    """The items of a list that have their shape."""
    found = data.get(key)
    return tuple([item for item in found if item is not None]) if found else ()


def texts(value: Any) -> tuple[str, ...]:
    """One text or a list of texts, as a list."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(v for v in value if v is not None)


def days(text: Any) -> int:
    """A number of days, from a text such as "3 days"."""
    return int(str(text).split()[0]) if text else 0


def common(data: Data, id: str, path: str) -> dict[str, Any]:
    """What every kind of thing has."""
    ended = data.get("ended")
    return {
        "id": id,
        "path": path,
        "aliases": list_of(data, "aliases"),
        "ended": Ended(on=date.fromisoformat(ended["on"]), because=ended.get("because"))
        if ended and ended.get("on")
        else None,
        "tags": list_of(data, "tags"),
        "notes": data.get("notes"),
        "extra": data.get("extra") or {},
    }


def domains(data: Data) -> tuple[Domain, ...]:
    """The domains of a circle, role or core role."""
    return tuple([_domain(item) for item in list_of(data, "domains")])


def _domain(item: Any) -> Domain:
    if isinstance(item, Mapping) and ("text" in item or "id" in item):
        return Domain(text=item.get("text", ""), id=item.get("id"))
    return Domain(text=item)


def holdings(data: Data, key: str, above: Pointer = ()) -> tuple[Holding, ...]:
    """Who holds a role or is in a circle, with the pointer to each."""
    return tuple([_holding(item, (*above, key, place)) for place, item in items(data, key)])


def _holding(item: Any, pointer: Pointer) -> Holding:
    if isinstance(item, str):
        return Holding(person=item, pointer=pointer)
    return Holding(
        person=item.get("person", ""),
        since=day(item, "since"),
        until=day(item, "until"),
        focus=item.get("focus"),
        elected=bool(item.get("elected", False)),
        hours=item.get("hours"),
        pointer=pointer,
    )
