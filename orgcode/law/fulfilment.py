"""Whether anybody can meet what a decision rule asks: ever, and today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from orgcode.law.electorate import Electorate, Electorates
from orgcode.law.shares import parse_quorum, parse_threshold
from orgcode.model.entities import DecisionRule, Text, Way
from orgcode.model.message import Message, many, message, messages
from orgcode.model.org import Org
from orgcode.model.postings import leaves

Lack = Literal["vacant", "few"]


def impossible(org: Org, rule: DecisionRule) -> Message | None:
    """Why no way of a rule can ever be met, whatever the day; None where one can."""
    reasons = [_impossible(org, way) for way in ways(rule)]
    return reasons[0] if None not in reasons else None


def lacks_today(
    org: Org, rule: DecisionRule, circle_id: str, electorates: Electorates
) -> Lack | None:
    """What every way of a rule lacks in a circle today: somebody in a seat, or enough people."""
    members = org.members(circle_id) or None
    lacks = [_lacks(way, electorates.of(way, circle_id, members)) for way in ways(rule)]
    return lacks[0] if None not in lacks else None


def ways(rule: DecisionRule) -> tuple[Way, ...]:
    """The way of a rule and, where it has one, its way out."""
    return (rule.way,) if rule.otherwise is None else (rule.way, rule.otherwise.way)


def _impossible(org: Org, way: Way) -> Message | None:
    over = list(_ended(org, way))
    if way.of and len(over) == len(way.of):
        return message(
            "This rule leaves the decision to {things}, and that has ended.", things=tuple(over)
        )
    quorum = parse_quorum(way.quorum)
    if quorum.share is not None and quorum.share > 1:
        return message(
            "This rule asks for more {responses} than there can be.", responses=many("response")
        )
    if quorum.people is not None and org.is_whole("person"):
        everyone = org.kept("law.staying", lambda: _staying(org))
        if quorum.people > max(1, everyone):
            return messages(
                "This rule asks for {quorum} {responses}, but there is only one who could respond.",
                "This rule asks for {quorum} {responses}, but there are only {count} people.",
                everyone,
                quorum=quorum.people,
                responses=many("response"),
            )
    if way.by == "vote" and not parse_threshold(way.threshold).can_be_met:
        return message("This rule asks for more votes in favour than there can be.")
    return None


def _staying(org: Org) -> int:
    """How many people are not to leave, as far as is known."""
    return sum(not leaves(note) for _, note in org.notes_under("person", ""))


def _ended(org: Org, way: Way) -> Iterator[Text]:
    """Names of the roles and circles of `of` whose file says that they ended, on whatever day."""
    for of in way.of:
        word, _, id = of.partition(":")
        if word == "role" and (role := org.every_role.get(id)) and role.ended:
            yield role.name
        elif word == "circle" and (circle := org.circles.get(id)) and circle.ended:
            yield circle.name


def _lacks(way: Way, found: Electorate) -> Lack | None:
    if found.unnamed:
        return None
    if found.passed_to and all(of.partition(":")[1] for of in way.of):
        return "vacant"
    needed = parse_quorum(way.quorum).people or 1
    return "few" if 1 < needed > len(found.people) + len(found.away) else None
