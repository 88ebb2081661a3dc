"""What was there before: commits as people know them, and the versions of one file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple


class Recorded(NamedTuple):
    """A commit: who made it, when it was committed (UTC), and its message."""

    id: str
    author: str
    email: str
    at: datetime
    text: str

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.text.strip().partition("\n")[0].strip()


class Version(NamedTuple):
    """What a commit made of a file: something else than any of the commits before it had.

    `before` are the versions that it was made of, as places in the same list of versions: none
    where the file was new, several where branches came together. The path of a version before is
    another one where the file had another name.
    """

    commit: int
    path: str
    blob: str
    before: tuple[int, ...]


class Held(NamedTuple):
    """That somebody held a role (of a circle its `core` role), from `since` to `until`, both
    inclusive.

    Where the file does not say so, `since` is the day of the step that wrote it down (`is_stated`
    tells which), and `until` the day of the step that took it off the list; None while it is there.
    """

    person: str
    core: str
    since: date
    is_stated: bool
    until: date | None
    focus: object = None


def moment_of(seconds: int) -> datetime:
    """The moment so many seconds after 1970 began (UTC); the nearest one that the calendar has."""
    return _BEGIN + timedelta(seconds=max(_EARLIEST, min(seconds, _LATEST)))


_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = (datetime.min.replace(tzinfo=UTC) - _BEGIN).days * 86400
_LATEST = (datetime.max.replace(tzinfo=UTC) - _BEGIN).days * 86400
