"""Where decision rules are in force."""

from __future__ import annotations

import pytest

from orgcode.checking.deciding import in_force, place_of, rule_numbered, written
from orgcode.model.org import Org
from tests.law.small import KITCHEN_YAML, broken, organisation

RULES = """\
decision_rules:
  - {for: policy, by: consent, of: members}
  - {for: [objective, governance], by: vote, of: all}
  - {for: tension, where: {circle: stove}, by: role, of: core:lead}
  - {for: policy, by: vote, of: all}
  - {for: circle, where: {circle: stove}, by: vote, of: members}
"""
OWN = (
    KITCHEN_YAML
    + """\
decision_rules:
  - {for: policy, by: vote, of: members}
  - {for: identity, by: vote, of: members}
"""
)
ENDED = """\
name: Attic
parent: house
ended: {on: 2027-01-01}
decision_rules: [{for: role, by: vote, of: all}]
"""


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation(
        {"org.yaml": RULES, "circles/kitchen.yaml": OWN, "circles/attic.yaml": ENDED}
    )


def own(org: Org, circle: str) -> set[tuple[str, int]]:
    """Level and number of the rules in force in a circle that the organisation wrote itself."""
    found = in_force(org, org.circles[circle])
    return {(each.level, each.number) for each in found if each.level != "ruleset"}


def test_rules_are_written_in_org_yaml_and_in_live_circles(org: Org) -> None:
    assert len(written(org, org.organisation)) == 5
    assert len(written(org, org.circles["kitchen"])) == 2
    assert written(org, org.circles["house"]) == ()
    assert written(org, org.circles["attic"]) == ()
    assert written(org, None) == ()


def test_rules_of_a_file_that_cannot_be_read_entirely_are_left_out(org: Org) -> None:
    partly = broken(org, "org.yaml")
    assert written(partly, partly.organisation) == ()
    assert own(partly, "house") == set()
    assert own(partly, "kitchen") == {("circle", 0)}
    partly = broken(org, "circles/kitchen.yaml")
    assert written(partly, partly.circles["kitchen"]) == ()
    assert {level for level, _ in own(partly, "kitchen")} == {"organisation"}


def test_a_rule_is_in_force_where_nothing_nearer_takes_its_place(org: Org) -> None:
    assert own(org, "house") == {("organisation", number) for number in (0, 1, 4)}
    assert own(org, "stove") == {("organisation", number) for number in (0, 1, 2, 4)}
    assert own(org, "kitchen") == {("circle", 0), ("organisation", 1), ("organisation", 4)}
    assert in_force(org, org.circles["attic"]) == []


def test_what_stands_in_the_anchor_is_decided_there_alone(org: Org) -> None:
    governance = {
        circle.id
        for circle in org.live_circles()
        for found in in_force(organisation(), circle)
        if "governance" in found.rule.kinds
    }
    assert governance == {"house"}


def test_a_rule_of_the_ruleset_is_pointed_at_where_the_ruleset_is_named(org: Org) -> None:
    found = next(f for f in in_force(org, org.circles["house"]) if f.level == "ruleset")
    assert place_of(found.level, found.rule) == ("org.yaml", ("ruleset",))
    assert rule_numbered(org, found.level, found.number) is found.rule
