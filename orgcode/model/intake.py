"""What came of the files of another system that were imported: what found a place, what did not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from orgcode.model.message import Message


class Unread(Struct, frozen=True, kw_only=True):
    """A file of the source that could not be read, and why."""

    path: str
    cause: Message
    line: int | None = None
    column: int | None = None


class FieldCount(Struct, frozen=True, kw_only=True):
    """How many values of a field found a place; `file` and `field` are patterns, as in
    `teams/*.toml` and `people.members[]`.
    """

    file: str
    field: str
    count: int


class Loss(Struct, frozen=True, kw_only=True):
    """How many values of a field have no place, why, and the first of them."""

    file: str
    field: str
    reason: Message
    count: int
    path: str
    value: str


class ImportReport(Struct, frozen=True, kw_only=True):
    """The account of an import: every value of the source is either imported or among the losses.

    A value is a leaf of a file: a text, number, date, yes or no, nothing, or an empty list or
    group of keys. `others` are files that are not of the format, and were left alone.
    """

    files: int
    leaves: int
    imported: tuple[FieldCount, ...]
    losses: tuple[Loss, ...]
    unread: tuple[Unread, ...] = ()
    others: tuple[str, ...] = ()
    remarks: tuple[Message, ...] = ()
    made: Mapping[str, int] = field(default_factory=dict)
    """How many things of each kind were made, by the folder they stand in."""

    @property
    def imported_count(self) -> int:
        """How many values found a place."""
        return sum(field.count for field in self.imported)

    @property
    def lost_count(self) -> int:
        """How many values did not."""
        return sum(loss.count for loss in self.losses)


class Carried(Struct, frozen=True, kw_only=True):
    """A file of the source as it could not be read, in one commit or several in a row."""

    path: str
    cause: Message
    line: int | None
    column: int | None
    commit: str
    """The first in which it stood like that."""
    count: int
    """In how many it did."""
    has_former: bool
    """Whether what it had said before stands in its place; otherwise there is nothing."""


class Stalled(Struct, frozen=True, kw_only=True):
    """Commits out of which nothing could be made, so that all stayed as it was before."""

    cause: Message
    commit: str
    """The first of them."""
    count: int


class HistoryReport(Struct, frozen=True, kw_only=True):
    """The account of an import with history, besides that of the newest state."""

    commits: int
    merges: int
    unchanged: int
    """Commits after which the organisation is as it was in their first parent."""
    carried: tuple[Carried, ...] = ()
    stalled: tuple[Stalled, ...] = ()
    joined: int = 0
    """Names of something that has another name by now, and is known by that throughout."""
    is_shallow: bool = False
    """Whether the source has only the end of its history."""
    began_on: date | None = None
    """The day of the earliest commit."""
