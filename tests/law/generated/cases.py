"""Whole cases for a judge: both states, the proposal's record, what was said, what is known."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from random import Random

from tests.law.generated.changes import change
from tests.law.generated.organisations import (
    Data,
    Documents,
    holder,
    ids_of,
    organisation,
    texts,
)
from tests.law.generated.responses import NOW, Speakers, digest_of, written
from tests.law.generated.rules import METHODS, NARROWINGS, decision_rule

PROPOSAL = "2027-02-20-change"
OLDER = "proposals/2027-01-01-old/proposal.yaml"
OFTEN = (*METHODS, "role", "role", "consensus", "vote")
"""The methods of rules of one's own: rulesets have few of some."""
WHERE = ({"circle": "top"}, {"core_role": "facilitator"}, {"kind": "decision"})
SPOILS = (
    "latch",
    "mode",
    "foreign",
    "conflict",
    "unknown-person",
    "unreadable",
    "id",
    "extra-file",
    "no-record",
    "two-records",
)


def case(seed: int) -> Data:
    """The case of a seed, as plain data."""
    rng = Random(seed)  # noqa: S311  # nothing is kept secret with it
    before = organisation(rng)
    opened = NOW - timedelta(hours=rng.randint(1, 24 * rng.choice([1, 5, 20, 45])))
    old = {"title": "Old", "proposer": "p1", "opened": opening_of("2027-01-01T12:00:00Z")}
    before[OLDER] = {**old, "tension": {"text": "It was."}}
    after, kinds = change(rng, before)
    add_rules(rng, before, after, kinds)
    opening = at_opening(rng, before)
    people = sorted({*ids_of(before, "people"), *ids_of(after, "people")})
    proposer = chosen_proposer(rng, before, after, people)
    change_digest = digest_of(f"change {seed}")
    speakers = Speakers(
        rng,
        proposal=PROPOSAL,
        proposer=proposer,
        change=change_digest,
        opened=opened,
        scribes=scribes(before),
    )
    heard = speakers.heard(people)
    record: Data = {
        "title": "A change",
        "proposer": proposer,
        "opened": opening_of(written(opened)),
        "tension": {"text": "Something is not as it could be."},
    }
    if rng.random() < 0.2:
        record["ask"] = {"people": [rng.choice(people)]}
    care = rng.choice([0.0, 0.5, 1.0, 1.0])
    answers = [
        {"to": one["digest"], "text": "Heard."}
        for one in heard
        if one["entry"]["stance"] in ("objection", "concern", "advice") and rng.random() < care
    ]
    if answers:
        record["answers"] = answers
    after[f"proposals/{PROPOSAL}/proposal.yaml"] = record
    is_witnessed = rng.random() < 0.65
    change_seen = opened + (NOW - opened) * rng.choice([0.0, 0.0, 0.0, 0.3, 0.7])
    found: Data = {
        "seed": seed,
        "kinds": kinds,
        "proposal": PROPOSAL,
        "change": change_digest,
        "now": written(NOW),
        "claimed_opening": written(opened),
        "opened_at": written(opened) if is_witnessed else None,
        "change_seen_at": written(change_seen) if is_witnessed and rng.random() < 0.95 else None,
        "conflicts": [],
        "heard": heard,
        "modes": {},
    }
    spoil = rng.choice(SPOILS) if rng.random() < 0.1 else None
    found |= {
        "spoil": spoil,
        "before": texts(before),
        "after": texts(after),
        "opening": texts(opening),
    }
    if spoil:
        spoilt(rng, found, after, spoil)
    return found


def scribes(before: Documents) -> list[str]:
    """The holders of core roles that take minutes somewhere."""
    held = [
        entry
        for path, data in before.items()
        if path.startswith("circles/")
        for core in ("secretary", "facilitator")
        for entry in data.get("core_roles", {}).get(core, [])
    ]
    return sorted({entry["person"] if isinstance(entry, dict) else entry for entry in held})


def opening_of(at: str) -> Data:
    return {"at": at, "base": "0" * 40}


def chosen_proposer(rng: Random, before: Documents, after: Documents, people: list[str]) -> str:
    """Mostly somebody who is there; now and then the person whose file it is."""
    own = [
        path.split("/")[1][:-5]
        for path in after
        if path.startswith("people/") and after[path] != before.get(path)
    ]
    if own and rng.random() < 0.5:
        return own[0]
    there = [id for id in people if "ended" not in before.get(f"people/{id}.yaml", {"ended": 1})]
    return rng.choice(there if there and rng.random() < 0.97 else people)


def add_rules(rng: Random, before: Documents, after: Documents, kinds: list[str]) -> None:
    """Give the organisation, or a circle, rules of its own, mostly for what is changed."""
    paths = ["org.yaml", *(f"circles/{id}.yaml" for id in ids_of(before, "circles"))]
    for path in paths:
        if rng.random() > (0.6 if path == "org.yaml" else 0.25):
            continue
        if isinstance(after[path], str) or isinstance(before[path], str):
            continue
        if "decision_rules" in before[path] or "decision_rules" in after[path]:
            continue
        about = [kind for kind in kinds if kind not in ("format", "proposal", "governance")]
        if rng.random() < 0.15 or "governance" in kinds:
            narrow = ["governance.rules", "governance.ruleset", "governance.assurance"]
            about.append(rng.choice(["governance", "governance", *narrow]))
        if not about or rng.random() < 0.2:
            about = [rng.choice(NARROWINGS)]
        rules = [decision_rule(rng, before, [kind], rng.choice(OFTEN)) for kind in about]
        if rng.random() < 0.2:
            where = rng.choice(
                [{"circle": "top"}, {"core_role": "facilitator"}, {"kind": "decision"}]
            )
            rules[0]["where"] = where
        for documents in (before, after):
            documents[path] = {**documents[path], "decision_rules": deepcopy(rules)}


def at_opening(rng: Random, before: Documents) -> Documents:
    """The organisation when the proposal was opened: mostly as it is now."""
    found = deepcopy(before)
    if rng.random() < 0.7:
        return found
    people = ids_of(found, "people")
    for path in list(found):
        if rng.random() < 0.7:
            continue
        if path.startswith("people/"):
            if rng.random() < 0.3:
                del found[path]
            else:
                found[path]["membership"] = rng.choice(["full", "guest"])
        if path.startswith("circles/"):
            found[path]["members"] = [holder(rng, id) for id in rng.sample(people, 2)]
        if path.startswith("roles/"):
            found[path]["holders"] = [rng.choice(people)]
    return found


def spoilt(rng: Random, found: Data, after: Documents, spoil: str) -> None:
    """Make the change unlawful in one way."""
    files = found["after"]
    folder = f"proposals/{PROPOSAL}/"
    org = after["org.yaml"]
    match spoil:
        case "latch" if not isinstance(org, str):
            lifted = {key: value for key, value in org.items() if key != "rules_in_force_since"}
            files |= texts({"org.yaml": lifted})
        case "id" if not isinstance(org, str):
            files |= texts({"org.yaml": {**org, "id": "0b0b9c1f-6f0c-4e0e-8f52-0a6f6f0c4e0e"}})
        case "mode":
            changed = [path for path in files if files[path] != found["before"].get(path)]
            found["modes"] = {rng.choice(changed): "100755"}
        case "foreign":
            files[OLDER] = files[OLDER].replace("Old", "Older")
        case "conflict":
            found["conflicts"] = ["pages/about.md"]
        case "unknown-person":
            files |= texts({"tensions/odd.yaml": {"title": "Odd", "sensed_by": "nobody-we-know"}})
        case "unreadable":
            path = rng.choice(["org.yaml", "roles/r0.yaml", "people/p1.yaml"])
            files[path] = "name: [What\n"
        case "extra-file":
            files[folder + "notes.txt"] = "x\n"
        case "no-record":
            del files[folder + "proposal.yaml"]
        case "two-records":
            files["proposals/2027-02-21-too/proposal.yaml"] = files[folder + "proposal.yaml"]
