"""Whom something concerns (section 4): its holders and those of what refers to it, the members of
its circles, its subjects, and who is to be asked."""

from __future__ import annotations

from tests.law.naive.people import (
    below,
    circles_of,
    everybody,
    holders,
    is_active,
    is_live,
    members,
    now_in,
    parties,
)
from tests.law.naive.reading import Data, State, listed


def concerned(state: State, effect: Data) -> set[str]:
    """The active people whom an effect concerns, by one state."""
    found = {id for id in effect["subjects"] if is_active(state, id)}
    thing = effect["thing"]
    if thing == "org":
        return everybody(state)
    folder, _, id = thing.partition("/")
    if folder == "roles" and "/" in id:
        return found | of_core_role(state, id, effect["circles"])
    for circle in effect["circles"]:
        found |= members(state, circle)
    data = state.thing(folder, id)
    if data is None:
        return found
    if folder == "roles":
        # whoever held it when it ended is concerned too: it may begin again
        found |= now_in(state, data.get("holders")) | members(state, data["circle"])
        found |= parties(state, data.get("consult"))
        found |= who_refers(state, f"role:{id}") | who_senses(state, id)
        if effect.get("is_domain"):
            for inner in below(state, data["circle"]):
                found |= members(state, inner)
    elif folder == "circles":
        found |= of_circle(state, id)
        if effect.get("is_domain"):
            for inner in below(state, id):
                found |= members(state, inner)
    elif folder == "people":
        for circle in circles_of(state, id):
            found |= members(state, circle)
        found |= who_refers(state, id)
        found |= {id} if is_active(state, id) else set()
    elif folder == "policies":
        for circle in {data["circle"], *below(state, data["circle"])}:
            found |= members(state, circle)
    elif folder == "agreements":
        found |= members(state, data["circle"]) | parties(state, data.get("between"))
    elif folder == "objectives":
        found |= members(state, data["circle"])
        found |= holders(state, data["owner"]) if "owner" in data else set()
    elif folder == "tensions":
        found |= members(state, circle_of_tension(state, data))
        found |= {data["sensed_by"]} if is_active(state, data["sensed_by"]) else set()
    return found


def circle_of_tension(state: State, tension: Data) -> str:
    role = tension.get("role", "")
    if "/" in role:
        return str(role.partition("/")[0])
    data = state.thing("roles", role) or {}
    return str(data.get("circle", state.anchor))


def of_core_role(state: State, address: str, circles: list[str]) -> set[str]:
    circle = address.partition("/")[0]
    found = holders(state, address) | members(state, circle)
    for stands in circles:
        found |= members(state, stands)
    return found | who_refers(state, f"role:{address}") | who_senses(state, address)


def of_circle(state: State, id: str) -> set[str]:
    """Its members and its parent's, and who serves it."""
    found = members(state, id) | members(state, state.parent_of(id))
    for role, data in state.things("roles").items():
        if id in listed(data.get("serves")):
            found |= holders(state, role)
    for circle, data in state.things("circles").items():
        if id in listed(data.get("serves")):
            found |= members(state, circle)
    return found | who_refers(state, f"circle:{id}")


def who_refers(state: State, word: str) -> set[str]:
    """Holders of roles that want it heard, and parties to agreements with it."""
    found: set[str] = set()
    for role, data in state.things("roles").items():
        if word in listed(data.get("consult")):
            found |= holders(state, role)
    for data in state.things("agreements").values():
        if is_live(state, data) and word in listed(data.get("between")):
            found |= parties(state, data["between"])
    return found


def who_senses(state: State, role: str) -> set[str]:
    return {
        data["sensed_by"]
        for data in state.things("tensions").values()
        if is_live(state, data) and data.get("role") == role and is_active(state, data["sensed_by"])
    }
