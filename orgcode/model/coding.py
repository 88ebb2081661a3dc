"""Facts and messages as bytes, and back: what is kept between runs is data, never code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

import msgspec

from orgcode.model.facts import Facts, Kind
from orgcode.model.finding import Flaw, Spot
from orgcode.model.message import Message, Word

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder()
_KINDS: frozenset[str] = frozenset(get_args(Kind))


class CodingError(ValueError):
    """The bytes are not what was written."""


def encode(data: object) -> bytes:
    """Plain data (texts, numbers, days as text, lists, mappings) as bytes."""
    return _ENCODER.encode(data)


def decode(content: bytes) -> Any:
    """Plain data from bytes; raises `CodingError`."""
    try:
        return _DECODER.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CodingError(str(error)) from error


def encode_facts(facts: Facts) -> bytes:
    """The facts of one file as bytes."""
    flaws = [(flaw.rule, flaw.spot, plain(flaw.cause), plain(flaw.way_out)) for flaw in facts.flaws]
    return encode((facts.kind, facts.data, flaws, facts.words))


def decode_facts(content: bytes) -> Facts:
    """The facts of one file from bytes; raises `CodingError`."""
    match decode(content):
        case [str() as kind, data, list() as flaws, words] if kind in _KINDS:
            return Facts(
                kind=kind,  # type: ignore[arg-type] # one of them
                data=data,
                flaws=tuple(_flaw(flaw) for flaw in flaws),
                words=None if words is None else tuple(words),
            )
    raise CodingError(content[:40])


def plain(value: object) -> object:
    """Whatever may stand in a message as plain data: what is no text or number is marked."""
    match value:
        case Message():
            arguments = {name: plain(item) for name, item in value.arguments.items()}
            return ["m", value.id, value.plural, value.count, arguments]
        case Word():
            return ["w", value.key, value.many, value.capital]
        case date():
            return ["d", value.isoformat()]
        case Mapping():
            return ["t", dict(value)]
        case tuple() | list():
            return ["l", [plain(item) for item in value]]
        case None | str() | bool() | int() | float():
            return value
    raise TypeError(type(value))


def from_plain(data: Any) -> object:
    """What `plain` made data of; raises `CodingError`."""
    match data:
        case None | str() | bool() | int() | float():
            return data
        case ["m", str() as id, plural, count, dict() as arguments]:
            return Message(
                id=id,
                plural=plural,
                count=count,
                arguments={name: from_plain(item) for name, item in arguments.items()},
            )
        case ["w", str() as key, bool() as many, bool() as capital]:
            return Word(key=key, many=many, capital=capital)
        case ["d", str() as day]:
            try:
                return date.fromisoformat(day)
            except ValueError as error:
                raise CodingError(day) from error
        case ["t", dict() as texts]:
            return texts
        case ["l", list() as items]:
            return tuple(from_plain(item) for item in items)
    raise CodingError(repr(data)[:40])


def _message(data: Any) -> Message:
    found = from_plain(data)
    if not isinstance(found, Message):
        raise CodingError(repr(data)[:40])
    return found


def _flaw(data: Any) -> Flaw:
    match data:
        case [str() as rule, [int() as line, int() as column], cause, way_out]:
            return Flaw(
                rule=rule, spot=Spot(line, column), cause=_message(cause), way_out=_message(way_out)
            )
    raise CodingError(repr(data)[:40])
