"""What was found as plain data, and back, to be kept between runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from orgcode.checking.check import Found
from orgcode.checking.rule import Share
from orgcode.model.coding import CodingError, from_plain, plain
from orgcode.model.finding import Problem, Spot
from orgcode.model.message import Message


def plain_found(found: Iterable[Found]) -> list[list[object]]:
    """What was found as plain data."""
    return [
        [each.rule, each.what.key, plain(each.what.data)]
        if isinstance(each.what, Share)
        else [
            each.rule,
            each.what.path,
            plain(each.what.cause),
            plain(each.what.way_out),
            each.what.pointer,
            each.what.on_key,
            each.what.within,
            each.what.spot,
        ]
        for each in found
    ]


def found_in(data: Iterable[Any]) -> Iterator[Found]:
    """What was found, from plain data; raises `CodingError`."""
    for item in data:
        match item:
            case [str() as rule, str() as key, shared]:
                yield Found(rule, Share(key, _tuple(from_plain(shared))))
            case [str() as rule, str() as path, cause, way_out, pointer, on_key, within, spot]:
                problem = Problem(
                    path=path,
                    cause=_message(cause),
                    way_out=_message(way_out),
                    pointer=tuple(pointer),
                    on_key=on_key,
                    within=within,
                    spot=Spot(*spot) if spot is not None else None,
                )
                yield Found(rule, problem)
            case _:
                raise CodingError(repr(item)[:40])


def _tuple(value: object) -> tuple[Any, ...]:
    if not isinstance(value, tuple):
        raise CodingError(repr(value)[:40])
    return value


def _message(data: Any) -> Message:
    found = from_plain(data)
    if not isinstance(found, Message):
        raise CodingError(repr(data)[:40])
    return found
