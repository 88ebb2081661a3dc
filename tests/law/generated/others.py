"""Edits of everything but circles and roles: policies and the like, people, org.yaml, pages."""

from __future__ import annotations

from copy import deepcopy
from random import Random

from orgcode.documents.rulesets import load_ruleset
from tests.law.generated.organisations import (
    Data,
    Documents,
    anybody,
    days_from_now,
    ids_of,
    pick,
    text_of,
)
from tests.law.generated.rules import NARROWINGS, decision_rule

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHzZkXKqWkXKqWkXKqWkXKqWkXKqWkXKqWkXKqWkXKq s"


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
            agreed = {"title": "A", "circle": circle, "kind": kind, "between": between}
            documents["agreements/new.yaml"] = agreed
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
