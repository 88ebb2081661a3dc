"""Which decision rules an organisation wrote, and which decide in a circle."""

from __future__ import annotations

from typing import NamedTuple

from orgcode.checking.flaws import is_whole
from orgcode.law.matching import Level, rules_for
from orgcode.model.effect import ANCHORED, KINDS, RULELESS
from orgcode.model.entities import Circle, DecisionRule, Organisation
from orgcode.model.finding import Pointer
from orgcode.model.org import Org


class InForce(NamedTuple):
    """A rule that decides at least one kind of change in a circle; `number` counts the rules of
    the file or ruleset that it stands in.
    """

    rule: DecisionRule
    level: Level
    number: int
    of_another: bool
    """Whether it is for changes that may stand in another circle than the thing names."""


def written(org: Org, thing: Organisation | Circle | None) -> tuple[DecisionRule, ...]:
    """The rules in org.yaml, or in the file of a circle that is not over.

    Those of a file that could not be read entirely are left out: they may lack what makes them
    right.
    """
    if thing is None or not thing.decision_rules or not is_whole(org, thing.path):
        return ()
    if isinstance(thing, Circle) and not thing.is_live(org.today):
        return ()
    return thing.decision_rules


def in_force(org: Org, circle: Circle) -> list[InForce]:
    """Every rule that can decide something in a circle: of the ruleset, of org.yaml and its own."""
    if not circle.is_live(org.today):
        return []
    if circle.decision_rules or circle.id == org.anchor:
        found = _in_force(org, circle.id)
    else:
        found = org.kept("rules of circles without their own", lambda: _in_force(org, ""))
    return [
        each
        for each in found
        if each.of_another or each.rule.where.get("circle") in {None, circle.id}
    ]


def rule_numbered(org: Org, level: str, number: int) -> DecisionRule:
    """The rule of the ruleset or of org.yaml with that number."""
    if level == "organisation" and org.organisation is not None:
        return org.organisation.decision_rules[number]
    return org.ruleset.decision_rules[number]


def place_of(level: str, rule: DecisionRule) -> tuple[str, Pointer]:
    """The file and place to look at: for a rule of the ruleset, where the ruleset is named."""
    return ("org.yaml", ("ruleset",)) if level == "ruleset" else (rule.path, rule.pointer)


def number_of(org: Org, level: Level, circle_id: str | None, rule: DecisionRule) -> int:
    """The place of a rule among those of its file or ruleset."""
    rules = org.ruleset.decision_rules
    if level == "organisation" and org.organisation is not None:
        rules = org.organisation.decision_rules
    elif level == "circle" and (circle := org.circles.get(circle_id or "")):
        rules = circle.decision_rules
    return next(number for number, each in enumerate(rules) if each is rule)


def _in_force(org: Org, circle_id: str) -> list[InForce]:
    found: dict[int, InForce] = {}
    for kind in KINDS:
        if kind in RULELESS or (kind in ANCHORED and circle_id != org.anchor):
            continue
        for match in rules_for(org, kind, circle_id):
            known = found.get(id(match.rule))
            if match.level == "ruleset" or is_whole(org, match.rule.path):
                found[id(match.rule)] = InForce(
                    match.rule,
                    match.level,
                    number_of(org, match.level, match.circle, match.rule),
                    kind in _OF_ANOTHER or (known is not None and known.of_another),
                )
    return list(found.values())


_OF_ANOTHER = frozenset({"circle", "assignment"})
"""Kinds that may stand in another circle than the one that the thing names."""
