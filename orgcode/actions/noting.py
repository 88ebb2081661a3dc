"""Noting who read what of an organisation, in this process or in others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from orgcode.model.coding import decode, encode
from orgcode.model.org import Org

T = TypeVar("T")


class Readers:
    """Units of work by what they read, and answers that were kept by what these were made of."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self.readers: dict[str, list[str]] = defaultdict(list)
        self.digests: dict[str, str] = {}

    def note(self, unit: str, work: Callable[[], T]) -> T:
        """Do the work of a unit, or a part of it."""
        result, asked = self._org.reads.of(work, unit)
        asked.discard(unit)
        for read in asked:
            readers = self.readers[read]
            if not readers or readers[-1] != unit:
                readers.append(unit)
        return result

    def note_answers(self) -> None:
        """Note what all answers were made of that the organisation has kept."""
        for name, asked in self._org.answers():
            for read in asked:
                self.readers[read].append(f"={name}")
        for name, _ in tuple(self._org.answers()):
            digest = self._org.digest(name)
            if digest is not None:
                self.digests[name] = digest

    def report(self) -> bytes:
        """Everything noted, for another process; what is noted next does not repeat it."""
        self.note_answers()
        content = encode((self.readers, self.digests))
        self.readers, self.digests = defaultdict(list), {}
        return content

    def hear(self, report: bytes) -> None:
        """Take over what another process has noted."""
        readers, digests = decode(report)
        self.digests.update(digests)
        if not self.readers:
            self.readers.update(readers)
            return
        for read, units in readers.items():
            self.readers[read] += units
