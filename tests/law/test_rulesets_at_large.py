"""Organisations of any shape meet no finding of the law that comes from their ruleset."""

from __future__ import annotations

import json
import random

import pytest

from orgcode.checking.check import check
from orgcode.checking.rules import RULES
from orgcode.documents.loading import load
from orgcode.documents.rulesets import load_ruleset, ruleset_ids
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from tests.law.houses import ANCHOR_KINDS
from tests.law.small import DAY, ORG

LAW = [rule for rule in RULES if rule.group == "law" or rule.name == "one-sided-authority"]
ORGANISATIONS = 40


def organisation(ruleset: str, seed: int, always: frozenset[str] = frozenset()) -> Org:
    """Circles of all kinds in each other, roles, and people on some of the seats.

    A core role that is `always` filled has no open seat. In a cooperative everybody is a member
    of the members' meeting.
    """
    chance = random.Random(seed)  # noqa: S311 (nothing is kept secret by it)
    kinds = load_ruleset(ruleset).circle_kinds
    people = [f"person-{number}" for number in range(chance.randint(2, 30))]
    circles: dict[str, dict[str, object]] = {"house": {"kind": ANCHOR_KINDS[ruleset]}}
    for number in range(chance.randint(1, 8)):
        kind = chance.choice([kind for kind in kinds if "anchor" not in kind])
        circles[f"circle-{number}"] = {
            "kind": kind,
            "parent": chance.choice(list(circles)),
            "purpose": "Warmth",
        }
    files: dict[str, object] = {f"people/{id}.yaml": {"name": id.title()} for id in people}
    for id, circle in circles.items():
        cores = kinds[str(circle["kind"])].core_roles
        held = [core for core in cores if core in always or chance.random() < 0.8]
        circle |= {
            "name": id.title(),
            "core_roles": {core: [chance.choice(people)] for core in held},
            "members": chance.sample(people, min(len(people), chance.randint(0, 4))),
        }
        if ruleset == "cooperative@1" and id == "house":
            circle["members"] = people
        files[f"circles/{id}.yaml"] = circle
        for number in range(chance.randint(0, 3)):
            files[f"roles/{id}-{number}.yaml"] = {
                "name": f"{id} {number}",
                "circle": id,
                "purpose": "Work",
                "holders": chance.sample(people, chance.randint(0, 2)),
            }
    texts = {path: json.dumps(data) for path, data in files.items()}
    texts["org.yaml"] = ORG.replace("teal@1", ruleset)
    return load(Files({path: text.encode() for path, text in texts.items()}), DAY)


@pytest.mark.parametrize("ruleset", [id for id in ruleset_ids() if id != "holacracy@1"])
def test_whatever_its_shape_and_its_vacancies_an_organisation_meets_no_finding(
    ruleset: str,
) -> None:
    for seed in range(ORGANISATIONS):
        assert check(organisation(ruleset, seed), LAW) == (), seed


def test_in_holacracy_none_is_met_as_long_as_every_circle_has_its_lead() -> None:
    for seed in range(ORGANISATIONS):
        led = organisation("holacracy@1", seed, always=frozenset({"circle-lead"}))
        assert check(led, LAW) == (), seed


def test_in_holacracy_a_circle_without_its_lead_is_said_to_be_ruled_from_outside() -> None:
    """Then the circle around it fills its roles, and those have no say in that circle."""
    found = {
        finding.rule
        for seed in range(ORGANISATIONS)
        for finding in check(organisation("holacracy@1", seed), LAW)
    }
    assert found == {"one-sided-authority"}
