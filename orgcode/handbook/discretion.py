"""What of the past may be told to whom.

A sentence about the past holds names and texts as they were then, of anything. So where something
is not shown, none is repeated: what happened to a thing that is shown is said anew, in words of
which nothing is taken from the past; neither the message of a commit nor its author is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from orgcode.handbook.book import Book
from orgcode.handbook.unnamed import is_hidden
from orgcode.model.chronicle import Told
from orgcode.model.effect import covers
from orgcode.model.facts import FOLDERS
from orgcode.model.message import Message, message
from orgcode.rendering.page import Ref

_ADDRESS = re.compile(r"[^\s<>\"'(,;:]+@[^\s<>\"'),;:]+\.[^\s<>\"'),;:]*")
_SILENT = ("format", "tooling")
"""Kinds of change that say nothing to readers of a diary."""


def is_quiet(told: Told) -> bool:
    """Whether it is about files alone, and not about the organisation."""
    return any(covers(kind, told.kind) for kind in _SILENT)


def said(book: Book, told: Told) -> Message | None:
    """What is said about it to the readers of a handbook; None where they are shown nothing."""
    if covers("identity", told.kind):
        return _of_identity(book, told)
    if not book.audience.hidden:
        sentence = _without_addresses(told.sentence)
        return sentence if isinstance(sentence, Message) else None
    return _anew(book, told)


def without_addresses(text: str) -> str:
    """A text in which e-mail addresses have given way."""
    return _ADDRESS.sub("…@…", text)


def page_of(book: Book, told: Told) -> str | None:
    """The page of what it is about, where there is one now."""
    kind, id = _kind_and_id(told.thing)
    if not kind:
        return None
    ref = ref_of(book, kind, id)
    return ref.path if ref is not None else None


def ref_of(book: Book, kind: str, id: str) -> Ref | None:
    """A thing that there is now and that is shown."""
    if is_hidden(id):
        return None
    if kind == "role" and "/" in id:
        is_there = id in book.org.every_role
        shows = book.audience.shows("circle") and book.audience.shows("role")
    else:
        is_there = id in book.org.things(kind)
        shows = book.audience.shows(kind)
    return book.refs.thing(kind, id) if is_there and shows else None


def _of_identity(book: Book, told: Told) -> Message | None:
    """Addresses and keys are not shown, whoever reads it."""
    ref = ref_of(book, *_kind_and_id(told.thing))
    if ref is None:
        return None
    return message(
        "{person} has other accounts, addresses or keys.", person=replace(ref, is_over=False)
    )


def _anew(book: Book, told: Told) -> Message | None:
    """What happened to something that is shown, without a word from the past."""
    kind, id = _kind_and_id(told.thing)
    if not kind or is_quiet(told):
        return None
    ref = ref_of(book, kind, id)
    if ref is None:
        return None
    shown = replace(ref, is_over=False)
    if covers("assignment", told.kind):
        if not (book.audience.shows("person") and book.audience.shows("role")):
            return None
        return message(
            "Something has changed in who holds {role}.",
            role=book.refs.in_full(book.org.every_role[id]) if kind == "role" else shown,
        )
    template = _ANEW.get(told.kind.rpartition(".")[2], _OTHERWISE)
    return Message(id=template.id, arguments={"thing": shown})


_ANEW: Mapping[str, Message] = {
    "added": message("New: {thing}."),
    "joined": message("New: {thing}."),
    "ended": message("When {thing} is over has been decided."),
    "left": message("{thing} left."),
    "moved": message("{thing} was moved."),
    "measured": message("New figures: {thing}."),
    "closed": message("Closed: {thing}."),
}
_OTHERWISE = message("Something has changed: {thing}.")


def _kind_and_id(address: str) -> tuple[str, str]:
    """The kind and id of a thing by its address; nothing for another file."""
    folder, slash, id = address.partition("/")
    if not slash or "." in id:
        return "", ""
    return ("proposal", id) if folder == "proposals" else (FOLDERS.get(folder, ""), id)


def _without_addresses(value: object) -> object:
    match value:
        case str():
            return without_addresses(value)
        case Message():
            arguments = {name: _without_addresses(item) for name, item in value.arguments.items()}
            return replace(value, arguments=arguments)
        case Mapping():
            return {key: _without_addresses(item) for key, item in value.items()}
        case tuple() | list():
            return tuple(map(_without_addresses, value))
    return value
