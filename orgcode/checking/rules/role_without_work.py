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
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("role",)


def check(org: Org, role: Role) -> Iterator[Problem]:
    """Look for one of the three."""
    if role.purpose or role.accountabilities or role.domains or not is_whole(org, role.path):
        return
    yield Problem(
        path=role.path,
        cause=message(
            "The {role} {name} does not say what it is for.", role=one("role"), name=role.name
        ),
        way_out=message("Write its `purpose`, `accountabilities` or `domains`."),
    )
