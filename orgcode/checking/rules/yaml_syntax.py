"""Ensure that every file can be read as YAML.

The files are written in YAML, a notation of keys, colons, dashes and indentation. Where a quote or
bracket is not closed, or a line is indented differently from its neighbours, nobody can say what
is meant. The finding names the place where reading stopped; the mistake is there or just above.

Wrong:

    # people/sara.yaml
    name: "Sara  # <-- here

Right:

    # people/sara.yaml
    name: "Sara"
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
    return flaws_of(org, path, "yaml-syntax")
