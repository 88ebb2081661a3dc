"""Which rule decides (section 5) and who decides by it (rules 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.law.naive.affected import concerned
from tests.law.naive.altered import covers
from tests.law.naive.people import core_holders, everybody, has_a_vote, holders, is_active, members
from tests.law.naive.reading import Data, State, listed


def places(state: State, circle: str) -> list[list[Data]]:
    """The lists of rules, the last place first."""
    own = listed((state.thing("circles", circle) or {}).get("decision_rules"))
    return [own, listed(state.org.get("decision_rules")), state.ruleset["decision_rules"]]


def rule_of(state: State, kind: str, circle: str, asked: Data) -> Data:
    """The rule for a thing with these fields: in the last place that has one, the first."""
    for name in (kind, "tooling", "governance"):
        for rules in places(state, circle):
            for rule in rules:
                if is_for(rule, name) and all(
                    asked.get(key) == value for key, value in rule.get("where", {}).items()
                ):
                    return {**rule, "is_governance": name.split(".")[0] == "governance"}
    raise AssertionError(kind)


def rules_of_any(state: State, kind: str, circle: str) -> list[Data]:
    """Every rule that may decide about something of a kind or of a narrower one."""
    written = {
        other
        for rules in places(state, circle)
        for rule in rules
        for other in listed(rule["for"])
        if covers(kind, other)
    }
    found: list[Data] = []
    for other in sorted({kind, *written}):
        found += [rule for rule in whatever_it_is(state, other, circle) if rule not in found]
    return found


def whatever_it_is(state: State, kind: str, circle: str) -> list[Data]:
    """The rules that may decide about a kind, by what the thing is."""
    found: list[Data] = []
    is_governance = kind.split(".")[0] == "governance"
    for rules in places(state, circle):
        for rule in rules:
            where = rule.get("where", {})
            if not is_for(rule, kind):
                continue
            if not any(where.items() >= other.get("where", {}).items() for other in found):
                found.append({**rule, "is_governance": is_governance})
            if not where:
                return found
    raise AssertionError(kind)


def is_for(rule: Data, kind: str) -> bool:
    return any(covers(general, kind) for general in listed(rule["for"]))


def named(state: State, word: str, effect: Data, circle: str) -> set[str]:
    """The active people whom one word of `of` means, for an effect in a circle."""
    sort, _, id = word.partition(":")
    if sort == "circle":
        return members(state, id)
    if sort == "role":
        return holders(state, id)
    if sort == "core":
        return core_holders(state, circle, id)
    if word == "members":
        return members(state, circle)
    if word == "parent-members":
        return members(state, state.parent_of(circle)) if circle != state.anchor else set()
    if word == "anchor-members":
        return members(state, state.anchor)
    if word == "all":
        return everybody(state)
    if word == "affected":
        return concerned(state, effect)
    if word == "subject":
        return {id for id in effect["subjects"] if is_active(state, id)}
    raise AssertionError(word)


def electorate(
    state: State, of: Any, effect: Data, circle: str, recused: Iterable[str] = ()
) -> set[str]:
    """Who decides: those with a vote but who is recused; if that is nobody, the wider circles."""
    out = set(recused)
    first: set[str] = set()
    for word in listed(of):
        first |= named(state, word, effect, circle)
    rows = [first]
    around = circle
    for _ in state.things("circles"):
        around = state.parent_of(around)
        rows.append(members(state, around))
    rows += [members(state, state.anchor), everybody(state)]
    for row in rows:
        found = {id for id in row if has_a_vote(state, id)} - out
        if found:
            return found
    return electorate(state, of, effect, circle) if out else set()
