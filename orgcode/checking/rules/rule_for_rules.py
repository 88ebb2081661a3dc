"""Ensure that the rules themselves can only be changed by enough people.

Who may change the decision rules can change everything. That is why a rule for `governance` asks
for consent, consensus or a vote of more than half; of the members of the anchor circle, or of all;
and with at least half of them taking part. The same goes for its `otherwise`.

At least half take part where everyone has to respond, as with consensus and where silence blocks,
or where `quorum` is a share of 1/2 or more. A number of people is not enough: what is half of the
members today may be few of them next year.

Wrong:

    # org.yaml, continued
    decision_rules:
      - for: governance  # <-- here
        by: consent
        of: role:director
        silence: consents
        open_for: 3 days

    # roles/director.yaml
    name: Director
    circle: house
    purpose: Everything
    holders: [sara]

Wrong:

    # org.yaml, continued
    decision_rules:
      - for: [governance, organisation]  # <-- here
        by: vote
        of: all
        quorum: 1/10

Right:

    # org.yaml, continued
    decision_rules:
      - for: [governance, organisation]
        by: vote
        of: all
        quorum: 1/2
        threshold: "> 2/3"
        open_for: 14 days
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.deciding import written
from orgcode.checking.rule import Group, Subject
from orgcode.law.keeping import rule_makers
from orgcode.law.shares import parse_quorum, parse_threshold
from orgcode.model.effect import covers
from orgcode.model.entities import Circle, Organisation, Way
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, many, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "law"
FOR: tuple[Subject, ...] = ("organisation", "circle")


def check(org: Org, thing: Organisation | Circle | None) -> Iterator[Problem]:
    """Look at the rules for governance in org.yaml and in the anchor circle."""
    if isinstance(thing, Circle) and thing.id != org.anchor:
        return
    for rule in written(org, thing):
        if not any(covers("governance", kind) for kind in rule.kinds):
            continue
        if flaw := _flaw(org, rule.way):
            yield Problem(path=rule.path, pointer=rule.pointer, cause=flaw[0], way_out=flaw[1])
        if rule.otherwise and (flaw := _flaw(org, rule.otherwise.way)):
            yield Problem(
                path=rule.path,
                pointer=(*rule.pointer, "otherwise"),
                cause=flaw[0],
                way_out=flaw[1],
            )


def _flaw(org: Org, way: Way) -> tuple[Message, Message] | None:
    """The first thing that is lacking, with the way out."""
    if way.by not in {"consent", "consensus", "vote"}:
        return (
            message("This lets the rules be changed without consent, consensus or a vote."),
            message("Write “by: consent”, “by: consensus” or “by: vote”."),
        )
    if rule_makers(org).isdisjoint(way.of):
        return (
            message(
                "This lets the rules be changed without the {members} of the {anchor}.",
                members=many("member"),
                anchor=one("anchor_circle"),
            ),
            message("Write “of: anchor-members” or “of: all”, alone or in a list."),
        )
    if way.by == "vote" and not parse_threshold(way.threshold).is_majority:
        return (
            message("This lets the rules be changed by a vote of half or less."),
            message("Write a threshold of more than half, such as “> 1/2” or “>= 2/3”."),
        )
    everyone = way.by == "consensus" or (way.by == "consent" and way.silence == "blocks")
    if not everyone and not parse_quorum(way.quorum).is_half:
        return (
            message("This lets the rules be changed while fewer than half take part."),
            message("Write “quorum: 1/2”, or a larger share."),
        )
    return None
