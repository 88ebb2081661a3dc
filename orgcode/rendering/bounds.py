"""How much a page may take that an organisation's own templates help to make.

Counted in steps and characters rather than seconds, so that a page that is made here is made
everywhere. What comes from a commit of somebody unknown may try anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Any

STEPS = 6_000_000
CHARACTERS = 50_000_000
LONGEST = 1_000_000
"""No text that a template puts together is longer, and no list."""
LARGEST = 2**128


class TooMuchError(Exception):
    """A template asked for more than a page may take."""


class Bounds:
    """What is left for the page that is being made."""

    __slots__ = ("_characters", "_steps")

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start on another page."""
        self._steps, self._characters = STEPS, CHARACTERS

    def step(self, number: int = 1) -> None:
        """Count steps."""
        self._steps -= number
        if self._steps < 0:
            raise TooMuchError

    def write(self, characters: int) -> None:
        """Count characters that are written, wherever they end up."""
        self._characters -= characters
        if self._characters < 0:
            raise TooMuchError
        self.step()

    def handle(self, value: object) -> None:
        """Count the work that goes through the whole of a value."""
        if isinstance(value, str):
            self.step(1 + len(value) // 16)
        elif isinstance(value, Sized):
            self.step(1 + len(value))

    def each(self, values: Iterable[Any], written: int = 0) -> Iterator[Any]:
        """The values, counted one by one with the characters that are written for each."""
        for value in values:
            self.write(written)
            yield value

    def fit(self, value: Any) -> Any:
        """The value, if it is not too large."""
        if isinstance(value, str | tuple | list):
            self.handle(value)
            if len(value) > LONGEST:
                raise TooMuchError
        elif isinstance(value, int | float) and abs(value) > LARGEST:
            raise TooMuchError
        return value
