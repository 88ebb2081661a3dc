"""Ensure that every role says what it is for.

A role without a purpose, accountabilities or domains is a title: whoever holds it cannot know what
is expected, and others cannot know what to turn to them for. Write at least one of the three.

Wrong:

    # roles/cook.yaml  # <-- here
    name: Cook
    circle: house
    holders: [sara]

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    holders: [sara]
    accountabilities:
      - Cooking on weekdays
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"


def check(org: Org) -> Iterator[Problem]:
    """Look for roles with none of the three."""
    for role in org.roles.values():
        if role.purpose or role.accountabilities or role.domains or not is_whole(org, role.path):
            continue
        yield Problem(
            path=role.path,
            cause=message("The role {role} does not say what it is for.", role=role.name),
            way_out=message("Write its `purpose`, `accountabilities` or `domains`."),
        )
