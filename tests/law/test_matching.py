"""Which rule is for a change: kinds and narrowings, fields, places, and what falls elsewhere."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from orgcode.law.matching import rule_for, rules_for
from orgcode.model.effect import covers
from orgcode.model.org import Org
from tests.law.small import KITCHEN_YAML, organisation

OWN = """\
decision_rules:
  - {for: [role, agreement], by: vote, of: all}
  - {for: policy, where: {kind: access}, by: role, of: core:lead}
  - {for: policy, by: advice, of: members}
  - {for: policy, by: consensus, of: all}
  - {for: assignment, where: {circle: kitchen}, by: consent, of: circle:stove}
  - {for: governance, by: consensus, of: all}
"""

KITCHEN = (
    KITCHEN_YAML
    + """\
decision_rules:
  - {for: policy, where: {kind: process}, by: vote, of: members}
  - {for: objective.measured, by: role, of: role:cook}
"""
)


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation({"org.yaml": OWN, "circles/kitchen.yaml": KITCHEN})


def test_a_kind_stands_for_all_its_narrowings_and_nothing_else() -> None:
    assert covers("assignment", "assignment")
    assert covers("assignment", "assignment.core.ended")
    assert not covers("assignment.core", "assignment")
    assert not covers("role", "roles")


@pytest.mark.parametrize(
    ("kind", "circle", "fields", "level", "place"),
    [
        # an own list of kinds, and their narrowings
        ("role", "stove", {}, "organisation", 0),
        ("role.added", "stove", {}, "organisation", 0),
        ("agreement", "house", {"kind": "relational"}, "organisation", 0),
        # the first match of the last place that has one
        ("policy", "stove", {"kind": "access"}, "organisation", 1),
        ("policy", "stove", {}, "organisation", 2),
        # the circle's own rule comes before org.yaml's, where it matches
        ("policy", "kitchen", {"kind": "process"}, "circle", 0),
        ("policy", "kitchen", {"kind": "access"}, "organisation", 1),
        # a rule of a circle is not for the circles below it
        ("policy", "stove", {"kind": "process"}, "organisation", 2),
        # a narrow rule is not for the wider kind
        ("objective.measured", "kitchen", {}, "circle", 1),
        ("objective", "kitchen", {}, "ruleset", None),
        # a field of the thing
        ("assignment", "kitchen", {"circle": "kitchen"}, "organisation", 4),
        ("assignment", "stove", {"circle": "stove"}, "ruleset", None),
        ("assignment.core", "house", {"circle": "kitchen"}, "organisation", 4),
        # an unknown circle has no rules of its own
        ("policy", "attic", {}, "organisation", 2),
    ],
)
def test_the_last_place_with_a_match_decides_and_in_it_the_first(
    org: Org, kind: str, circle: str, fields: dict[str, str], level: str, place: int | None
) -> None:
    match = rule_for(org, kind, circle, fields)
    assert match is not None
    assert (match.level, match.kind, match.stands_in) == (level, kind, circle)
    assert match.circle == (circle if level == "circle" else None)
    if place is not None:
        assert match.rule.pointer == ("decision_rules", place)


@pytest.mark.parametrize("kind", ["format", "proposal", "proposal.opened"])
def test_what_has_no_rule_matches_none(org: Org, kind: str) -> None:
    assert rule_for(org, kind, "house", {}) is None
    assert rules_for(org, kind, "house") == ()


def test_an_unknown_kind_falls_to_tooling(org: Org) -> None:
    match = rule_for(org, "weather", "kitchen", {})
    assert match is not None
    assert (match.kind, match.stands_in) == ("tooling", "house")
    assert [m.kind for m in rules_for(org, "weather", "kitchen")] == ["tooling"]


def bare(rules: str = "") -> Org:
    """The house with no rules but these."""
    org = organisation({"org.yaml": rules})
    return replace(org, ruleset=replace(org.ruleset, decision_rules=()))


@pytest.mark.parametrize("kind", ["weather", "role"])
def test_what_no_rule_is_for_falls_to_governance_in_the_anchor(kind: str) -> None:
    org = bare("decision_rules: [{for: governance, by: consent, of: members}]\n")
    match = rule_for(org, kind, "kitchen", {})
    assert match is not None
    assert (match.kind, match.stands_in, match.level) == ("governance", "house", "organisation")
    assert [m.kind for m in rules_for(org, kind, "kitchen")] == ["governance"]


def test_without_any_rule_nothing_matches() -> None:
    assert rule_for(bare(), "role", "kitchen", {}) is None
    assert rules_for(bare(), "role", "kitchen") == ()


def test_without_an_organisation_the_ruleset_is_all_there_is() -> None:
    match = rule_for(replace(organisation(), organisation=None), "role", "kitchen", {})
    assert match is not None
    assert match.level == "ruleset"


@pytest.mark.parametrize(
    ("kind", "circle", "known", "expected"),
    [
        (
            "policy",
            "kitchen",
            {},
            [("circle", 0), ("organisation", 1), ("organisation", 2)],
        ),
        ("policy", "kitchen", {"kind": "access"}, [("organisation", 1)]),
        ("policy", "stove", {"kind": "process"}, [("organisation", 2)]),
        ("role", "stove", {}, [("organisation", 0)]),
        ("objective", "kitchen", {}, [("circle", 1), ("ruleset", None)]),
        ("objective.measured", "kitchen", {}, [("circle", 1)]),
        (
            "assignment",
            "kitchen",
            {},
            [("organisation", 4), ("ruleset", None), ("ruleset", None), ("ruleset", None)],
        ),
        ("assignment.core", "kitchen", {"circle": "kitchen"}, [("organisation", 4)]),
    ],
)
def test_all_rules_that_may_decide_are_named_and_no_others(
    org: Org,
    kind: str,
    circle: str,
    known: dict[str, str],
    expected: list[tuple[str, int | None]],
) -> None:
    found = [
        (m.level, m.rule.pointer[1] if m.level != "ruleset" else None)
        for m in rules_for(org, kind, circle, known)
    ]
    assert found == expected


def test_a_rule_for_a_narrower_kind_is_named_with_it(org: Org) -> None:
    kinds = [m.kind for m in rules_for(org, "objective", "kitchen")]
    assert kinds == ["objective.measured", "objective"]


IN_THE_END = "{for: governance, by: consent, of: members}"


@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        ("{for: policy, by: role, of: all}", ["policy"]),
        ("{for: policy, where: {kind: access}, by: role, of: all}", ["policy", "governance"]),
        ("{for: policy.added, by: role, of: all}", ["policy.added", "governance"]),
        ("{for: tooling, by: role, of: all}", ["governance"]),
    ],
)
def test_what_a_rule_leaves_open_falls_to_governance_in_the_anchor(
    rule: str, kinds: list[str]
) -> None:
    org = bare(f"decision_rules: [{rule}, {IN_THE_END}]\n")
    found = rules_for(org, "policy", "kitchen")
    assert [m.kind for m in found] == kinds
    assert {m.kind: m.stands_in for m in found}.get("governance", "house") == "house"
    match = rule_for(org, "policy", "kitchen", {})
    assert match is not None
    assert match.kind == ("policy" if kinds == ["policy"] else "governance")


def test_what_falls_to_the_anchor_is_decided_by_its_own_rules() -> None:
    house = "name: House\nkind: anchor\n"
    org = organisation({"circles/house.yaml": f"{house}decision_rules: [{IN_THE_END}]\n"})
    org = replace(org, ruleset=replace(org.ruleset, decision_rules=()))
    found = (*rules_for(org, "policy", "kitchen"), rule_for(org, "policy", "kitchen", {}))
    assert [match and match.circle for match in found] == ["house", "house"]
