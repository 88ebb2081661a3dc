"""Ensure that every value has the shape that its key asks for.

Where a list is asked for, a single word does not do; a date is written as year, month and day,
2027-03-01; an id has lower-case letters, digits and hyphens. The finding says what is expected.

Wrong:

    # people/sara.yaml
    name: Sara
    joined_on: 1 March 2027  # <-- here

Right:

    # people/sara.yaml
    name: Sara
    joined_on: 2027-03-01
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import flaws_of
from orgcode.checking.rule import Group, Subject
from orgcode.model.finding import Problem, Severity
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "shape"
FOR: tuple[Subject, ...] = ("flawed-file",)


def check(org: Org, path: str) -> Iterator[Problem]:
    """Pass on what was found while reading."""
    return flaws_of(org, path, "wrong-shape")
