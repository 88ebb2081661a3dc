"""How key results and metrics went on, as a line over time and in figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from orgcode.handbook.book import Book
from orgcode.model.entities import Circle, Objective, Text
from orgcode.model.message import Message, message

WIDTH, HEIGHT, EDGE = 320, 72, 6


class Point(Struct, frozen=True, kw_only=True):
    """A figure, its day, and its place in the picture."""

    day: date
    value: float
    x: str
    y: str


class Course(Struct, frozen=True, kw_only=True):
    """How one key result or metric went on; `target_y` is where its target lies in the picture."""

    name: Text
    unit: str | None
    points: tuple[Point, ...]
    figures: tuple[Point, ...]
    """The same, the latest first."""
    target: float | None
    target_y: str | None
    said: Message
    """The picture in words."""


class _Figure(NamedTuple):
    """What is measured, as its file says it now."""

    name: Text
    unit: str | None
    value: object
    as_of: date | None
    start: float | None = None
    target: float | None = None


def courses(book: Book, thing: Objective | Circle) -> tuple[Course, ...]:
    """How each key result of an objective, or metric of a circle, went on of which more than one
    figure is known.
    """
    if book.past is None:
        return ()
    found: dict[str, dict[date, float]] = defaultdict(dict)
    for one in book.past.measured(thing.path):
        if one.day <= book.today:
            found[one.name][one.day] = one.value
    made = (_course(figure, found) for figure in _figures(thing))
    return tuple(course for course in made if course is not None)


def _figures(thing: Objective | Circle) -> Iterable[_Figure]:
    if isinstance(thing, Circle):
        return (_Figure(it.name, it.unit, it.value, it.as_of) for it in thing.metrics)
    return (
        _Figure(it.name, it.unit, it.current, it.as_of, it.start, it.target)
        for it in thing.key_results
    )


def _course(figure: _Figure, found: dict[str, dict[date, float]]) -> Course | None:
    names = (figure.name,) if isinstance(figure.name, str) else tuple(figure.name.values())
    values = next((found[name] for name in names if name in found), {})
    if figure.as_of is not None and isinstance(figure.value, int | float):
        values = {**values, figure.as_of: float(figure.value)}
    if len(values) < 2:
        return None
    known = [*values.values(), *(v for v in (figure.start, figure.target) if v is not None)]
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
        name=figure.name,
        unit=figure.unit,
        points=points,
        figures=points[::-1],
        target=figure.target,
        target_y=None if figure.target is None else y(figure.target),
        said=message(
            "From {before} on {first} to {after} on {last}",
            before=values[first],
            first=first,
            after=values[last],
            last=last,
        ),
    )
