"""Ensure that files use only the part of YAML that everybody reads the same way.

Anchors, aliases, merge keys, tags and several documents in a file make a text that says one thing
here and another elsewhere. orgcode does without them. Write the value out where it is needed.

Wrong:

    # circles/house.yaml
    name: &name House  # <-- here

Right:

    # circles/house.yaml
    name: House
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import flaws_of
from orgcode.checking.rule import Group, Subject
from orgcode.model.finding import Problem, Severity
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "text"
FOR: tuple[Subject, ...] = ("flawed-file",)


def check(org: Org, path: str) -> Iterator[Problem]:
    """Pass on what was found while reading."""
    return flaws_of(org, path, "yaml-feature")
