"""What a changed file of a thing does: of a circle, a person, a role and the like (section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.law.naive.altered import altered
from tests.law.naive.holding import holding
from tests.law.naive.reading import Data, State, listed, refuse
from tests.law.naive.standing import SINGULAR, circles_of_thing, effect, fields, subjects_of

IN_PARENT = {"purpose", "domains", "kind"}
IDENTITY = {"accounts": "accounts", "emails": "addresses", "keys": "keys"}


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
            refuse(f"{key} of a circle")
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
    changes = list(holding(lists[0], lists[1], before.today))
    written = [
        core_role in (s.thing("circles", id) or {}).get("core_roles", {}) for s in (before, after)
    ]
    if lists == [[], []] and written[0] != written[1]:
        changes.append(("amended", []))  # that nobody holds it is said, or no longer
    for what, people in changes:
        yield effect(
            f"assignment.core.{what}",
            f"roles/{id}/{core_role}",
            stands,
            subjects=people,
            before=fields(before, "circles", id, core_role),
            after=fields(after, "circles", id, core_role),
        )


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
            refuse("aliases of a person")
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
            refuse("another id")
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
                refuse("key results both measured and amended")
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
