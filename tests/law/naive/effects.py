"""What a diff does (section 4), in the families of changes that the naive judge knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.law.naive.altered import altered
from tests.law.naive.reading import Data, State, changed_paths, is_of_a_thing, listed, load, refuse
from tests.law.naive.standing import SINGULAR, circles_of_thing, effect, fields, subjects_of
from tests.law.naive.things import of_circle, of_person, of_thing

ORGANISATION = {"name", "purpose", "values", "languages", "handbook", "tags", "notes", "extra"}
UNCHANGED_NAMES = (
    "ruleset",
    "memberships",
    "circle_kinds",
    "core_roles",
    "assurance",
    "witnesses",
    "anchor",
    "severities",
    "forge",
    "id",
    "aliases",
    "ended",
)
GOVERNANCE = {
    "decision_rules": "rules",
    "rules_in_force_since": "in_force",
    **{key: key for key in UNCHANGED_NAMES},
}


def effects(before: State, after: State) -> list[Data]:
    """Everything that a change does outside of the record of its proposal."""
    found = []
    for path in changed_paths(before.files, after.files):
        if not re.fullmatch(r"proposals/[^/]+/(proposal|responses/[^/]+)\.yaml", path):
            found += list(of_file(before, after, path))
        elif is_the_same(before.files.get(path), after.files.get(path)):
            found.append(effect("format.rewritten", path, [before.anchor]))
    return found


def is_the_same(old: str | None, new: str | None) -> bool:
    """Whether a file of a record says the same in another way."""
    return old is not None and new is not None and load(old) == load(new)


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
                refuse(f"{path} is linked to")
    elif path in before.unreadable:
        refuse(f"{path} could not be read before")
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
        refuse(f"{path} is new and unreadable")
    stands = circles_of_thing(before, folder, id)
    subjects = subjects_of(before, folder, id)
    was = fields(before, folder, id)
    yield effect(f"{SINGULAR[folder]}.unreadable", path[:-5], stands, subjects=subjects, before=was)


def of_org(before: State, after: State) -> Iterator[Data]:
    old, new = before.org, after.org
    if not old or not new:
        refuse("org.yaml appears or disappears")
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
            refuse(f"{key} of org.yaml")
