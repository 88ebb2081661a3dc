"""What is told of the past of an organisation: what happened at each step of its main line, to
whom and what, and who held which role.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from orgcode.model.message import Message

if TYPE_CHECKING:
    from orgcode.model.decision import Decision


class Told(NamedTuple):
    """One thing that a step did: the kind of its effect, the address of the thing, the files that
    it is about, the circles in which it stands, and the sentence that says it.
    """

    kind: str
    thing: str
    paths: tuple[str, ...]
    circles: tuple[str, ...]
    sentence: Message


class Happening(NamedTuple):
    """A step of the main line: its commit, and what it did.

    Of a step that changed very many files is only known how many (`told` is empty). `brought` are
    author and subject of the commits that it brought in from beside the main line.
    """

    id: str
    author: str
    at: datetime
    text: str
    told: tuple[Told, ...]
    files: int
    brought: tuple[tuple[str, str], ...] = ()
    proposal: str | None = None


class Passage(NamedTuple):
    """A step as far as it is about one file; `is_new`: there was no such file before it."""

    happening: Happening
    told: tuple[Told, ...]
    is_new: bool


class Tenure(NamedTuple):
    """That somebody held a role (`<circle>/<core-role>` is one too), both days inclusive.

    `is_stated` says whether the file names the first day; else it is that of the step.
    """

    person: str
    role: str
    since: date
    is_stated: bool
    until: date | None


class Measured(NamedTuple):
    """What a key result or metric stood at on a day."""

    name: str
    day: date
    value: float


Pending = Literal["", "new", "altered"]
"""What of a file is not committed yet: nothing, the whole of it, or what is otherwise in it."""


class Chronicle(Protocol):
    """The past, asked by key: of a file, a month, a circle, a person."""

    @property
    def cut_off(self) -> date | None:
        """The day before which nothing is known, since the history of a shallow clone ends there;
        None where everything is known.
        """
        ...

    def story(self, path: str, most: int) -> tuple[tuple[Passage, ...], int]:
        """The latest steps that changed a file, the latest first, and how many there are."""
        ...

    def pending(self, path: str) -> tuple[Pending, tuple[Told, ...]]:
        """What of a file is not committed yet."""
        ...

    def months(self) -> dict[str, int]:
        """The months (`2027-03`) in which something happened, the latest first, and how often."""
        ...

    def in_month(self, month: str, most: int) -> tuple[Happening, ...]:
        """The latest steps of a month, the latest first."""
        ...

    def latest(self, most: int) -> tuple[Happening, ...]:
        """The latest steps of all, the latest first."""
        ...

    def in_circle(self, circle: str, most: int) -> tuple[Happening, ...]:
        """The latest steps that did something in a circle, the latest first."""
        ...

    def held_in(self, path: str) -> tuple[Tenure, ...]:
        """Who held the role, or core roles, of a file, the latest first."""
        ...

    def held_by(self, person: str) -> tuple[Tenure, ...]:
        """What a person held, the latest first."""
        ...

    def decision(self, proposal: str) -> Decision | None:
        """How a proposal was decided, or stands; None where nothing is known of it."""
        ...

    def open_proposals(self) -> tuple[str, ...]:
        """The ids of the proposals that are open: they stand on branches of their own."""
        ...

    def measured(self, path: str) -> tuple[Measured, ...]:
        """What the key results of an objective, or the metrics of a circle, stood at, by name and
        day, the oldest first.
        """
        ...
