"""An organisation of three to twelve people, with all that can make a judge stumble."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from orgcode.documents.rulesets import load_ruleset
from tests.law.houses import ANCHOR_KINDS

Data = dict[str, Any]
Documents = dict[str, Any]
"""What each file says, by path: data of a YAML file, or the text of another."""

TODAY = date(2027, 3, 1)
ID = "0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e"


def text_of(data: Any) -> str:
    """The text of a file: JSON, which is YAML too."""
    return data if isinstance(data, str) else json.dumps(data) + "\n"


def texts(documents: Mapping[str, Any]) -> dict[str, str]:
    return {path: text_of(data) for path, data in documents.items()}


def days_from_now(rng: Random, least: int, most: int) -> str:
    return (TODAY + timedelta(days=rng.randint(least, most))).isoformat()


def some(rng: Random, items: list[str], most: int) -> list[str]:
    return rng.sample(items, min(len(items), rng.randint(0, most)))


def ids_of(documents: Documents, folder: str) -> list[str]:
    """Ids of the things in a folder."""
    return sorted(
        path.split("/")[1].removesuffix(".yaml")
        for path in documents
        if path.startswith(folder + "/")
    )


def holder(rng: Random, person: str) -> Any:
    """A holder as it may be written: of now, mostly."""
    match rng.randint(0, 11):
        case 0:
            return {"person": person, "since": days_from_now(rng, -400, 60)}
        case 1:
            return {"person": person, "until": days_from_now(rng, -60, 400)}
        case 2:
            since = days_from_now(rng, -400, -100)
            return {"person": person, "since": since, "until": days_from_now(rng, -60, 300)}
        case 3:
            return {"person": person, "focus": "Mornings"}
        case _:
            return person


def person(rng: Random, number: int) -> Data:
    data: Data = {"name": f"Person {number}"}
    membership = rng.choice(["full", "full", "full", "guest", None, None])
    if membership:
        data["membership"] = membership
    if rng.random() < 0.1:
        data["joined_on"] = days_from_now(rng, -60, 20)
    if rng.random() < 0.12:
        data["away"] = [{"from": days_from_now(rng, -20, 3), "until": days_from_now(rng, -2, 20)}]
    if number > 3 and rng.random() < 0.08:
        data["ended"] = {"on": days_from_now(rng, -60, 20)}
    return data


def organisation(rng: Random) -> Documents:
    """An organisation before the change, without rules of its own."""
    ruleset = rng.choice(sorted(ANCHOR_KINDS))
    rules = load_ruleset(ruleset)
    people = [f"p{number}" for number in range(1, rng.randint(3, 12) + 1)]
    found: Documents = {f"people/{id}.yaml": person(rng, int(id[1:])) for id in people}
    circles = ["top", *(f"c{number}" for number in range(1, rng.randint(1, 6)))]
    depth = {"top": 0}
    for circle in circles:
        data: Data = {"name": circle.title()}
        kind = ANCHOR_KINDS[ruleset] if circle == "top" else rng.choice(sorted(rules.circle_kinds))
        if circle != "top":
            parent = rng.choice([id for id, level in depth.items() if level < 2])
            depth[circle] = depth[parent] + 1
            data |= {"parent": parent, "purpose": f"What {circle} is for"}
        if circle == "top" or rng.random() < 0.6:
            data["kind"] = kind
        else:
            kind = rules.default_circle_kind
        held = {
            core: [holder(rng, who) for who in rng.sample(people, rng.choice([1, 1, 2]))]
            for core in rules.circle_kinds[kind].core_roles
            if rng.random() < 0.6
        }
        if held:
            data["core_roles"] = held
        members = some(rng, people, 6 if circle == "top" else 4)
        if members:
            data["members"] = [holder(rng, who) for who in members]
        if circle != "top" and rng.random() < 0.15:
            data["serves"] = [rng.choice(circles[:1])]
        found[f"circles/{circle}.yaml"] = data
    roles = [f"r{number}" for number in range(rng.randint(1, 5))]
    for id in roles:
        found[f"roles/{id}.yaml"] = role(rng, id, circles, roles, people)
    found |= things(rng, circles, roles, people, sorted(rules.policy_kinds))
    found["pages/about.md"] = "# About\n"
    found["org.yaml"] = org(rng, ruleset)
    return found


def role(rng: Random, id: str, circles: list[str], roles: list[str], people: list[str]) -> Data:
    data: Data = {"name": f"Role {id}", "circle": rng.choice(circles), "purpose": f"Why {id} is"}
    held = some(rng, people, 3)
    if held:
        data["holders"] = [holder(rng, who) for who in held]
    if rng.random() < 0.25:
        words = [rng.choice(people), f"circle:{rng.choice(circles)}", f"role:{rng.choice(roles)}"]
        data["consult"] = rng.sample(words, rng.randint(1, 2))
    if rng.random() < 0.1:
        data["serves"] = [rng.choice(circles)]
    if rng.random() < 0.05:
        data["ended"] = {"on": days_from_now(rng, -60, 20)}
    return data


def things(
    rng: Random, circles: list[str], roles: list[str], people: list[str], kinds: list[str]
) -> Documents:
    found: Documents = {}
    for number in range(rng.randint(0, 2)):
        found[f"policies/y{number}.yaml"] = {
            "title": f"Policy {number}",
            "circle": rng.choice(circles),
            "text": "So we do it.",
            "kind": rng.choice(kinds),
        }
        if rng.random() < 0.3:
            del found[f"policies/y{number}.yaml"]["kind"]
        found[f"agreements/a{number}.yaml"] = {
            "title": f"Agreement {number}",
            "kind": rng.choice(["decision", "relational"]),
            "circle": rng.choice(circles),
            "between": [rng.choice(people), f"role:{rng.choice(roles)}"],
        }
        found[f"objectives/o{number}.yaml"] = {
            "title": f"Objective {number}",
            "circle": rng.choice(circles),
            "owner": rng.choice(roles),
            "key_results": [{"name": "Count", "start": 0, "target": 9, "current": 1}],
        }
        found[f"tensions/t{number}.yaml"] = {
            "title": f"Tension {number}",
            "sensed_by": rng.choice(people),
        }
        if rng.random() < 0.7:
            found[f"tensions/t{number}.yaml"]["role"] = rng.choice(roles)
    return found


def org(rng: Random, ruleset: str) -> Data:
    data: Data = {
        "orgcode": 1,
        "id": ID,
        "name": "The house",
        "purpose": "Live and work together.",
        "anchor": "top",
        "ruleset": ruleset,
        "memberships": {
            "full": {"name": "Full", "votes": True},
            "guest": {"name": "Guest", "votes": False},
        },
    }
    if rng.random() < 0.96:
        data["rules_in_force_since"] = rng.choice(["2026-01-01", "2027-09-01"])
    assurance: Data = {}
    if rng.random() < 0.5:
        assurance["time"] = rng.choice(["claimed", "claimed", "witnessed"])
    if rng.random() < 0.3:
        levels = ["claimed", "minuted", "attested", "signed"]
        assurance["people"] = {
            kind: rng.choice(levels)
            for kind in rng.sample(
                ["default", "role", "assignment", "assignment.core", "governance", "person"], 2
            )
        }
    if assurance:
        data["assurance"] = assurance
    return data


def pick(rng: Random, documents: Documents, folder: str) -> tuple[str, Data] | None:
    ids = ids_of(documents, folder)
    if not ids:
        return None
    path = f"{folder}/{rng.choice(ids)}.yaml"
    data = documents[path] = deepcopy(documents[path])
    return path, data


def anybody(rng: Random, documents: Documents) -> str:
    return rng.choice(ids_of(documents, "people"))
