"""Which decision rule is for a kind of change.

Rules stand in three places: the ruleset, org.yaml, and the file of the circle itself (not of its
parent). The last of these that has a match decides, and in it the first that matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct

from orgcode.model.effect import KINDS, RULELESS, covers, top
from orgcode.model.entities import DecisionRule
from orgcode.model.org import Org

Level = Literal["circle", "organisation", "ruleset"]


class Match(Struct, frozen=True, kw_only=True):
    """The rule that decides, and where it was found.

    `kind` is the kind that the rule was found for: another than was asked where no rule is for
    that one and it fell to the rule for `tooling` or `governance`. `circle` is the circle in
    whose file the rule is, on that level; `stands_in` the circle in which it is judged.
    """

    rule: DecisionRule
    level: Level
    kind: str
    stands_in: str
    circle: str | None = None

    @property
    def name(self) -> str:
        """What tells this rule in this circle from every other."""
        return f"{self.rule.path}{self.rule.pointer}@{self.stands_in}"


class Place(NamedTuple):
    """A place that holds rules."""

    level: Level
    circle: str | None
    rules: tuple[DecisionRule, ...]


def rule_for(org: Org, kind: str, circle_id: str, fields: Mapping[str, str]) -> Match | None:
    """The rule for a change of that kind, standing in that circle, of a thing with those fields.

    What no rule is for falls to the rule for `governance`; an unknown kind first to the one for
    `tooling`. None where the kind has no rule, or nothing is there to fall to.
    """
    if top(kind) in RULELESS:
        return None
    anchor = org.anchor or ""
    return next(
        (
            match
            for asked, circle in ((kind, circle_id), *((other, anchor) for other in _falls(kind)))
            if (match := _first(org, asked, circle, fields))
        ),
        None,
    )


def rules_for(
    org: Org, kind: str, circle_id: str, known: Mapping[str, str] | None = None
) -> tuple[Match, ...]:
    """Every rule that may decide about a kind of change in a circle, in the order of asking.

    `known` are the fields that are certain; others may have any value. Rules for narrower kinds
    are among them; the last one decides about all the rest.
    """
    if top(kind) in RULELESS:
        return ()
    found: list[Match] = []
    for place in places(org, circle_id):
        for rule in place.rules:
            for own in rule.kinds:
                if not (covers(own, kind) or covers(kind, own)) or not _possible(rule, known):
                    continue
                narrow = own if covers(kind, own) else kind
                if not any(
                    covers(m.kind, narrow) and shadows(m.rule.where, rule.where, known)
                    for m in found
                ):
                    found.append(_match(rule, place, narrow, circle_id))
    if not any(m.kind == kind and shadows(m.rule.where, {}, known) for m in found):
        anchor = org.anchor or ""
        for other in _falls(kind):
            if last := _first(org, other, anchor, {}):
                return (*found, last)
    return tuple(found)


def shadows(
    earlier: Mapping[str, str], later: Mapping[str, str], known: Mapping[str, str] | None = None
) -> bool:
    """Whether every thing with the later fields also has the earlier ones."""
    return all(later.get(key, (known or {}).get(key)) == value for key, value in earlier.items())


def places(org: Org, circle_id: str) -> Iterator[Place]:
    """The places that hold rules for a circle, the one that decides first at the front."""
    circle = org.circles.get(circle_id)
    if circle is not None:
        yield Place("circle", circle.id, circle.decision_rules)
    if org.organisation is not None:
        yield Place("organisation", None, org.organisation.decision_rules)
    yield Place("ruleset", None, org.ruleset.decision_rules)


def _falls(kind: str) -> tuple[str, ...]:
    return ("governance",) if top(kind) in KINDS else ("tooling", "governance")


def _first(org: Org, kind: str, circle_id: str, fields: Mapping[str, str]) -> Match | None:
    circle = org.circles.get(circle_id)
    if circle is not None and circle.decision_rules:
        own = Place("circle", circle.id, circle.decision_rules)
        for rule in _covering(own, kind):
            if shadows(rule.where, fields):
                return _match(rule, own, kind, circle_id)
    for rule, place in org.kept(f"law.rules:{kind}", lambda: _general(org, kind)):
        if shadows(rule.where, fields):
            return _match(rule, place, kind, circle_id)
    return None


def _general(org: Org, kind: str) -> tuple[tuple[DecisionRule, Place], ...]:
    """The rules for a kind of change that stand in no circle, in the order of asking."""
    return tuple((rule, place) for place in places(org, "") for rule in _covering(place, kind))


def _covering(place: Place, kind: str) -> Iterator[DecisionRule]:
    return (rule for rule in place.rules if any(covers(own, kind) for own in rule.kinds))


def _possible(rule: DecisionRule, known: Mapping[str, str] | None) -> bool:
    return all((known or {}).get(key, value) == value for key, value in rule.where.items())


def _match(rule: DecisionRule, place: Place, kind: str, circle_id: str) -> Match:
    return Match(rule=rule, level=place.level, kind=kind, stands_in=circle_id, circle=place.circle)
