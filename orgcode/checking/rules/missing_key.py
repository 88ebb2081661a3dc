"""Ensure that nothing is left out that every thing of its kind must have.

A role without a name or a circle cannot be shown or decided about. Add the key that the finding
names.

Wrong:

    # roles/cook.yaml
    name: Cook  # <-- here
    purpose: Meals

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
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
    return flaws_of(org, path, "missing-key")
