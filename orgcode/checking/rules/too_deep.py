"""Ensure that nothing is nested more than a hundred levels deep.

No organisation needs such depth; a file that has it was made by mistake or to do harm, and is not
read further. Take the inner parts out.

Wrong:

    # people/sara.yaml
    name: Sara
    extra:
      boxes: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
        [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[  # <-- here
        ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

Right:

    # people/sara.yaml
    name: Sara
    extra: {desk: {lamp: green}}
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
    return flaws_of(org, path, "too-deep")
