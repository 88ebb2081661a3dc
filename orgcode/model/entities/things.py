"""What every kind of file has in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from orgcode.model.finding import Pointer

Text = str | Mapping[str, str]
"""What people wrote: one text, or a text for each language."""


class Ended(Struct, frozen=True, kw_only=True):
    """A thing is over: `on` is the first day on which it no longer is."""

    on: date
    because: Text | None = None


class Thing(Struct, frozen=True, kw_only=True):
    """What every kind of file has in common. `id` is the stem of the file."""

    id: str
    path: str
    pointer: Pointer = ()
    aliases: tuple[str, ...] = ()
    ended: Ended | None = None
    tags: tuple[str, ...] = ()
    notes: Text | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    def is_live(self, day: date) -> bool:
        """Whether the thing is not over on that day."""
        return self.ended is None or day < self.ended.on
