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
from orgcode.checking.rule import Group
from orgcode.model.finding import Problem, Severity
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "text"


def check(org: Org) -> Iterator[Problem]:
    """Pass on what was found while reading."""
    return flaws_of(org, "not-utf8")
