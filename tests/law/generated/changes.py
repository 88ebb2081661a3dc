"""A change of an organisation, of one of many sorts, lawful or not."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from orgcode.documents.rulesets import load_ruleset
from tests.law.generated.organisations import (
    Data,
    Documents,
    days_from_now,
    decision_rule,
    ids_of,
    text_of,
)

Edit = Callable[[Random, Documents], str | None]
"""Alters the files; gives the kind of change that it is, or None where it can do nothing here."""

NARROWINGS = (
    "role assignment assignment.core assignment.member policy agreement objective tension circle "
    "person person.amended identity page tooling organisation governance objective.measured"
).split()


def pick(rng: Random, documents: Documents, folder: str) -> tuple[str, Data] | None:
    ids = ids_of(documents, folder)
    if not ids:
        return None
    path = f"{folder}/{rng.choice(ids)}.yaml"
    data = documents[path] = deepcopy(documents[path])
    return path, data


def anybody(rng: Random, documents: Documents) -> str:
    return rng.choice(ids_of(documents, "people"))


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


def policy_or_the_like(rng: Random, documents: Documents) -> str | None:
    circle = rng.choice(ids_of(documents, "circles"))
    rules = load_ruleset(documents["org.yaml"]["ruleset"])
    match rng.randint(0, 7):
        case 0:
            kind = rng.choice(sorted(rules.policy_kinds))
            data = {"title": "P", "circle": circle, "text": "Law.", "kind": kind}
            documents["policies/new.yaml"] = data
            return "policy"
        case 1 if found := pick(rng, documents, "policies"):
            found[1]["text"] = "Otherwise."
            if rng.random() < 0.3:
                found[1]["kind"] = rng.choice(sorted(rules.policy_kinds))
            return "policy"
        case 2:
            kind = rng.choice(["decision", "relational"])
            between = [anybody(rng, documents), f"circle:{circle}"]
            data = {"title": "A", "circle": circle, "kind": kind, "between": between}
            documents["agreements/new.yaml"] = data
            return "agreement"
        case 3 if found := pick(rng, documents, "agreements"):
            found[1]["between"] = [anybody(rng, documents)]
            return "agreement"
        case 4 if found := pick(rng, documents, "objectives"):
            [result] = found[1]["key_results"]
            result["current"] = rng.choice([2, 3])
            return "objective.measured"
        case 5 if found := pick(rng, documents, "objectives"):
            found[1]["title"] = "Another goal"
            return "objective"
        case 6:
            data = {"title": "T", "sensed_by": anybody(rng, documents)}
            if rng.random() < 0.5:
                data["role"] = rng.choice(ids_of(documents, "roles"))
            documents["tensions/new.yaml"] = data
            return "tension"
        case 7 if found := pick(rng, documents, "tensions"):
            found[1]["closed"] = {"on": "2027-02-28"}
            return "tension"
    return None


def person_joins(rng: Random, documents: Documents) -> str:
    data: Data = {"name": "New"}
    if rng.random() < 0.6:
        data["membership"] = rng.choice(["full", "guest"])
    if rng.random() < 0.2:
        data["joined_on"] = days_from_now(rng, -5, 20)
    documents["people/new.yaml"] = data
    return "person"


def person_is_altered(rng: Random, documents: Documents) -> str | None:
    found = pick(rng, documents, "people")
    if found is None:
        return None
    data = found[1]
    match rng.randint(0, 6):
        case 0:
            data["ended"] = {"on": days_from_now(rng, -3, 20)}
        case 1 | 2:
            data["skills"] = ["singing"]
            return "person.amended"
        case 3:
            data["away"] = [{"from": "2027-03-01", "until": days_from_now(rng, 1, 30)}]
        case 4:
            data["membership"] = "guest" if data.get("membership") != "guest" else "full"
        case 5:
            data["emails"] = [f"{rng.randint(0, 99)}@example.org"]
            return "identity"
        case _:
            data["accounts"] = {"github": {"login": f"login-{rng.randint(0, 99)}"}}
            return "identity"
    return "person"


def organisation_is_altered(rng: Random, documents: Documents) -> str:
    data = documents["org.yaml"] = deepcopy(documents["org.yaml"])
    match rng.randint(0, 9):
        case 0 | 1:
            data["purpose"] = "Another purpose for all."
            return "organisation"
        case 2 | 3:
            kinds = rng.sample(NARROWINGS, rng.randint(1, 2))
            data["decision_rules"] = [
                decision_rule(rng, documents, kinds),
                *data.get("decision_rules", []),
            ]
        case 4:
            data["assurance"] = {"people": {"default": rng.choice(["minuted", "signed"])}}
        case 5:
            key = (
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHzZkXKqWkXKqWkXKqWkXKqWkXKqWkXKqWkXKqWkXKq s"
            )
            data["witnesses"] = [{"name": "server", "key": key}]
        case 6:
            others = sorted({"teal@1", "sociocracy@1", "holacracy@1"} - {data["ruleset"]})
            data["ruleset"] = rng.choice(others)
        case 7:
            data["severities"] = {"seat-open": "notice"}
        case 8:
            data["memberships"] = {**data["memberships"], "friend": {"name": "F", "votes": False}}
        case _:
            data["circle_kinds"] = {"band": {"name": "Band", "core_roles": ["facilitator"]}}
    return "governance"


def page_or_tool(rng: Random, documents: Documents) -> str:
    match rng.randint(0, 3):
        case 0:
            documents["pages/about.md"] = "# About us\n"
        case 1:
            documents["pages/new.md"] = "# New\n"
        case 2:
            documents[".github/workflows/check.yml"] = "on: push\n"
            return "tooling"
        case _:
            documents["budget.csv"] = "a,b\n"
            return "tooling"
    return "page"


def only_written_otherwise(rng: Random, documents: Documents) -> str:
    path = rng.choice(sorted(path for path in documents if path.endswith(".yaml")))
    documents[path] = text_of(documents[path]).rstrip() + "  # as before\n"
    return "format"


def nothing(rng: Random, documents: Documents) -> str:
    return "proposal"


EDITS: tuple[tuple[Edit, int], ...] = (
    (role_is_new, 10),
    (role_is_altered, 12),
    (role_is_held, 12),
    (core_role_is_held, 12),
    (members_are_others, 8),
    (circle_is_new, 5),
    (circle_is_altered, 8),
    (circle_has_rules, 5),
    (policy_or_the_like, 16),
    (person_joins, 4),
    (person_is_altered, 12),
    (organisation_is_altered, 8),
    (page_or_tool, 5),
    (only_written_otherwise, 3),
    (nothing, 1),
)


def change(rng: Random, documents: Documents) -> tuple[Documents, list[str]]:
    """The files after one or two edits, and the kinds of change."""
    edits = [edit for edit, _ in EDITS]
    weights = [weight for _, weight in EDITS]
    wanted = rng.choice([1, 1, 1, 1, 1, 1, 2, 3])
    after, kinds = dict(documents), []
    while len(kinds) < wanted:
        [edit] = rng.choices(edits, weights)
        copy = deepcopy(after)
        if any(isinstance(data, str) for path, data in copy.items() if path.endswith(".yaml")):
            break
        kind = edit(rng, copy)
        if kind is not None:
            after = copy
            kinds.append(kind)
    return after, kinds
