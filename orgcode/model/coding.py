"""Facts and messages as bytes, and back: what is kept between runs is data, never code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

import msgspec
from msgspec.msgpack import Ext

from orgcode.model.facts import Facts, Kind
from orgcode.model.message import Message, Word

if TYPE_CHECKING:
    from orgcode.model.finding import Flaw

T = TypeVar("T")

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder()
_KINDS: frozenset[str] = frozenset(get_args(Kind))
_SPELLED = 1
"""Marks data that MessagePack has no place for as it is: there is half a surrogate pair in a text
(such as a byte in a file's name that is no text), or a number of more than 64 bits."""
_NUMBER = 2


class CodingError(ValueError):
    """The bytes are not what was written."""


def encode(data: object) -> bytes:
    """Plain data (texts, numbers, days as text, lists, mappings) as bytes."""
    try:
        return _ENCODER.encode(data)
    except (UnicodeEncodeError, OverflowError):
        return _ENCODER.encode(Ext(_SPELLED, _ENCODER.encode(_each(data, _spelled))))


def decode(content: bytes) -> Any:
    """Plain data from bytes; raises `CodingError`."""
    try:
        found = _DECODER.decode(content)
        if isinstance(found, Ext):
            return _each(_DECODER.decode(found.data), _as_it_was)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise CodingError(str(error)) from error
    return found


class Coded(Generic[T]):
    """Data of one type, which is made from bytes at once."""

    def __init__(self, type: type[T]) -> None:
        self._type = type
        self._decoder = msgspec.msgpack.Decoder(type)

    def decode(self, content: bytes) -> T:
        """The data from what `encode` made of it; raises `CodingError`."""
        try:
            return self._decoder.decode(content)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            data = decode(content)  # perhaps it is spelled
        try:
            return msgspec.convert(data, self._type)
        except msgspec.MsgspecError as error:
            raise CodingError(str(error)) from error


def encode_facts(facts: Facts) -> bytes:
    """The facts of one file as bytes."""
    flaws = [(flaw.rule, flaw.spot, plain(flaw.cause), plain(flaw.way_out)) for flaw in facts.flaws]
    return encode((facts.kind, facts.data, flaws, facts.words))


def decode_facts(content: bytes) -> Facts:
    """The facts of one file from bytes; raises `CodingError`."""
    match decode(content):
        case [str() as kind, data, list() as flaws, (None | list()) as words] if kind in _KINDS:
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


def _each(data: Any, change: Callable[[Any], Any]) -> Any:
    match data:
        case Mapping():
            return {change(key): _each(value, change) for key, value in data.items()}
        case list() | tuple():
            return [_each(item, change) for item in data]
    return change(data)


def _spelled(data: Any) -> Any:
    match data:
        case str():
            return data.encode("utf-8", "surrogatepass").decode("latin-1")
        case int() if not -(2**63) <= data < 2**64:
            return Ext(_NUMBER, data.to_bytes(data.bit_length() // 8 + 1, "big", signed=True))
    return data


def _as_it_was(data: Any) -> Any:
    match data:
        case str():
            return data.encode("latin-1").decode("utf-8", "surrogatepass")
        case Ext():
            return int.from_bytes(data.data, "big", signed=True)
    return data


def _message(data: Any) -> Message:
    found = from_plain(data)
    if not isinstance(found, Message):
        raise CodingError(repr(data)[:40])
    return found


def _flaw(data: Any) -> Flaw:
    from orgcode.model.finding import Flaw, Spot  # only here: most files have none

    match data:
        case [str() as rule, [int() as line, int() as column], cause, way_out]:
            return Flaw(
                rule=rule, spot=Spot(line, column), cause=_message(cause), way_out=_message(way_out)
            )
    raise CodingError(repr(data)[:40])
