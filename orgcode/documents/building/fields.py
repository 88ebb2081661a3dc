"""What the files of several kinds have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def items(data: Data, key: str) -> Iterator[tuple[int, Any]]:
    """The items of a list that have their place and shape."""
    for place, item in enumerate(data.get(key) or ()):
        if item is not None:
            yield place, item


def list_of(data: Data, key: str) -> tuple[Any, ...]:
    """The items of a list that have their shape."""
    return tuple(item for _, item in items(data, key))


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
    return tuple(
        Domain(text=item.get("text", ""), id=item.get("id"))
        if isinstance(item, Mapping) and ("text" in item or "id" in item)
        else Domain(text=item)
        for item in list_of(data, "domains")
    )


def holdings(data: Data, key: str, above: Pointer = ()) -> tuple[Holding, ...]:
    """Who holds a role or is in a circle, with the pointer to each."""
    return tuple(_holding(item, (*above, key, place)) for place, item in items(data, key))


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
