"""Where rules are in force, and whether they can be met."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgcode.i18n.translator import Translator
from orgcode.law.electorate import Electorates
from orgcode.law.fulfilment import impossible, lacks_today
from orgcode.law.in_force import rules_in_force, written_rules
from orgcode.model.finding import Flaw, Spot
from orgcode.model.message import message
from orgcode.model.org import Org
from tests.law.small import KITCHEN_YAML, organisation

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


def broken(org: Org, path: str) -> Org:
    """The same, but a part of one file could not be read."""
    flaw = Flaw(rule="wrong-shape", spot=Spot(1, 1), cause=message("Bad."), way_out=message("."))
    facts = replace(org.files[path], flaws=(flaw,), words=())

    def postings(index: str, key: str) -> tuple[tuple[str, str], ...]:
        found = org.postings(index, key)
        return ((path, ""), *found) if (index, key) == ("broken", facts.kind) else found

    return replace(org, files={**org.files, path: facts}, postings=postings)


def test_own_rules_are_those_of_org_yaml_and_of_live_circles(org: Org) -> None:
    assert [(circle, len(rules)) for circle, rules in written_rules(org)] == [
        (None, 5),
        ("kitchen", 2),
    ]
    assert list(written_rules(replace(org, organisation=None, circles={}))) == []


@pytest.mark.parametrize(
    ("path", "left"), [("org.yaml", ["kitchen"]), ("circles/kitchen.yaml", [None])]
)
def test_rules_of_a_file_that_cannot_be_read_entirely_are_left_out(
    org: Org, path: str, left: list[str | None]
) -> None:
    partly = broken(org, path)
    assert [circle for circle, _ in written_rules(partly)] == left
    assert path not in {found.path for found in rules_in_force(partly) if found.level != "ruleset"}


def test_a_rule_is_in_force_where_nothing_nearer_takes_its_place(org: Org) -> None:
    found = {(f.path, *f.pointer): f.circles for f in rules_in_force(org) if f.level != "ruleset"}
    assert found == {
        ("org.yaml", "decision_rules", 0): ("house", "stove"),
        ("org.yaml", "decision_rules", 1): ("house", "stove", "kitchen"),
        ("org.yaml", "decision_rules", 2): ("stove",),
        ("org.yaml", "decision_rules", 4): ("house", "stove", "kitchen"),
        ("circles/kitchen.yaml", "decision_rules", 0): ("kitchen",),
    }


def test_without_circles_only_what_stands_in_the_anchor_is_decided(org: Org) -> None:
    kinds = {kind for f in rules_in_force(replace(org, circles={})) for kind in f.rule.kinds}
    assert kinds == {
        "governance",
        "objective",
        "organisation",
        "identity",
        "page",
        "person",
        "person.amended",
        "tooling",
    }


def test_a_rule_of_the_ruleset_is_pointed_at_where_the_ruleset_is_named(org: Org) -> None:
    found = next(f for f in rules_in_force(org) if f.level == "ruleset")
    assert (found.path, found.pointer) == ("org.yaml", ("ruleset",))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("by: vote, of: all", None),
        ("by: role, of: role:old", "This rule leaves the decision to Old, and that has ended."),
        (
            "by: role, of: [role:old, circle:attic]",
            "This rule leaves the decision to Old and Attic, and that has ended.",
        ),
        ("by: role, of: [role:old, role:cook]", None),
        ("by: role, of: role:soon", "This rule leaves the decision to Soon, and that has ended."),
        ("by: role, of: [role:cook, circle:kitchen, core:lead]", None),
        ("by: vote, of: all, quorum: 3/2", "This rule asks for more responses than there can be."),
        ("by: vote, of: all, quorum: 2/2", None),
        ("by: vote, of: all, quorum: 9", None),
        (
            "by: vote, of: all, quorum: 10",
            "This rule asks for 10 responses, but there are only 9 people.",
        ),
        (
            'by: vote, of: all, threshold: "> 1/1"',
            "This rule asks for more votes in favour than there can be.",
        ),
        ('by: consent, of: all, threshold: "> 1/1"', None),
        ("by: role, of: role:old, otherwise: {after: 1 day, by: vote, of: all}", None),
        (
            "by: role, of: role:old, otherwise: {after: 1 day, by: vote, of: all, quorum: 10}",
            "This rule leaves the decision to Old, and that has ended.",
        ),
    ],
)
def test_a_rule_is_impossible_when_no_way_can_ever_be_met(rule: str, said: str | None) -> None:
    org = organisation(
        {
            "org.yaml": f"decision_rules: [{{for: page, {rule}}}]\n",
            "circles/attic.yaml": ENDED,
            "roles/old.yaml": "{name: Old, circle: house, purpose: -, ended: {on: 2020-01-01}}\n",
            "roles/soon.yaml": "{name: Soon, circle: house, purpose: -, ended: {on: 2029-01-01}}\n",
        }
    )
    assert org.organisation is not None
    reason = impossible(org, org.organisation.decision_rules[0])
    assert (reason and Translator("en").speaking(organisation().ruleset).say(reason)) == said


def test_people_whose_files_cannot_be_read_may_still_meet_a_quorum() -> None:
    org = organisation({"org.yaml": "decision_rules: [{for: page, by: vote, of: all, quorum: 10}]"})
    assert org.organisation is not None
    rule = org.organisation.decision_rules[0]
    assert impossible(org, rule) is not None
    assert impossible(broken(org, "people/cas.yaml"), rule) is None


@pytest.mark.parametrize(
    ("rule", "circle", "lack"),
    [
        ("by: role, of: core:lead", "kitchen", None),
        ("by: role, of: core:lead", "stove", "vacant"),
        ("by: role, of: [core:lead, role:cook]", "stove", None),
        ("by: role, of: [core:lead, members]", "stove", None),
        ("by: consent, of: members, quorum: 2", "stove", None),
        ("by: consent, of: members, quorum: 3", "stove", "few"),
        ("by: consent, of: members, quorum: 1", "bare", None),
        ("by: consent, of: affected, quorum: 3", "stove", "few"),
        ("by: consent, of: affected, quorum: 3", "bare", None),
        ("by: consent, of: [subject, members], quorum: 9", "stove", None),
        ("by: role, of: core:lead, otherwise: {after: 1 day, by: vote, of: all}", "stove", None),
        (
            "by: role, of: core:lead, otherwise: {after: 1 day, by: role, of: core:secretary}",
            "stove",
            "vacant",
        ),
    ],
)
def test_a_rule_may_lack_somebody_in_a_seat_or_enough_people_for_now(
    rule: str, circle: str, lack: str | None
) -> None:
    org = organisation(
        {
            "org.yaml": f"decision_rules: [{{for: tension, {rule}}}]\n",
            "circles/bare.yaml": "{name: Bare, parent: house}\n",
        }
    )
    assert org.organisation is not None
    assert lacks_today(org, org.organisation.decision_rules[0], circle, Electorates(org)) == lack
