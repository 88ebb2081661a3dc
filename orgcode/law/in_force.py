"""Which rules are written where, and in which circles each can decide something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgcode.law.matching import Level, rules_for
from orgcode.model.effect import ANCHORED, KINDS, RULELESS
from orgcode.model.entities import Circle, DecisionRule
from orgcode.model.finding import Pointer
from orgcode.model.org import Org


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A rule, and the live circles in which it decides at least one kind of change."""

    rule: DecisionRule
    level: Level
    circles: tuple[str, ...]

    @property
    def path(self) -> str:
        """The file to look in: for a rule of the ruleset, where the ruleset is named."""
        return "org.yaml" if self.level == "ruleset" else self.rule.path

    @property
    def pointer(self) -> Pointer:
        """The place in that file."""
        return ("ruleset",) if self.level == "ruleset" else self.rule.pointer


def written_rules(org: Org) -> Iterator[tuple[str | None, tuple[DecisionRule, ...]]]:
    """The rules that the organisation wrote itself: in org.yaml (None) and in each live circle.

    Files that could not be read entirely are left out: their rules may lack what makes them right.
    """
    if org.organisation is not None and is_whole(org, org.organisation.path):
        yield None, org.organisation.decision_rules
    for circle in org.under("circle.rules", ""):
        if isinstance(circle, Circle) and circle.is_live(org.today) and is_whole(org, circle.path):
            yield circle.id, circle.decision_rules


def rules_in_force(org: Org) -> tuple[InForce, ...]:
    """Every rule that can decide something: of the ruleset, of org.yaml and of circles."""
    found: dict[int, tuple[DecisionRule, Level, dict[str, None]]] = {}

    def add(kind: str, circle_id: str, circles: list[str]) -> None:
        for match in rules_for(org, kind, circle_id):
            if not is_whole(org, match.rule.path):
                continue
            here = found.setdefault(id(match.rule), (match.rule, match.level, {}))[2]
            only = match.rule.where.get("circle")
            here.update((id, None) for id in circles if only in {None, id} or kind in _OF_ANOTHER)

    anchor = org.anchor or ""
    plain = [circle.id for circle in org.live_circles() if not circle.decision_rules]
    for kind in KINDS:
        if kind in RULELESS:
            continue
        if kind in ANCHORED:
            add(kind, anchor, [anchor])
            continue
        if plain:
            add(kind, plain[0], plain)
        for circle in org.live_circles():
            if circle.decision_rules:
                add(kind, circle.id, [circle.id])
    return tuple(
        InForce(rule=rule, level=level, circles=tuple(circles))
        for rule, level, circles in found.values()
        if circles
    )


def is_whole(org: Org, path: str) -> bool:
    """Whether a file could be read entirely; what is in no file always could."""
    facts = org.files.get(path)
    return facts is None or facts.is_whole


_OF_ANOTHER = frozenset({"circle", "assignment"})
"""Kinds that may stand in another circle than the one that the thing names."""
