"""What a diff does (section 4), in the families of changes that the naive judge knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.law.naive.affected import circle_of_tension
from tests.law.naive.altered import altered
from tests.law.naive.people import person_of
from tests.law.naive.reading import (
    Data,
    State,
    UnknownChangeError,
    changed_paths,
    day,
    is_of_a_thing,
    listed,
)

SINGULAR = {
    "circles": "circle",
    "roles": "role",
    "people": "person",
    "policies": "policy",
    "agreements": "agreement",
    "objectives": "objective",
    "tensions": "tension",
}
ORGANISATION = {"name", "purpose", "values", "languages", "handbook", "tags", "notes", "extra"}
GOVERNANCE = {
    "decision_rules": "rules",
    "rules_in_force_since": "in_force",
    **{
        key: key
        for key in (
            "ruleset memberships circle_kinds core_roles assurance witnesses anchor severities "
            "forge id aliases ended"
        ).split()
    },
}
IN_PARENT = {"purpose", "domains", "kind"}
IDENTITY = {"accounts": "accounts", "emails": "addresses", "keys": "keys"}


def effects(before: State, after: State) -> list[Data]:
    """Everything that a change does outside of the record of its proposal."""
    found = []
    for path in changed_paths(before.files, after.files):
        if not re.fullmatch(r"proposals/[^/]+/(proposal|responses/[^/]+)\.yaml", path):
            found += list(of_file(before, after, path))
    return found


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


def of_file(before: State, after: State, path: str) -> Iterator[Data]:
    old, new = before.parsed.get(path), after.parsed.get(path)
    anchor = before.anchor
    if path != "org.yaml" and not is_of_a_thing(path):
        is_page = path.startswith(("pages/", "assets/")) or path in ("README.md", "LICENSE")
        what = "added" if path not in before.files else "amended"
        what = "removed" if path not in after.files else what
        yield effect(f"{'page' if is_page else 'tooling'}.{what}", path, [anchor])
        for folder in ("policies", "agreements", "roles"):
            if any(path in str(t) for s in (before, after) for t in s.things(folder).values()):
                raise UnknownChangeError(f"{path} is linked to")
    elif path in before.unreadable:
        raise UnknownChangeError(f"{path} could not be read before")
    elif path in after.unreadable:
        yield from unreadable(before, path)
    elif old is not None and old == new:
        yield effect("format.rewritten", path, [anchor])
    elif path == "org.yaml":
        yield from of_org(before, after)
    elif path.startswith("circles/"):
        yield from of_circle(before, after, path[8:-5])
    elif path.startswith("people/"):
        yield from of_person(before, after, path[7:-5])
    else:
        yield from of_thing(before, after, path)


def unreadable(before: State, path: str) -> Iterator[Data]:
    if path == "org.yaml":
        yield effect("governance.unreadable", "org", [before.anchor], before={})
        return
    folder, id = path[:-5].split("/")
    if path not in before.parsed:
        raise UnknownChangeError(f"{path} is new and unreadable")
    stands = circles_of_thing(before, folder, id)
    subjects = subjects_of(before, folder, id)
    was = fields(before, folder, id)
    yield effect(f"{SINGULAR[folder]}.unreadable", path[:-5], stands, subjects=subjects, before=was)


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


def is_past(entry: Any, today: date) -> bool:
    return isinstance(entry, dict) and "until" in entry and day(entry["until"]) < today


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


def of_org(before: State, after: State) -> Iterator[Data]:
    old, new = before.org, after.org
    if not old or not new:
        raise UnknownChangeError("org.yaml appears or disappears")
    for key in sorted({*old, *new}):
        if old.get(key) == new.get(key):
            continue
        sides: Data = {"before": {}, "after": {}}
        if key in ORGANISATION:
            yield effect("organisation.amended", "org", [before.anchor], **sides)
        elif key in GOVERNANCE:
            circles = [before.anchor, after.anchor] if key == "anchor" else [before.anchor]
            if key == "decision_rules":
                kinds = altered(listed(old.get(key)), listed(new.get(key)))
                sides["alters"] = [(kind, None) for kind in kinds]
            if key == "ruleset":
                rules = [state.ruleset["decision_rules"] for state in (before, after)]
                sides["alters"] = [(kind, None) for kind in altered(*rules)]
            yield effect(f"governance.{GOVERNANCE[key]}", "org", circles, **sides)
        else:
            raise UnknownChangeError(f"{key} of org.yaml")


def of_circle(before: State, after: State, id: str) -> Iterator[Data]:
    old, new = before.thing("circles", id), after.thing("circles", id)
    address = f"circles/{id}"
    sides: Data = {"before": fields(before, "circles", id), "after": fields(after, "circles", id)}
    parents = circles_of_thing(before, "circles", id) + circles_of_thing(after, "circles", id)
    if old is None:
        yield effect("circle.added", address, parents, **sides)
    elif new is None:
        yield effect("circle.removed", address, parents, **sides)
    old, new = old or {}, new or {}
    for key in sorted({*old, *new}):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        if key == "decision_rules":
            alters = [(kind, id) for kind in altered(listed(was), listed(now))]
            yield effect("governance.rules", address, [before.anchor], alters=alters, **sides)
        elif key == "core_roles":
            for core_role in sorted({*(was or {}), *(now or {})}):
                yield from of_core_role(before, after, id, core_role)
        elif key == "members":
            for what, person in holding(listed(was), listed(now), before.today):
                kind = f"assignment.member.{what}"
                yield effect(kind, address, [id], subjects=person, **sides)
        elif not old or not new:
            continue
        elif key == "ended":
            what = "ended" if now else "reopened"
            subjects = subjects_of(before, "circles", id)
            yield effect(f"circle.{what}", address, parents, subjects=subjects, **sides)
        elif key == "parent":
            yield effect("circle.moved", address, parents, **sides)
        elif key in ("metrics", "former"):
            raise UnknownChangeError(f"{key} of a circle")
        else:
            stands = parents if key in IN_PARENT else [id]
            is_domain = key == "domains"
            yield effect("circle.amended", address, stands, is_domain=is_domain, **sides)


def of_core_role(before: State, after: State, id: str, core_role: str) -> Iterator[Data]:
    lists = []
    stands: list[str] = []
    for state in (before, after):
        circle = state.thing("circles", id)
        lists.append(listed((circle or {}).get("core_roles", {}).get(core_role)))
        if circle is not None:
            is_in_parent = state.core_roles.get(core_role, {}).get("stands_in") == "parent"
            stands.append(state.parent_of(id) if is_in_parent else id)
    for what, people in holding(lists[0], lists[1], before.today):
        yield effect(
            f"assignment.core.{what}",
            f"roles/{id}/{core_role}",
            stands,
            subjects=people,
            before=fields(before, "circles", id, core_role),
            after=fields(after, "circles", id, core_role),
        )


def holding(old: list[Any], new: list[Any], today: date) -> Iterator[tuple[str, list[str]]]:
    """What happens to the people in a list of holders, each of whom stands in it once."""
    was = {person_of(entry): entry for entry in old}
    now = {person_of(entry): entry for entry in new}
    if len(was) < len(old) or len(now) < len(new):
        raise UnknownChangeError("somebody is a holder twice")
    for person in sorted({*was, *now}):
        if person not in was:
            yield ("recorded" if is_past(now[person], today) else "added"), [person]
        elif person not in now:
            yield ("forgotten" if is_past(was[person], today) else "ended"), [person]
        elif was[person] != now[person]:
            for what in sorted(rewritten(was[person], now[person])):
                yield what, [person]
    stay = [person_of(entry) for entry in old if person_of(entry) in now]
    if stay != [person_of(entry) for entry in new if person_of(entry) in was]:
        yield "reordered", []


def rewritten(was: Any, now: Any) -> set[str]:
    old = was if isinstance(was, dict) else {"person": was}
    new = now if isinstance(now, dict) else {"person": now}
    found = set()
    until = old.get("until"), new.get("until")
    if until[0] != until[1]:
        is_longer = until[1] is None or (until[0] is not None and until[1] > until[0])
        found.add("extended" if is_longer else "ended")
    if old.get("since") != new.get("since"):
        found.add("rescheduled")
    others = [{k: v for k, v in d.items() if k not in ("since", "until")} for d in (old, new)]
    if others[0] != others[1] or not found:
        found.add("amended")
    return found


def of_person(before: State, after: State, id: str) -> Iterator[Data]:
    old, new = before.thing("people", id), after.thing("people", id)
    sides: Data = {"before": fields(before, "people", id), "after": fields(after, "people", id)}

    def about(kind: str) -> Data:
        return effect(kind, f"people/{id}", [before.anchor], subjects=[id], **sides)

    if old is None or new is None:
        yield about("person.joined" if old is None else "person.removed")
        return
    for key in sorted({*old, *new}):
        if old.get(key) == new.get(key):
            continue
        if key in IDENTITY:
            yield about(f"identity.{IDENTITY[key]}")
        elif key == "ended":
            yield about("person.left" if "ended" in new else "person.returned")
        elif key in ("membership", "away"):
            yield about(f"person.{key}")
        elif key == "joined_on":
            yield about("person.period")
        elif key == "aliases":
            raise UnknownChangeError("aliases of a person")
        else:
            yield about("person.amended")


def of_thing(before: State, after: State, path: str) -> Iterator[Data]:
    """A role, policy, agreement, objective or tension."""
    folder, id = path[:-5].split("/")
    old, new = before.thing(folder, id), after.thing(folder, id)
    kind, address = SINGULAR[folder], f"{folder}/{id}"
    stands = circles_of_thing(before, folder, id) + circles_of_thing(after, folder, id)
    sides: Data = {"before": fields(before, folder, id), "after": fields(after, folder, id)}
    if old is None:
        yield effect(f"{kind}.added", address, stands, **sides)
    if new is None:
        yield effect(f"{kind}.removed", address, stands, **sides)
    if folder == "roles":
        for what, person in holding(
            listed((old or {}).get("holders")), listed((new or {}).get("holders")), before.today
        ):
            yield effect(f"assignment.{what}", address, stands, subjects=person, **sides)
    if old is None or new is None:
        return
    for key in sorted({*old, *new} - {"holders"}):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        if key == "aliases":
            raise UnknownChangeError("another id")
        what, subjects = "amended", []
        if key == "ended":
            what = "ended" if now else "reopened"
            subjects = subjects_of(before, folder, id)
        elif key == "circle":
            what = "moved"
        elif (folder, key) in (("tensions", "closed"), ("objectives", "result")):
            what = "closed"
        elif key == "key_results":
            is_only_measured = without_figures(was) == without_figures(now)
            if not is_only_measured and figures(was) != figures(now):
                raise UnknownChangeError("key results both measured and amended")
            what = "measured" if is_only_measured else "amended"
        is_domain = key == "domains"
        kind_of = f"{kind}.{what}"
        yield effect(kind_of, address, stands, subjects=subjects, is_domain=is_domain, **sides)


def without_figures(results: Any) -> list[Data]:
    return [
        {k: v for k, v in result.items() if k not in ("current", "as_of")}
        for result in listed(results)
    ]


def figures(results: Any) -> list[Data]:
    return [{k: result.get(k) for k in ("name", "current", "as_of")} for result in listed(results)]
