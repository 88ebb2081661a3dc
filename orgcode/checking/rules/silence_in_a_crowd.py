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

from collections.abc import Iterator

from orgcode.checking.rule import Group
from orgcode.law.electorate import Electorates
from orgcode.law.in_force import InForce, rules_in_force
from orgcode.model.entities import Way
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "law"
DEPENDS_ON_DATE = True

CROWD = 12
"""The largest electorate in which silence may block."""


def check(org: Org) -> Iterator[Problem]:
    """Count the people of every rule in force under which one can block by saying nothing."""
    electorates = Electorates(org)
    for rule in rules_in_force(org):
        yield from _largest(org, rule, rule.rule.way, (), electorates)
        if rule.rule.otherwise is not None:
            inside = () if rule.level == "ruleset" else ("otherwise",)
            yield from _largest(org, rule, rule.rule.otherwise.way, inside, electorates)


def _largest(
    org: Org, rule: InForce, way: Way, inside: Pointer, electorates: Electorates
) -> Iterator[Problem]:
    """A problem about the circle with the largest electorate, if that is a crowd."""
    if way.by != "consensus" and not (way.by == "consent" and way.silence == "blocks"):
        return
    size, circle_id = max(
        (
            # those affected are at least the members of the circle
            (len(electorates.of(way, circle_id, org.members(circle_id)).people), circle_id)
            for circle_id in rule.circles
        ),
        key=lambda pair: pair[0],
    )
    if size <= CROWD:
        return
    circle = org.circles.get(circle_id)
    yield Problem(
        path=rule.path,
        pointer=(*rule.pointer, *inside),
        cause=message(
            "In {circle} this asks {count} people to respond, and any of them blocks by "
            "staying silent.",
            circle=circle.name if circle else circle_id,
            count=size,
        ),
        way_out=message(
            "Let silence consent (“by: consent”, “silence: consents”) with “open_for” and "
            "“quorum”, or ask fewer people."
        ),
    )
