"""Where a thing stands, whom it is about, and what a rule may ask of it (section 4)."""

from __future__ import annotations

from typing import Any

from tests.law.naive.affected import circle_of_tension
from tests.law.naive.holding import is_past
from tests.law.naive.people import person_of
from tests.law.naive.reading import Data, State, listed

SINGULAR = {
    "circles": "circle",
    "roles": "role",
    "people": "person",
    "policies": "policy",
    "agreements": "agreement",
    "objectives": "objective",
    "tensions": "tension",
}


def effect(kind: str, thing: str, circles: list[str], **more: Any) -> Data:
    once = list(dict.fromkeys(circles))
    return {
        "kind": kind,
        "thing": thing,
        "circles": once,
        "subjects": [],
        "before": None,
        "after": None,
        "alters": [],
        **more,
    }


def subjects_of(state: State, folder: str, id: str) -> list[str]:
    """Who is put in it or belongs to it by its own file, today or later."""
    data = state.thing(folder, id) or {}
    entries = []
    if folder == "people":
        return [id]
    if folder == "roles":
        entries = listed(data.get("holders"))
    if folder == "circles":
        entries = listed(data.get("members"))
        for held in data.get("core_roles", {}).values():
            entries += listed(held)
    return sorted({person_of(entry) for entry in entries if not is_past(entry, state.today)})


def circles_of_thing(state: State, folder: str, id: str) -> list[str]:
    data = state.thing(folder, id)
    if data is None:
        return []
    if folder == "people":
        return [state.anchor]
    if folder == "circles":
        return [state.parent_of(id)]
    if folder == "tensions":
        return [circle_of_tension(state, data)]
    return [data["circle"] if state.thing("circles", data["circle"]) else state.anchor]


def fields(state: State, folder: str, id: str, core_role: str | None = None) -> Data | None:
    """What `where` can ask of a thing; None where there is no such thing."""
    data = state.thing(folder, id)
    if data is None:
        return None
    if folder == "people":
        return {"membership": data["membership"]} if "membership" in data else {}
    if folder == "circles":
        if core_role:
            return {"circle": id, "core_role": core_role}
        return {"circle": id, "kind": state.kind_of_circle(id)}
    if folder == "tensions":
        return {"circle": circle_of_tension(state, data)} if "role" in data else {}
    found = {"circle": data["circle"]}
    if "kind" in data:
        found["kind"] = data["kind"]
    return found
