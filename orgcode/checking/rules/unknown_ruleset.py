"""Ensure that the ruleset in org.yaml is one that comes with orgcode.

The ruleset gives the organisation its words, kinds of circle, core roles and decision rules. With
one that is unknown, nobody could tell how anything is decided. Choose one of those that the finding
lists; until then orgcode reads the organisation with the default.

Wrong:

    # org.yaml
    orgcode: 1
    id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
    name: The house
    purpose: Live and work together.
    anchor: house
    ruleset: taal@1  # <-- here

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
from orgcode.documents.rulesets import ruleset_ids
from orgcode.model.entities import Organisation
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("organisation",)


def check(_: Org, organisation: Organisation | None) -> Iterator[Problem]:
    """Look the ruleset up among those that there are."""
    if organisation and organisation.ruleset and organisation.ruleset not in ruleset_ids():
        yield Problem(
            path=organisation.path,
            pointer=("ruleset",),
            cause=message("There is no ruleset “{id}”.", id=organisation.ruleset),
            way_out=message("Choose one of these: {ids}.", ids=ruleset_ids()),
        )
