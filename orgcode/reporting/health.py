"""What `doctor` found, point by point: what is in order, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from orgcode.i18n.translator import Translator
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.reporting.json import write_json
from orgcode.reporting.terminal import one_line


class Point(Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    topic: str
    """A stable name of it, such as `key`."""
    said: Message
    is_ok: bool = True
    way_out: Message | None = None
    """What to do, in words."""
    command: str | None = None
    """What to do, as it is typed."""

    @classmethod
    def of(cls, topic: str, error: OrgcodeError) -> Point:
        """What is wrong where orgcode could not go on."""
        return cls(topic=topic, said=error.cause, is_ok=False, way_out=error.way_out)


def report_health(points: Sequence[Point], translator: Translator) -> str:
    """A line for each point, and below it what to do."""
    marks = {True: translator.say(message("ok")), False: translator.say(message("to do"))}
    width = max(len(mark) for mark in marks.values())
    lines = (line for point in points for line in _lines(point, marks, width, translator))
    return "".join(f"{one_line(line)}\n" for line in lines)


def health_as_json(points: Sequence[Point], translator: Translator) -> str:
    """`is_well`, and `points`: each with its `topic`, `is_ok`, `sentence`, `way_out` and `command`,
    the last two null where nothing is to be done.
    """
    rows = [
        {
            "topic": point.topic,
            "is_ok": point.is_ok,
            "sentence": translator.say(point.said),
            "way_out": translator.say(point.way_out) if point.way_out is not None else None,
            "command": point.command,
        }
        for point in points
    ]
    return write_json({"is_well": all(point.is_ok for point in points), "points": rows})


def _lines(
    point: Point, marks: dict[bool, str], width: int, translator: Translator
) -> Iterator[str]:
    yield f"{marks[point.is_ok]:{width}}  {translator.say(point.said)}"
    indent = " " * (width + 2)
    if point.way_out is not None:
        yield f"{indent}{translator.say(point.way_out)}"
    if point.command is not None:
        yield f"{indent}{point.command}"
