"""Ensure that every decision rule can be fulfilled by somebody.

A rule is dead when no number of people can ever meet it: it leaves the decision to roles or circles
that have ended, it asks for more responses than there are people, or for more votes than all.
Nothing that falls under it could be decided as it says.

Correct the rule, or give it an `otherwise`: another way that begins when the first is stuck. A rule
that cannot be fulfilled only for the time being is told of by the rule `deadlock-for-now`.

Wrong:

    # org.yaml, continued
    decision_rules:
      - for: page  # <-- here
        by: role
        of: role:editor

    # roles/editor.yaml
    name: Editor
    circle: house
    purpose: Pages that people read
    ended: {on: 2026-12-31}

Wrong:

    # org.yaml, continued
    decision_rules:
      - for: page  # <-- here
        by: vote
        of: all
        quorum: 40

Right:

    # org.yaml, continued
    decision_rules:
      - for: page
        by: role
        of: role:editor
        otherwise: {after: 3 days, by: advice, of: all}

    # roles/editor.yaml
    name: Editor
    circle: house
    purpose: Pages that people read
    ended: {on: 2026-12-31}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.deciding import written
from orgcode.checking.rule import Group, Subject
from orgcode.law.fulfilment import impossible
from orgcode.model.entities import Circle, Organisation
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "law"
FOR: tuple[Subject, ...] = ("organisation", "circle")


def check(org: Org, thing: Organisation | Circle | None) -> Iterator[Problem]:
    """Look for rules of which every way is impossible, whatever the day."""
    for rule in written(org, thing):
        if reason := impossible(org, rule):
            yield Problem(
                path=rule.path,
                pointer=rule.pointer,
                cause=reason,
                way_out=message("Correct the rule, or add an “otherwise” that people can fulfil."),
            )
