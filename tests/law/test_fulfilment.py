"""Whether rules can be met."""

from __future__ import annotations

import pytest

from orgcode.i18n.translator import Translator
from orgcode.law.electorate import Electorates
from orgcode.law.fulfilment import impossible, lacks_today
from tests.law.small import broken, organisation

ENDED = """\
name: Attic
parent: house
ended: {on: 2027-01-01}
decision_rules: [{for: role, by: vote, of: all}]
"""


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
