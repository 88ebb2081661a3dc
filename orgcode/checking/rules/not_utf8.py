"""Ensure that every text is in UTF-8.

UTF-8 is the one way of writing letters as bytes that all programs share today. In a file from an
old program, letters such as é come out as rubbish or cannot be read at all. Save the file again
and choose UTF-8 as its encoding.

Wrong:

    # people/sara.yaml, in windows-1252
    name: Zoë  # <-- here

Right:

    # people/sara.yaml
    name: Zoë
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import flaws_of
from orgcode.checking.rule import Group, Subject
from orgcode.model.finding import Problem, Severity, Spot
from orgcode.model.links import is_page
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable

SEVERITY: Severity = "error"
GROUP: Group = "text"
FOR: tuple[Subject, ...] = ("flawed-file", "other-path")


def check(org: Org, path: str) -> Iterator[Problem]:
    """Pass on what was found while reading, and look at the pages."""
    if not is_page(path):
        yield from flaws_of(org, path, "not-utf8")
        return
    content = org.snapshot.read(path)
    spot = None if isinstance(content, Unreadable) else _not_utf8(content)
    if spot is not None:
        yield Problem(
            path=path,
            spot=spot,
            cause=message("This file is not text in UTF-8."),
            way_out=message("Save the file with the encoding UTF-8; every text editor can."),
        )


def _not_utf8(content: bytes) -> Spot | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].rpartition(b"\n")[2].decode("utf-8")
        return Spot(content.count(b"\n", 0, error.start) + 1, len(line) + 1)
    return None
