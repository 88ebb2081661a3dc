"""Who is active, who votes, who holds what, who is a member of a circle (section 2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.law.naive.reading import Data, State, day, is_over, listed


def is_active(state: State, id: str) -> bool:
    person = state.thing("people", id)
    if person is None or is_over(person, state.today):
        return False
    return "joined_on" not in person or day(person["joined_on"]) <= state.today


def has_a_vote(state: State, id: str) -> bool:
    if not is_active(state, id):
        return False
    membership = (state.thing("people", id) or {}).get("membership")
    if membership is None:
        return True
    kind = state.org.get("memberships", {}).get(membership)
    return kind is not None and kind["votes"] == "true"


def is_away(state: State, id: str, today: date) -> bool:
    person = state.thing("people", id) or {}
    for period in person.get("away", []):
        has_begun = "from" not in period or day(period["from"]) <= today
        is_back = "until" in period and day(period["until"]) < today
        if has_begun and not is_back:
            return True
    return False


def everybody(state: State) -> set[str]:
    return {id for id in state.things("people") if is_active(state, id)}


def person_of(entry: Any) -> str:
    return str(entry["person"] if isinstance(entry, dict) else entry)


def now_in(state: State, entries: Any) -> set[str]:
    """The active people of a list of holders who are in it today."""
    found = set()
    for entry in listed(entries):
        written = entry if isinstance(entry, dict) else {}
        if "since" in written and day(written["since"]) > state.today:
            continue
        if "until" in written and day(written["until"]) < state.today:
            continue
        if is_active(state, person_of(entry)):
            found.add(person_of(entry))
    return found


def core_roles_of(state: State, circle: str) -> list[str]:
    kind = state.circle_kinds.get(state.kind_of_circle(circle), {})
    return list(kind.get("core_roles", []))


def core_holders(state: State, circle: str, core_role: str) -> set[str]:
    data = state.thing("circles", circle)
    if data is None or is_over(data, state.today) or core_role not in core_roles_of(state, circle):
        return set()
    return now_in(state, data.get("core_roles", {}).get(core_role))


def holders(state: State, role: str) -> set[str]:
    if "/" in role:
        circle, _, core_role = role.partition("/")
        return core_holders(state, circle, core_role)
    data = state.thing("roles", role)
    if data is None or is_over(data, state.today):
        return set()
    return now_in(state, data.get("holders"))


def members(state: State, circle: str) -> set[str]:
    data = state.thing("circles", circle)
    if data is None or is_over(data, state.today):
        return set()
    found = now_in(state, data.get("members"))
    for core_role in core_roles_of(state, circle):
        found |= core_holders(state, circle, core_role)
    for id, role in state.things("roles").items():
        if role.get("circle") == circle:
            found |= holders(state, id)
    for id, other in state.things("circles").items():
        if id != circle and id != state.anchor and other.get("parent") == circle:
            for core_role in core_roles_of(state, id):
                if state.core_roles.get(core_role, {}).get("in_parent") == "true":
                    found |= core_holders(state, id, core_role)
    return found


def circles_of(state: State, person: str) -> set[str]:
    return {id for id in state.things("circles") if person in members(state, id)}


def below(state: State, circle: str) -> set[str]:
    """The circles inside a circle, at any depth."""
    found: set[str] = set()
    more = True
    while more:
        inside = {
            id
            for id, data in state.things("circles").items()
            if id != state.anchor and data.get("parent") in found | {circle}
        }
        more = not inside <= found
        found |= inside
    return found - {circle}


def party(state: State, word: str) -> set[str]:
    """Whom a word of `consult` or `between` names."""
    sort, _, id = word.rpartition(":")
    if sort == "circle":
        return members(state, id)
    if sort == "role":
        return holders(state, id)
    return {id} if is_active(state, id) else set()


def parties(state: State, words: Any) -> set[str]:
    found: set[str] = set()
    for word in listed(words):
        found |= party(state, word)
    return found


def is_live(state: State, thing: Data) -> bool:
    return not is_over(thing, state.today) and "closed" not in thing
