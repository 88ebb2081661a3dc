"""Ensure that no key stands twice in the same place.

When `purpose` is written twice, one of the two would be lost without anybody noticing. Keep one,
or join the two.

Wrong:

    # circles/house.yaml
    name: House
    purpose: Live together.
    purpose: Work together.  # <-- here

Right:

    # circles/house.yaml
    name: House
    purpose: Live and work together.
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
    return flaws_of(org, path, "duplicate-key")
