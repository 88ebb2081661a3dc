"""Asking the past, so that it is known of each page what it was told."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from orgcode.model.chronicle import (
    Chronicle,
    Happening,
    Measured,
    Passage,
    Pending,
    Tenure,
    Told,
)
from orgcode.model.decision import Decision
from orgcode.model.facts import path_of
from orgcode.model.org import Org


class Recall(Struct, frozen=True):
    """A chronicle, of which is noted in `Org.reads` what was asked: `history:` and a key."""

    chronicle: Chronicle
    org: Org

    @property
    def cut_off(self) -> date | None:
        """The day before which nothing is known; the same on every page."""
        return self.chronicle.cut_off

    def story(self, path: str, most: int) -> tuple[tuple[Passage, ...], int]:
        """The latest steps that changed a file, and how many there are."""
        self._note(path)
        return self.chronicle.story(path, most)

    def pending(self, path: str) -> tuple[Pending, tuple[Told, ...]]:
        """What of a file is not committed yet."""
        self._note(path)
        self.org.reads.asked.add(path)
        return self.chronicle.pending(path)

    def months(self) -> dict[str, int]:
        """The months in which something happened, and how often."""
        self._note("months")
        return self.chronicle.months()

    def calendar(self) -> tuple[str, ...]:
        """The months in which something happened, the latest first."""
        self._note("calendar")
        return tuple(self.chronicle.months())

    def in_month(self, month: str, most: int) -> tuple[Happening, ...]:
        """The latest steps of a month."""
        self._note(f"month:{month}")
        return self.chronicle.in_month(month, most)

    def latest(self, most: int) -> tuple[Happening, ...]:
        """The latest steps of all."""
        self._note("latest")
        return self.chronicle.latest(most)

    def in_circle(self, circle: str, most: int) -> tuple[Happening, ...]:
        """The latest steps that did something in a circle."""
        self._note(f"circle:{circle}")
        return self.chronicle.in_circle(circle, most)

    def held_in(self, path: str) -> tuple[Tenure, ...]:
        """Who held the role or core roles of a file."""
        self._note(path)
        return self.chronicle.held_in(path)

    def held_by(self, person: str) -> tuple[Tenure, ...]:
        """What a person held."""
        self._note(f"person:{person}")
        return self.chronicle.held_by(person)

    def decision(self, proposal: str) -> Decision | None:
        """How a proposal was decided, or stands."""
        self._note(f"decision:{proposal}")
        self._note(path_of("proposal", proposal))
        return self.chronicle.decision(proposal)

    def open_proposals(self) -> tuple[str, ...]:
        """The ids of the proposals that are open."""
        self._note("open")
        return self.chronicle.open_proposals()

    def is_open(self, proposal: str) -> bool:
        """Whether a proposal is open."""
        self._note(f"decision:{proposal}")
        return proposal in self.chronicle.open_proposals()

    def measured(self, path: str) -> tuple[Measured, ...]:
        """What the key results of an objective, or the metrics of a circle, stood at."""
        self._note(path)
        return self.chronicle.measured(path)

    def _note(self, key: str) -> None:
        self.org.reads.asked.add(f"history:{key}")
