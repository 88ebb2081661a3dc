"""What the bytes of one file say: a pure function of kind and bytes."""

from __future__ import annotations

import re

from msgspec.structs import replace

from orgcode.documents.schemas import read
from orgcode.documents.source import MAX_FLAWS, parse
from orgcode.model.facts import Facts, Kind
from orgcode.model.finding import Flaw, Spot
from orgcode.model.message import Message, message
from orgcode.model.snapshot import MAX_BYTES, Unreadable


def read_facts(kind: Kind, content: bytes | Unreadable) -> Facts:
    """Read one file, or say why it could not be read."""
    if isinstance(content, Unreadable):
        return _unreadable(kind, content)
    if len(content) > MAX_BYTES:
        return _unreadable(kind, Unreadable.TOO_LARGE)
    source = parse(content)
    data, flaws = read(kind, source)
    if not flaws and not source.flaws:
        return Facts(kind=kind, data=data)
    ordered = sorted((*source.flaws, *flaws), key=lambda flaw: (flaw.spot, flaw.rule))
    facts = Facts(kind=kind, data=data, flaws=tuple(ordered[:MAX_FLAWS]))
    return facts if facts.is_whole else replace(facts, words=_words(content))


_WORD = re.compile(rb"[a-z0-9-]+")


def _words(content: bytes) -> tuple[str, ...]:
    return tuple(sorted({word.decode("ascii") for word in _WORD.findall(content)}))


def _unreadable(kind: Kind, why: Unreadable) -> Facts:
    cause, way_out = _REASONS[why]
    flaw = Flaw(rule="unreadable-file", spot=Spot(1, 1), cause=cause, way_out=way_out)
    return Facts(kind=kind, flaws=(flaw,))


_AN_ORDINARY_FILE = message("Put an ordinary file in its place.")
_REASONS: dict[Unreadable, tuple[Message, Message]] = {
    Unreadable.TOO_LARGE: (
        message("This file is larger than 1 MiB, so it is not read."),
        message("Move long texts to pages/ and pictures to assets/, and refer to them."),
    ),
    Unreadable.NOT_ALLOWED: (
        message("You have no permission to read this file."),
        message("Give yourself the right to read it, or ask its owner to."),
    ),
    Unreadable.MISSING: (
        message("This file is listed, but it is not there."),
        message("Restore the file, or remove it from git as well."),
    ),
    Unreadable.LINK: (
        message("This is a link to another file; orgcode does not follow links."),
        _AN_ORDINARY_FILE,
    ),
    Unreadable.SUBMODULE: (
        message("This is another git repository (a submodule); orgcode does not read it."),
        _AN_ORDINARY_FILE,
    ),
    Unreadable.DIRECTORY: (
        message("This is a folder with the name of a file."),
        _AN_ORDINARY_FILE,
    ),
    Unreadable.SPECIAL: (
        message("This is neither a file nor a folder."),
        _AN_ORDINARY_FILE,
    ),
    Unreadable.DAMAGED: (
        message("What git has stored for this file is damaged."),
        message("Fetch the repository again from a copy that is whole."),
    ),
}
