"""Edits of circles, roles, and who holds them."""

from __future__ import annotations

from random import Random
from typing import Any

from orgcode.documents.rulesets import load_ruleset
from tests.law.generated.organisations import (
    Data,
    Documents,
    anybody,
    days_from_now,
    ids_of,
    pick,
)
from tests.law.generated.rules import NARROWINGS, decision_rule


def hold(rng: Random, documents: Documents, entries: list[Any]) -> bool:
    """Alter a list of holders."""
    here = [entry["person"] if isinstance(entry, dict) else entry for entry in entries]
    others = [id for id in ids_of(documents, "people") if id not in here]
    match rng.randint(0, 5):
        case 0 | 1 if others:
            entries.append(rng.choice(others))
        case 2 if others:
            later = {"person": rng.choice(others), "since": days_from_now(rng, -9, 30)}
            entries.append({**later, "until": days_from_now(rng, 60, 300)})
        case 3 if entries:
            del entries[rng.randrange(len(entries))]
        case 4 if entries:
            place = rng.randrange(len(entries))
            entries[place] = {"person": here[place], "until": days_from_now(rng, -9, 900)}
        case 5 if entries:
            place = rng.randrange(len(entries))
            entries[place] = {"person": here[place], "since": days_from_now(rng, -500, 9)}
        case _:
            return False
    return True


def role_is_new(rng: Random, documents: Documents) -> str:
    data: Data = {"name": "New", "circle": rng.choice(ids_of(documents, "circles"))}
    data["purpose"] = "New work"
    if rng.random() < 0.4:
        data["holders"] = [anybody(rng, documents)]
    if rng.random() < 0.3:
        data["consult"] = [anybody(rng, documents)]
    documents["roles/new.yaml"] = data
    return "role"


def role_is_altered(rng: Random, documents: Documents) -> str | None:
    found = pick(rng, documents, "roles")
    if found is None:
        return None
    data = found[1]
    match rng.randint(0, 5):
        case 0:
            data["purpose"] = "Another purpose"
        case 4:
            data["consult"] = [anybody(rng, documents), anybody(rng, documents)]
        case 5:
            data["domains"] = ["The garden"]
        case 1:
            data["circle"] = rng.choice(ids_of(documents, "circles"))
        case 2:
            data["ended"] = {"on": days_from_now(rng, -2, 30)}
        case _:
            data["accountabilities"] = ["Doing it"]
            data["circle"] = rng.choice(ids_of(documents, "circles"))
    return "role"


def role_is_held(rng: Random, documents: Documents) -> str | None:
    found = pick(rng, documents, "roles")
    if found is None:
        return None
    entries = found[1].setdefault("holders", [])
    return "assignment" if hold(rng, documents, entries) else None


def core_role_is_held(rng: Random, documents: Documents) -> str | None:
    found = pick(rng, documents, "circles")
    if found is None:
        return None
    rules = load_ruleset(documents["org.yaml"]["ruleset"])
    kind = found[1].get("kind", rules.default_circle_kind)
    if kind not in rules.circle_kinds:
        return None
    core = rng.choice(rules.circle_kinds[kind].core_roles)
    entries = found[1].setdefault("core_roles", {}).setdefault(core, [])
    return "assignment.core" if hold(rng, documents, entries) else None


def members_are_others(rng: Random, documents: Documents) -> str | None:
    found = pick(rng, documents, "circles")
    if found is None:
        return None
    entries = found[1].setdefault("members", [])
    return "assignment.member" if hold(rng, documents, entries) else None


def circle_is_new(rng: Random, documents: Documents) -> str:
    data: Data = {"name": "Fresh", "purpose": "Fresh air"}
    data["parent"] = rng.choice(ids_of(documents, "circles"))
    if rng.random() < 0.3:
        data["members"] = [anybody(rng, documents)]
    if rng.random() < 0.2:
        kind = rng.choice(NARROWINGS[:8])
        data["decision_rules"] = [decision_rule(rng, documents, [kind])]
    documents["circles/fresh.yaml"] = data
    return "circle"


def circle_is_altered(rng: Random, documents: Documents) -> str | None:
    found = pick(rng, documents, "circles")
    if found is None:
        return None
    path, data = found
    rules = load_ruleset(documents["org.yaml"]["ruleset"])
    match rng.randint(0, 6):
        case 0:
            data["purpose"] = "Something else"
        case 1 if path != "circles/top.yaml":
            data["parent"] = rng.choice(ids_of(documents, "circles"))
        case 2 if path != "circles/top.yaml":
            data["ended"] = {"on": days_from_now(rng, -2, 30)}
        case 3:
            data["kind"] = rng.choice(sorted(rules.circle_kinds))
        case 4:
            data["domains"] = ["The garden"]
        case 5:
            data["strategy"] = "Slowly"
        case _:
            data["accountabilities"] = ["Seeing to it"]
    return "circle"


def circle_has_rules(rng: Random, documents: Documents) -> str | None:
    found = pick(rng, documents, "circles")
    if found is None:
        return None
    if found[1].pop("decision_rules", None) and rng.random() < 0.5:
        return "governance"
    kinds = rng.sample(NARROWINGS[:8], rng.randint(1, 2))
    found[1]["decision_rules"] = [decision_rule(rng, documents, kinds)]
    return "governance"
