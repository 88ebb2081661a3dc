"""Ensure that a large group can decide although somebody stays silent.

Where silence blocks, everyone has to respond before a proposal is adopted. Among a few that works.
Among more than twelve there is nearly always somebody ill, on holiday or too busy, and then
nothing is ever decided. The same goes for consensus, to which everyone has to agree.

Let silence consent after some days, with a quorum so that it is no decision of a few; or ask a
smaller group.

Wrong:

    # org.yaml, continued
    decision_rules:
      - for: policy  # <-- here
        by: consent
        of: all

    # people/p1.yaml
    name: Ada

    # people/p2.yaml
    name: Bo

    # people/p3.yaml
    name: Cem

    # people/p4.yaml
    name: Dia

    # people/p5.yaml
    name: Eli

    # people/p6.yaml
    name: Fay

    # people/p7.yaml
    name: Gus

    # people/p8.yaml
    name: Hana

    # people/p9.yaml
    name: Ivo

    # people/p10.yaml
    name: Jo

    # people/p11.yaml
    name: Kim

Right:

    # org.yaml, continued
    decision_rules:
      - for: policy
        by: consent
        of: all
        open_for: 7 days
        quorum: 1/2
        silence: consents
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgcode.checking.deciding import in_force, place_of, rule_numbered
from orgcode.checking.rule import Group, Share, Subject
from orgcode.law.electorate import Electorates
from orgcode.law.fulfilment import ways
from orgcode.model.entities import Circle, DecisionRule, Way
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "law"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("circle",)

CROWD = 12
"""The largest electorate in which silence may block."""


def check(org: Org, circle: Circle) -> Iterator[Problem | Share]:
    """Count in a circle the people of every rule under which one can block by saying nothing; of
    the rules that hold in other circles too, the largest count is told.
    """
    for rule, level, number, _ in in_force(org, circle):
        for stage, way in enumerate(ways(rule)):
            if not _may_block(way):
                continue
            # those affected are at least the members of the circle
            people = Electorates(org).of(way, circle.id, org.members(circle.id)).people
            if len(people) <= CROWD:
                continue
            if level == "circle":
                yield _problem(org, level, rule, stage, len(people), circle.id)
            else:
                yield Share(level, (number, stage, len(people), circle.id))


def gather(org: Org, shares: Sequence[Share]) -> Iterator[Problem]:
    """Name for each rule of org.yaml and of the ruleset the circle with the largest electorate."""
    largest: dict[tuple[str, int, int], tuple[int, str]] = {}
    for level, (number, stage, size, circle_id) in sorted(shares):
        here = (level, number, stage)
        if here not in largest or size > largest[here][0]:
            largest[here] = (size, circle_id)
    for (level, number, stage), (size, circle_id) in largest.items():
        rule = rule_numbered(org, level, number)
        yield _problem(org, level, rule, stage, size, circle_id)


def _may_block(way: Way) -> bool:
    return way.by == "consensus" or (way.by == "consent" and way.silence == "blocks")


def _problem(
    org: Org, level: str, rule: DecisionRule, stage: int, size: int, circle_id: str
) -> Problem:
    path, pointer = place_of(level, rule)
    inside: Pointer = ("otherwise",) if stage and level != "ruleset" else ()
    circle = org.circles.get(circle_id)
    return Problem(
        path=path,
        pointer=(*pointer, *inside),
        cause=message(
            "In {circle} this asks {count} people to respond, and any of them blocks by "
            "staying silent.",
            circle=circle.name if circle else circle_id,
            count=size,
        ),
        way_out=message(
            "Let silence count as {consent} (“by: consent”, “silence: consents”) with “open_for” "
            "and “quorum”, or ask fewer people.",
            consent=one("consent"),
        ),
    )
