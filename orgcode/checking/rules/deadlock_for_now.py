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

from collections import defaultdict
from collections.abc import Iterator, Sequence

from orgcode.checking.deciding import InForce, in_force, place_of, rule_numbered
from orgcode.checking.rule import Group, Share, Subject
from orgcode.law.electorate import Electorates
from orgcode.law.fulfilment import impossible, lacks_today, ways
from orgcode.law.shares import parse_quorum
from orgcode.model.entities import Circle, DecisionRule, Way
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, many, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "law"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("circle",)

_SHOWN = 3
"""How many circles are named; of more the number is said."""


def check(org: Org, circle: Circle) -> Iterator[Problem | Share]:
    """Ask of every rule in force in a circle, which the organisation wrote, whether it can be met
    there; those of org.yaml are told of with the other circles.
    """
    for found in in_force(org, circle):
        if found.level == "ruleset" or not all(_may_lack(way) for way in ways(found.rule)):
            continue
        lack = lacks_today(org, found.rule, circle.id, Electorates(org))
        if lack is None or _is_impossible(org, found) or not _is_whole(org):
            continue
        if found.level == "circle":
            yield _problem(org, found.level, found.rule, lack, [circle.id])
        else:
            yield Share(lack, (found.number, circle.id))


def gather(org: Org, shares: Sequence[Share]) -> Iterator[Problem]:
    """Name for each rule of org.yaml the circles in which it cannot be met."""
    lacking: dict[tuple[str, int], list[str]] = defaultdict(list)
    for lack, (number, circle_id) in shares:
        lacking[lack, number].append(circle_id)
    for (lack, number), circles in lacking.items():
        rule = rule_numbered(org, "organisation", number)
        yield _problem(org, "organisation", rule, lack, sorted(circles))


def _may_lack(way: Way) -> bool:
    """Whether a way leaves the decision to seats alone, or asks for a number of responses."""
    return all(":" in of for of in way.of) or (parse_quorum(way.quorum).people or 1) > 1


def _is_impossible(org: Org, found: InForce) -> bool:
    """Whether a rule can never be met: that is told of elsewhere."""
    if found.level == "circle":
        return impossible(org, found.rule) is not None
    return org.kept(
        f"impossible rule {found.number}", lambda: impossible(org, found.rule) is not None
    )


def _is_whole(org: Org) -> bool:
    return org.kept("people are known", lambda: org.is_whole("person", "role", "circle"))


def _problem(org: Org, level: str, rule: DecisionRule, lack: str, circles: list[str]) -> Problem:
    names = tuple(circle.name if (circle := org.circles.get(id)) else id for id in circles[:_SHOWN])
    where: object = names
    if len(circles) > _SHOWN:
        where = message("{names}, and {count} more", names=names, count=len(circles) - _SHOWN)
    cause: Message
    if lack == "vacant":
        cause = message(
            "Nobody holds the {seat} that decides by this rule in {where}.",
            seat=one("seat"),
            where=where,
        )
        out = message(
            "Find somebody for the {seat}, or give the rule an “otherwise”.", seat=one("seat")
        )
    else:
        cause = message(
            "This rule asks for {quorum} {responses}, but fewer people can respond in {where}.",
            responses=many("response"),
            quorum=rule.way.quorum,
            where=where,
        )
        out = message(
            "Ask for fewer {responses}, or write the quorum as a share such as 1/2.",
            responses=many("response"),
        )
    path, pointer = place_of(level, rule)
    return Problem(path=path, pointer=pointer, cause=cause, way_out=out)
