"""How key results went on, as a line over time and in figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from orgcode.handbook.book import Book
from orgcode.model.entities import KeyResult, Objective, Text
from orgcode.model.message import Message, message

WIDTH, HEIGHT, EDGE = 320, 72, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure, its day, and its place in the picture."""

    day: date
    value: float
    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How one key result went on; `target_y` is where its target lies in the picture."""

    name: Text
    unit: str | None
    points: tuple[Point, ...]
    figures: tuple[Point, ...]
    """The same, the latest first."""
    target: float | None
    target_y: str | None
    said: Message
    """The picture in words."""


def courses(book: Book, objective: Objective) -> tuple[Course, ...]:
    """How each key result went on of which more than one figure is known."""
    if book.past is None:
        return ()
    found: dict[str, dict[date, float]] = defaultdict(dict)
    for one in book.past.measured(objective.path):
        if one.day <= book.today:
            found[one.name][one.day] = one.value
    made = (_course(result, found) for result in objective.key_results)
    return tuple(course for course in made if course is not None)


def _course(result: KeyResult, found: dict[str, dict[date, float]]) -> Course | None:
    names = (result.name,) if isinstance(result.name, str) else tuple(result.name.values())
    values = next((found[name] for name in names if name in found), {})
    if result.as_of is not None and result.current is not None:
        values = {**values, result.as_of: float(result.current)}
    if len(values) < 2:
        return None
    known = [*values.values(), *(v for v in (result.start, result.target) if v is not None)]
    low, high = min(known), max(known)
    days = sorted(values)
    first, last = days[0], days[-1]

    def y(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE):.1f}"

    def x(day: date) -> str:
        return f"{EDGE + (day - first).days / (last - first).days * (WIDTH - 2 * EDGE):.1f}"

    points = tuple(Point(day=d, value=values[d], x=x(d), y=y(values[d])) for d in days)
    return Course(
        name=result.name,
        unit=result.unit,
        points=points,
        figures=points[::-1],
        target=result.target,
        target_y=None if result.target is None else y(result.target),
        said=message(
            "From {before} on {first} to {after} on {last}",
            before=values[first],
            first=first,
            after=values[last],
            last=last,
        ),
    )
