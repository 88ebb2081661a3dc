"""What is wrong with the shape of a document, in plain words and in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from orgcode.documents.dutch_keys import meant_in_dutch
from orgcode.documents.expectations import Expected, days_in_month, expected
from orgcode.documents.nodes import Items, Keys, Lost, Node, Scalar, Source
from orgcode.documents.pruning import shape_at
from orgcode.documents.shapes import Shape, shape
from orgcode.documents.source import MAX_FLAWS
from orgcode.documents.spots import nodes_at, spot_of
from orgcode.model.finding import Flaw, Pointer, Spot
from orgcode.model.message import Message, message

_SHOWN = 60


class Fault(NamedTuple):
    """One rule of the schema that is broken: its keyword, where, and the key that it is about."""

    keyword: str
    pointer: Pointer
    key: str = ""


class Explaining:
    """The flaws of one document; `bad` are their places. With too many, it is spoilt."""

    def __init__(self, kind: str, source: Source, lost: Iterable[Pointer] = ()) -> None:
        self.source = source
        self.shape = shape(kind)
        self.bad: list[Pointer] = []
        self.is_spoilt = False
        self._told = set(lost)
        self._meant: set[Pointer] = set()

    def empty(self) -> Flaw:
        """The flaw of a file in which nothing stands."""
        return Flaw(
            rule="wrong-shape",
            spot=Spot(1, 1),
            cause=message("This file is empty."),
            way_out=message("Write what it is about, or delete the file."),
        )

    def flaws(self, faults: Iterable[Fault]) -> tuple[Flaw, ...]:
        """The flaws, each place told once; keys that are missing last."""
        found: list[Flaw] = []
        missing: list[Fault] = []
        for fault in faults:
            if fault.keyword == "required":
                missing.append(fault)
            else:
                found.extend(self._explain(fault))
            if len(found) + len(missing) > MAX_FLAWS:
                self.is_spoilt = True
                break
        for fault in missing:
            found.extend(self._missing(fault))
            if fault.pointer:
                self.bad.append(fault.pointer)
        return tuple(found)

    def _explain(self, fault: Fault) -> Iterator[Flaw]:
        if fault.keyword in {"additionalProperties", "propertyNames"}:
            self.bad.append((*fault.pointer, fault.key))
            known = fault.keyword == "propertyNames"
            yield (self._bad_name if known else self._unknown)(fault.pointer, fault.key)
        elif fault.pointer not in self._told:
            self._told.add(fault.pointer)
            self.bad.append(fault.pointer)
            flaw = self._wrong_value(fault.pointer)
            if not any(flaw.spot == told.spot for told in self.source.flaws):
                yield flaw

    def _missing(self, fault: Fault) -> Iterator[Flaw]:
        name = fault.key
        torn = any(flaw.rule in _TEARING for flaw in self.source.flaws)
        if torn or (*fault.pointer, name) in self._meant:
            return
        where = spot_of(self.source, fault.pointer)
        form = expected(self._shape((*fault.pointer, name)))
        yield Flaw(
            rule="missing-key",
            spot=where,
            cause=message("The key {key} is missing here.", key=name),
            way_out=message(
                "Add a line that begins with {key}: and has {expected} after it.",
                key=name,
                expected=form.what,
            ),
        )

    def _unknown(self, above: Pointer, name: str) -> Flaw:
        known = self._shape(above).keys
        where = spot_of(self.source, (*above, name), on_key=True)
        word = name.lower().replace("-", "_").replace(" ", "_")
        dutch = meant_in_dutch(word, known)
        close = [dutch] if dutch else get_close_matches(word, known, n=1)
        cause = message("There is no key “{key}” here.", key=_short(name))
        if close:
            self._meant.add((*above, close[0]))
            way_out = message("Did you mean {key}? Then write that.", key=close[0])
        elif above:
            way_out = message(
                "Use one of the keys that are known here: {keys}.", keys=tuple(sorted(known))
            )
        else:
            way_out = message(
                "Remove it, or put it under extra if it is your own; known here are {keys}.",
                keys=tuple(sorted(known)),
            )
        return Flaw(rule="unknown-key", spot=where, cause=cause, way_out=way_out)

    def _bad_name(self, above: Pointer, name: str) -> Flaw:
        here = self._shape(above)
        if here.text:
            cause = message("“{key}” is no language.", key=_short(name))
            way_out = message("Write the code of a language, as in nl or en.")
        else:
            cause = message("“{key}” cannot be a name here.", key=_short(name))
            way_out = message("Use lower-case letters, digits and single hyphens.")
        where = spot_of(self.source, (*above, name), on_key=True)
        return Flaw(rule="wrong-shape", spot=where, cause=cause, way_out=way_out)

    def _wrong_value(self, pointer: Pointer) -> Flaw:
        here = self._shape(pointer)
        form = expected(here)
        _, node = nodes_at(self.source.root or Lost(0), pointer)
        field = _field(pointer)
        if _is_empty(node):
            cause = message("{field} is empty.", field=field)
            way_out = message("Write {expected}, or remove the line.", expected=form.what)
        else:
            cause = message(
                "{field} is {found}; it should be {expected}.",
                field=field,
                found=_found(node),
                expected=form.what,
            )
            way_out = _way_out(node, here, form)
        if type(node) is Scalar and here.name == "date" and (days := days_in_month(node.text)):
            cause = message(
                "The day {day} does not exist; that month has {days} days.",
                day=node.text,
                days=days,
            )
        return Flaw(
            rule="wrong-shape", spot=spot_of(self.source, pointer), cause=cause, way_out=way_out
        )

    def _shape(self, pointer: Pointer) -> Shape:
        return shape_at(self.shape, pointer)


_TEARING = frozenset({"yaml-feature"})


def _field(pointer: Pointer) -> Message | str:
    if not pointer:
        return message("The file")
    last = pointer[-1]
    if isinstance(last, int):
        above = next((step for step in reversed(pointer) if isinstance(step, str)), "")
        if not above:
            return message("Item {number}", number=last + 1)
        return message("Item {number} of {key}", number=last + 1, key=above)
    return message("The value of {key}", key=last)


def _found(node: Node) -> Message | str:
    if type(node) is Scalar:
        return message("“{text}”", text=_short(node.text))
    if type(node) is Keys:
        return message("a group of keys")
    return message("a list") if type(node) is Items else message("nothing")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _is_empty(node: Node) -> bool:
    if type(node) is Scalar:
        return not node.text.strip()
    return (type(node) is Keys and not node.entries) or (type(node) is Items and not node.items)


def _way_out(node: Node, here: Shape, form: Expected) -> Message:
    if type(node) is Scalar:
        if here.choices and (close := get_close_matches(node.text.lower(), here.choices, n=1)):
            return message("Did you mean {key}? Then write that.", key=close[0])
        if not node.plain and here.types and not here.text:
            return message("Write it without quotes, as in {example}.", example=form.example)
        if form.repair and (better := form.repair(node.text)):
            return message("Write {example} instead.", example=better)
    return message("Write it as in {example}.", example=form.example)
