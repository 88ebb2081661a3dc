"""Ensure that every key is one that orgcode knows.

A key with a typing error would otherwise be passed over in silence, and with it what you wrote
under it. Correct the key. Data of your own, which orgcode keeps without interpreting it, goes
under `extra`.

Wrong:

    # circles/house.yaml
    name: House
    purpouse: Live together.  # <-- here

Right:

    # circles/house.yaml
    name: House
    purpose: Live together.
    extra:
      rooms: 12
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
    return flaws_of(org, path, "unknown-key")
