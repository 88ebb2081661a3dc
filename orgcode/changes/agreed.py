"""What is agreed, aimed at and still in tension: policies, agreements, objectives, tensions."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.changes import things, words
from orgcode.changes.comparing import differing
from orgcode.changes.measuring import measured
from orgcode.changes.sides import Altered
from orgcode.model.effect import Effect
from orgcode.model.message import Message, message


def of_agreed(altered: Altered) -> Iterator[Effect]:
    """The effects of the file of a policy, agreement, objective or tension."""
    yield from things.base(altered)
    if not things.goes_on(altered):
        return
    left = ["ended"]
    if altered.kind != "tension":
        yield from things.moving(altered, "circle")
        left.append("circle")
    yield from things.ending(altered)
    if altered.kind == "objective":
        yield from measured(altered, "key_results", frozenset({"current", "as_of"}))
        yield from _closed(altered, "result", _result(altered))
        left += ["key_results", "result"]
    elif altered.kind == "tension":
        yield from _closed(altered, "closed", _closing(altered))
        left.append("closed")
    yield from things.amending(altered, left)


def _closed(altered: Altered, key: str, said: Message) -> Iterator[Effect]:
    if key in differing(altered.data_before, altered.data_after):
        yield altered.effect(
            f"{altered.kind}.closed",
            said,
            circles=things.circles_of(altered, key),
            edits=things.put(altered, key),
        )


def _result(altered: Altered) -> Message:
    match altered.data_after.get("result"):
        case "achieved":
            return message("{thing} has been achieved.", thing=altered.the_thing)
        case "dropped":
            return message("{thing} has been dropped.", thing=altered.the_thing)
    return message("{thing} is open again.", thing=altered.the_thing)


def _closing(altered: Altered) -> Message:
    closed = altered.data_after.get("closed")
    if not closed:
        return message("{thing} is open again.", thing=altered.the_thing)
    day, because = words.day(str(closed.get("on", ""))), closed.get("because")
    if because:
        return message(
            '{thing} is closed as of {day}: "{because}"',
            thing=altered.the_thing,
            day=day,
            because=because,
        )
    return message("{thing} is closed as of {day}.", thing=altered.the_thing, day=day)
