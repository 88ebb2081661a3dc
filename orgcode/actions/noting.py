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
        self.numbers: dict[str, int] = {}
        """Every reader, by a number that stands for it: there are millions of reads."""
        self.by_read: dict[str, list[int]] = defaultdict(list)
        self.digests: dict[str, str] = {}

    def note(self, unit: str, work: Callable[[], T]) -> T:
        """Do the work of a unit, or a part of it."""
        result, asked = self._org.reads.of(work, unit)
        asked.discard(unit)
        number = self._number(unit)
        for read in asked:
            readers = self.by_read[read]
            if not readers or readers[-1] != number:
                readers.append(number)
        return result

    def note_answers(self) -> None:
        """Note what all answers were made of that the organisation has kept."""
        for name, asked in self._org.answers():
            number = self._number(f"={name}")
            for read in asked:
                self.by_read[read].append(number)
        for name, _ in tuple(self._org.answers()):
            digest = self._org.digest(name)
            if digest is not None:
                self.digests[name] = digest

    def report(self) -> bytes:
        """Everything noted, for another process; what is noted next does not repeat it."""
        self.note_answers()
        content = encode((list(self.numbers), self.by_read, self.digests))
        self.numbers, self.by_read, self.digests = {}, defaultdict(list), {}
        return content

    def hear(self, report: bytes) -> None:
        """Take over what another process has noted."""
        readers, by_read, digests = decode(report)
        numbers = [self._number(reader) for reader in readers]
        self.digests.update(digests)
        for read, those in by_read.items():
            self.by_read[read] += [numbers[number] for number in those]

    def _number(self, reader: str) -> int:
        return self.numbers.setdefault(reader, len(self.numbers))
