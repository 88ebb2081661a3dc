"""Ensure that every decision rule can be reached.

Rules are asked from the top, and the first that matches decides. A rule below another that matches
everything it matches never gets a turn. Neither does a rule for something that is always decided
elsewhere, such as `governance` in a circle that is not the anchor circle, or one that asks for a
field that such things do not have.

Put the narrower rule above the wider one, or take away the rule that is never reached.

Wrong:

    # org.yaml, continued
    decision_rules:
      - for: policy
        by: consent
        of: members
        silence: consents
      - for: policy  # <-- here
        where: {kind: access}
        by: vote
        of: all

Right:

    # org.yaml, continued
    decision_rules:
      - for: policy
        where: {kind: access}
        by: vote
        of: all
      - for: policy
        by: consent
        of: members
        silence: consents

Wrong:

    # circles/kitchen.yaml
    name: Kitchen
    parent: house
    purpose: Meals
    decision_rules:
      - for: identity  # <-- here
        by: consent
        of: members
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgcode.checking.deciding import written
from orgcode.checking.rule import Group, Subject
from orgcode.law.matching import shadows
from orgcode.model.effect import ANCHORED, RULELESS, covers, top
from orgcode.model.entities import Circle, DecisionRule, Organisation
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "law"
FOR: tuple[Subject, ...] = ("organisation", "circle")

_FIELDS: Mapping[str, frozenset[str]] = {
    "governance": frozenset({"kind", "circle"}),
    "circle": frozenset({"kind", "circle"}),
    "role": frozenset({"circle"}),
    "assignment": frozenset({"circle", "core_role", "membership"}),
    "person": frozenset({"membership"}),
    "identity": frozenset({"membership"}),
    "policy": frozenset({"kind", "circle"}),
    "agreement": frozenset({"kind", "circle"}),
    "objective": frozenset({"circle"}),
    "tension": frozenset({"circle"}),
}
"""What `where` may ask of each kind of change; of others nothing."""


def check(org: Org, thing: Organisation | Circle | None) -> Iterator[Problem]:
    """Look above each rule for one that takes its place."""
    rules = written(org, thing)
    anchor = org.circles.get(org.anchor or "") if rules else None
    in_circle = isinstance(thing, Circle)
    above_all = anchor.decision_rules if anchor and not in_circle else ()
    for place, rule in enumerate(rules):
        earlier = rules[:place]
        reasons: list[Message | None] = []
        for kind in rule.kinds:
            asked = (*above_all, *earlier) if top(kind) in ANCHORED else earlier
            reasons.append(
                _never(kind, rule, in_anchor=not in_circle or thing == anchor)
                or _taken(kind, rule, asked)
            )
        yield from _problems(rule, reasons)


def _problems(rule: DecisionRule, reasons: list[Message | None]) -> Iterator[Problem]:
    """One for a rule that is never reached, else one for each kind that it lists in vain."""
    whole = len(reasons) > 0 and None not in reasons
    for place, reason in enumerate(reasons[:1] if whole else reasons):
        if reason is None:
            continue
        yield Problem(
            path=rule.path,
            pointer=rule.pointer if whole else (*rule.pointer, "for", place),
            cause=reason,
            way_out=message("Put the rule where it is reached, or take it away.")
            if whole
            else message("Take this kind out of the rule, or put the rule where it is reached."),
        )


def _never(kind: str, rule: DecisionRule, *, in_anchor: bool) -> Message | None:
    if top(kind) in RULELESS:
        return message(
            "Changes of the kind “{kind}” need no {rule}.", rule=one("decision_rule"), kind=kind
        )
    if top(kind) in ANCHORED and not in_anchor:
        return message(
            "Changes of the kind “{kind}” are always decided in the {anchor}, so this rule is "
            "never reached.",
            anchor=one("anchor_circle"),
            kind=kind,
        )
    for field in rule.where:
        if field not in _FIELDS.get(top(kind), ()):
            return message(
                "Changes of the kind “{kind}” have no “{field}”, so this rule is never reached.",
                kind=kind,
                field=field,
            )
    return None


def _taken(kind: str, rule: DecisionRule, earlier: Iterable[DecisionRule]) -> Message | None:
    for other in earlier:
        if shadows(other.where, rule.where) and any(covers(own, kind) for own in other.kinds):
            return message(
                "A rule above it already decides every change of the kind “{kind}” that this rule "
                "is for, so it is never reached.",
                kind=kind,
            )
    return None
