"""Ensure that no part of a text is lost to the punctuation of YAML.

A hash after a space begins a remark, a colon before a space makes a key, and a comma in brackets
parts two values. All three occur in ordinary sentences, and then words vanish or end up somewhere
else. Put quotes around the text; the finding shows the line as it should be.

Wrong:

    # circles/house.yaml
    name: House
    contact: room #3  # <-- here

Right:

    # circles/house.yaml
    name: House
    contact: "room #3"
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import flaws_of
from orgcode.checking.rule import Group, Subject
from orgcode.model.finding import Problem, Severity
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "text"
FOR: tuple[Subject, ...] = ("flawed-file",)


def check(org: Org, path: str) -> Iterator[Problem]:
    """Pass on what was found while reading."""
    return flaws_of(org, path, "text-lost")
