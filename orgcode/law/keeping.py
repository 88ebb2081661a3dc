"""Whether a decision is left to those who make the rules: the members of the anchor, or all."""

from __future__ import annotations

from orgcode.law.shares import parse_threshold
from orgcode.model.entities import DecisionRule, Way
from orgcode.model.org import Org


def rule_makers(org: Org) -> frozenset[str]:
    """The words of `of` by which a rule of the anchor names them."""
    return frozenset({"anchor-members", "members", "all", f"circle:{org.anchor}"})


def is_theirs(org: Org, rule: DecisionRule) -> bool:
    """Whether it is decided by their consent or consensus, or by more than half of their votes,
    also when it is stuck.
    """
    ways = (rule.way,) if rule.otherwise is None else (rule.way, rule.otherwise.way)
    return all(_is_theirs(org, way) for way in ways)


def _is_theirs(org: Org, way: Way) -> bool:
    if rule_makers(org).isdisjoint(way.of):
        return False
    if way.by == "vote":
        return parse_threshold(way.threshold).is_majority
    return way.by in {"consent", "consensus"}
