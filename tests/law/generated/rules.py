"""Decision rules of one's own, of every method, for any electorate."""

from __future__ import annotations

from random import Random

from tests.law.generated.organisations import Data, Documents, ids_of

METHODS = ("advice", "consent", "consensus", "vote", "role")
NARROWINGS = (
    "role",
    "assignment",
    "assignment.core",
    "assignment.member",
    "policy",
    "agreement",
    "objective",
    "tension",
    "circle",
    "person",
    "person.amended",
    "identity",
    "page",
    "tooling",
    "organisation",
    "governance",
    "objective.measured",
)


def way(rng: Random, documents: Documents, method: str | None = None) -> Data:
    """Some way to decide."""
    words = ["members", "members", "members", "parent-members", "anchor-members", "all", "affected"]
    words += ["subject", f"circle:{rng.choice(ids_of(documents, 'circles'))}"]
    words += [f"role:{rng.choice(ids_of(documents, 'roles'))}"]
    core = [
        name
        for path, data in documents.items()
        if path.startswith("circles/")
        for name in data.get("core_roles", {})
    ]
    words += [f"core:{rng.choice(core)}"] if core else []
    by = method or rng.choice(METHODS)
    found: Data = {"by": by, "of": rng.choice(words)}
    if rng.random() < 0.25:
        found["of"] = rng.sample(sorted(set(words)), 2)
    if rng.random() < 0.6:
        found["open_for"] = f"{rng.choice([0, 1, 3, 5, 7, 14])} days"
    if rng.random() < 0.4:
        found["quorum"] = rng.choice(["1/2", "1/3", "2/3", "1/1", 1, 2, 3])
    if rng.random() < 0.5:
        found["silence"] = rng.choice(["consents", "consents", "blocks"])
    if by == "vote" and rng.random() < 0.5:
        found["threshold"] = rng.choice(["> 1/2", ">= 2/3", "> 2/3", ">= 1/2", ">=1/1", "> 1/3"])
    if rng.random() < 0.25:
        found["recuse"] = rng.choice([["proposer"], ["subject"], ["proposer", "subject"]])
    if rng.random() < 0.3:
        found["early"] = rng.choice([True, False])
    return found


def decision_rule(
    rng: Random, documents: Documents, kinds: list[str], method: str | None = None
) -> Data:
    """A rule for some kinds of change."""
    rule: Data = {"for": kinds[0] if len(kinds) == 1 else kinds, **way(rng, documents, method)}
    if rng.random() < 0.4:
        after = f"{rng.choice([2, 5, 10, 14, 28])} days"
        rule["otherwise"] = {"after": after, **way(rng, documents)}
    return rule
