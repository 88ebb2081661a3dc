"""Ensure that every decision rule can be fulfilled today.

A rule may leave decisions to a role that nobody holds at the moment, or to a circle without
members, or ask for more responses than a circle has members. Until that is mended such decisions
pass to the members of the circle above, or cannot be taken at all.

Find somebody for the seat, ask for fewer responses, or give the rule an `otherwise`.

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

Wrong:

    # circles/house.yaml
    name: House
    members: [sara]
    decision_rules:
      - for: role  # <-- here
        by: consent
        of: members
        quorum: 2

Right:

    # org.yaml, continued
    decision_rules:
      - for: page
        by: role
        of: role:editor

    # roles/editor.yaml
    name: Editor
    circle: house
    purpose: Pages that people read
    holders: [omar]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group
from orgcode.law.electorate import Electorates
from orgcode.law.fulfilment import Lack, impossible, lacks_today
from orgcode.law.in_force import InForce, rules_in_force
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "law"
DEPENDS_ON_DATE = True

_SHOWN = 3
"""How many circles are named; of more the number is said."""


def check(org: Org) -> Iterator[Problem]:
    """Ask of every rule that the organisation wrote whether it can be met in its circles."""
    if not org.is_whole("person", "role", "circle"):
        return
    electorates = Electorates(org)
    for found in rules_in_force(org):
        if found.level == "ruleset" or impossible(org, found.rule):
            continue
        lacking: dict[Lack, list[str]] = {}
        for circle_id in found.circles:
            if lack := lacks_today(org, found.rule, circle_id, electorates):
                lacking.setdefault(lack, []).append(circle_id)
        for lack, circles in lacking.items():
            yield _problem(org, found, lack, circles)


def _problem(org: Org, found: InForce, lack: Lack, circles: list[str]) -> Problem:
    names = tuple(circle.name if (circle := org.circles.get(id)) else id for id in circles[:_SHOWN])
    where: object = names
    if len(circles) > _SHOWN:
        where = message("{names}, and {count} more", names=names, count=len(circles) - _SHOWN)
    cause: Message
    if lack == "vacant":
        cause = message("Nobody holds the seat that decides by this rule in {where}.", where=where)
        out = message("Find somebody for the seat, or give the rule an “otherwise”.")
    else:
        cause = message(
            "This rule asks for {quorum} responses, but fewer people can respond in {where}.",
            quorum=found.rule.way.quorum,
            where=where,
        )
        out = message("Ask for fewer responses, or write the quorum as a share such as 1/2.")
    return Problem(path=found.path, pointer=found.pointer, cause=cause, way_out=out)
