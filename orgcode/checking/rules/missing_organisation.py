"""Ensure that there is an org.yaml.

It is where an organisation begins: its name and purpose, the circle that holds the whole, and how
decisions are made. Without it, nothing else in the folder means anything to orgcode. Make one with
`orgcode init`, or go to the folder that has it.

Wrong:

    # org.yaml, absent  # <-- here

Right:

    # org.yaml
    orgcode: 1
    id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
    name: The house
    purpose: Live and work together.
    anchor: house
    ruleset: teal@1
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Organisation
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("organisation",)


def check(org: Org, _: Organisation | None) -> Iterator[Problem]:
    """Look for org.yaml."""
    if not org.is_there("org.yaml"):
        yield Problem(
            path="org.yaml",
            cause=message("There is no org.yaml, so this is not yet an organisation."),
            way_out=message(
                "Make one with `orgcode init`, or go to the folder that has it (`orgcode -C`)."
            ),
        )
