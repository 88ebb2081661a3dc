"""The rules of the law group, at the edges that their documentation does not show."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from orgcode.checking.check import check
from orgcode.checking.rules import RULES
from orgcode.i18n.translator import Translator
from orgcode.model.org import Org
from tests.law.small import KITCHEN_YAML, broken, organisation

BY_NAME = {rule.name: rule for rule in RULES}


def rules(*lines: str) -> str:
    return "decision_rules:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def found(org: Org, name: str) -> list[tuple[str, int, str]]:
    """Path, the place of the rule counted from 0, and what is said."""
    starts = {
        path: content.decode().split("decision_rules:")[0].count("\n") + 2
        for path, content in ((p, org.snapshot.read(p)) for p in org.snapshot.entries)
        if isinstance(content, bytes)
    }
    return [
        (finding.path, finding.line - starts[finding.path], Translator("en").say(finding.cause))
        for finding in check(org, [BY_NAME[name]])
    ]


def places(org: Org, name: str) -> list[tuple[str, int]]:
    return [(path, place) for path, place, _ in found(org, name)]


# rule-shadowed


@pytest.mark.parametrize(
    ("lines", "shadowed"),
    [
        (["for: role, by: vote, of: all", "for: role.added, by: vote, of: all"], [1]),
        (["for: role.added, by: vote, of: all", "for: role, by: vote, of: all"], []),
        (
            [
                "for: policy, where: {kind: access}, by: vote, of: all",
                "for: policy, where: {kind: access, circle: stove}, by: vote, of: all",
                "for: policy, where: {circle: stove}, by: vote, of: all",
            ],
            [1],
        ),
        # of a list, what is in vain is named; all of it: the rule
        (["for: role, by: vote, of: all", "for: [role, policy], by: vote, of: all"], [1]),
        (["for: [role, policy], by: vote, of: all", "for: [policy, role], by: vote, of: all"], [1]),
        # what the kind has no field for, and what needs no rule
        (["for: role, where: {kind: big}, by: vote, of: all"], [0]),
        (["for: page, where: {circle: stove}, by: vote, of: all"], [0]),
        (["for: person, where: {membership: guest}, by: vote, of: all"], []),
        (["for: format, by: vote, of: all"], [0]),
    ],
)
def test_a_rule_that_never_gets_a_turn_is_found(lines: list[str], shadowed: list[int]) -> None:
    org = organisation({"org.yaml": rules(*lines)})
    assert places(org, "rule-shadowed") == [("org.yaml", place) for place in shadowed]


def test_of_a_list_only_the_kinds_in_vain_are_pointed_at() -> None:
    org = organisation(
        {
            "org.yaml": rules(
                "for: role, by: vote, of: all", "for: [policy, role], by: vote, of: all"
            )
        }
    )
    finding = check(org, [BY_NAME["rule-shadowed"]])[0]
    assert (finding.line, finding.column) == (12, 20)
    assert "Take this kind out" in Translator("en").say(finding.way_out)


@pytest.mark.parametrize(
    ("kind", "shadowed"), [("governance", True), ("page", True), ("role", False)]
)
def test_what_the_anchor_circle_decides_itself_takes_the_place_of_org_yaml(
    kind: str, shadowed: bool
) -> None:
    line = f"for: {kind}, by: vote, of: all, quorum: 1/2"
    org = organisation(
        {"org.yaml": rules(line), "circles/house.yaml": "name: House\n" + rules(line)}
    )
    assert places(org, "rule-shadowed") == ([("org.yaml", 0)] if shadowed else [])


def test_rules_are_compared_within_one_file() -> None:
    line = "for: role, by: vote, of: all"
    org = organisation(
        {"org.yaml": rules(line), "circles/kitchen.yaml": KITCHEN_YAML + rules(line)}
    )
    assert places(org, "rule-shadowed") == []


def test_without_an_anchor_circle_nothing_takes_the_place() -> None:
    org = organisation(
        {"circles/house.yaml": "", "org.yaml": rules("for: page, by: vote, of: all")}
    )
    assert places(org, "rule-shadowed") == []


# rule-for-rules


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("by: consent, of: anchor-members", None),
        ("by: consensus, of: all", None),
        ("by: consent, of: [members, role:cook], silence: consents, quorum: 1/2", None),
        ("by: vote, of: circle:house, quorum: 2/3", None),
        ('by: vote, of: all, quorum: 1/2, threshold: ">= 51/100"', None),
        ("by: advice, of: all", "without consent, consensus or a vote"),
        ("by: role, of: role:cook", "without consent, consensus or a vote"),
        ("by: consent, of: circle:kitchen", "without the members of the anchor circle"),
        ("by: consent, of: parent-members", "without the members of the anchor circle"),
        ('by: vote, of: all, quorum: 1/2, threshold: ">= 1/2"', "by a vote of half or less"),
        ("by: vote, of: all", "while fewer than half take part"),
        ("by: vote, of: all, quorum: 8", "while fewer than half take part"),
        ("by: consent, of: all, silence: consents", "while fewer than half take part"),
        (
            "by: consent, of: all, otherwise: {after: 1 day, by: vote, of: all}",
            "while fewer than half take part",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["governance", "governance.ruleset", "[page, governance]"])
def test_the_rules_about_rules_ask_enough(kind: str, rule: str, said: str | None) -> None:
    org = organisation({"org.yaml": rules(f"for: {kind}, {rule}")})
    assert [message for _, _, message in found(org, "rule-for-rules")] == (
        [f"This lets the rules be changed {said}."] if said else []
    )


@pytest.mark.parametrize(("circle", "seen"), [("house", True), ("kitchen", False)])
def test_the_anchor_circles_own_rules_about_rules_are_looked_at_too(
    circle: str, seen: bool
) -> None:
    org = organisation(
        {
            f"circles/{circle}.yaml": "name: X\nparent: house\n"[: 8 if circle == "house" else 99]
            + rules("for: governance, by: advice, of: all")
        }
    )
    assert places(org, "rule-for-rules") == ([(f"circles/{circle}.yaml", 0)] if seen else [])


def test_other_rules_may_ask_less() -> None:
    org = organisation({"org.yaml": rules("for: role, by: advice, of: all")})
    assert places(org, "rule-for-rules") == []


# deadlock-for-now


def test_what_is_impossible_is_not_also_told_of_as_vacant() -> None:
    org = organisation(
        {
            "org.yaml": rules("for: page, by: role, of: role:old"),
            "roles/old.yaml": "{name: Old, circle: house, purpose: -, ended: {on: 2020-01-01}}\n",
        }
    )
    assert places(org, "deadlock") == [("org.yaml", 0)]
    assert places(org, "deadlock-for-now") == []


def test_the_circles_where_a_seat_is_vacant_are_named_up_to_three() -> None:
    org = organisation(
        {f"circles/c{n}.yaml": f"{{name: C{n}, parent: house}}\n" for n in range(4)}
        | {"org.yaml": rules("for: objective, by: role, of: core:lead")}
    )
    assert found(org, "deadlock-for-now") == [
        (
            "org.yaml",
            0,
            "Nobody holds the seat that decides by this rule in C0, C1 and C2, and 3 more.",
        )
    ]


def test_too_few_people_are_counted_in_each_circle() -> None:
    org = organisation({"org.yaml": rules("for: objective, by: vote, of: members, quorum: 4")})
    assert found(org, "deadlock-for-now") == [
        (
            "org.yaml",
            0,
            "This rule asks for 4 responses, but fewer people can respond in Stove.",
        )
    ]


@pytest.mark.parametrize("path", ["people/cas.yaml", "roles/cook.yaml", "circles/house.yaml"])
@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("deadlock-for-now", "for: page, by: role, of: core:lead"),
        ("one-sided-authority", "for: [assignment, policy], by: role, of: role:cook"),
    ],
)
def test_what_a_broken_file_hides_is_not_called_absent(path: str, name: str, rule: str) -> None:
    org = organisation({"org.yaml": rules(rule)})
    assert places(org, name) == [("org.yaml", 0)]
    assert places(broken(org, path), name) == []


# silence-in-a-crowd


CROWD = {f"people/p{n}.yaml": f"name: P{n}\n" for n in range(9)} | {
    "circles/stove.yaml": "{name: Stove, parent: kitchen, members: ["
    + ", ".join(f"p{n}" for n in range(9))
    + ", cas, kim, mia, rob]}\n"
}
"""Stove has 14 members, with the holder of Fire."""


@pytest.mark.parametrize(
    ("rule", "crowd"),
    [
        ("by: consent, of: members", True),
        ("by: consensus, of: members, silence: consents", True),
        ("by: consent, of: affected", True),
        ("by: consent, of: members, silence: consents", False),
        ("by: vote, of: members", False),
        ("by: advice, of: all", False),
        ("by: consent, of: subject", False),
        ("by: consent, of: parent-members", False),
        ("by: role, of: core:lead, otherwise: {after: 1 day, by: consent, of: all}", True),
    ],
)
def test_a_crowd_in_which_one_can_block_by_silence_is_found(rule: str, crowd: bool) -> None:
    org = organisation({**CROWD, "org.yaml": rules(f"for: objective, {rule}")})
    assert places(org, "silence-in-a-crowd") == ([("org.yaml", 0)] if crowd else [])


def test_the_largest_electorate_is_named() -> None:
    org = organisation({**CROWD, "org.yaml": rules("for: objective, by: consent, of: members")})
    assert [message for _, _, message in found(org, "silence-in-a-crowd")] == [
        "In Stove this asks 14 people to respond, and any of them blocks by staying silent."
    ]


def test_who_is_away_does_not_make_a_crowd() -> None:
    away = {f"people/p{n}.yaml": "{name: P, away: [{from: 2027-01-01}]}\n" for n in range(2)}
    org = organisation(
        {**CROWD, **away, "org.yaml": rules("for: objective, by: consent, of: members")}
    )
    assert places(org, "silence-in-a-crowd") == []


def test_a_rule_of_the_ruleset_is_found_where_the_ruleset_is_named() -> None:
    org = organisation(CROWD)
    silent = tuple(
        replace(rule, way=replace(rule.way, silence="blocks"))
        for rule in org.ruleset.decision_rules
        if rule.kinds == ("role", "policy")
    )
    org = replace(org, ruleset=replace(org.ruleset, decision_rules=silent))
    finding = check(org, [BY_NAME["silence-in-a-crowd"]])[0]
    assert (finding.path, finding.line) == ("org.yaml", 6)


# one-sided-authority


def test_one_sided_authority_is_told_once_for_a_rule_with_a_few_names() -> None:
    org = organisation(
        {
            "org.yaml": rules("for: [assignment, policy], by: role, of: role:director"),
            "roles/director.yaml": "{name: D, circle: house, purpose: -, holders: [sam]}\n",
        }
    )
    assert found(org, "one-sided-authority") == [
        (
            "org.yaml",
            0,
            "By this rule Sam can appoint or release Cas, Fay and Ida, and 3 more, and no rule "
            "gives a say in return.",
        )
    ]


def test_one_sided_authority_by_the_ruleset_is_told_where_the_ruleset_is_named() -> None:
    org = organisation()
    ruleset = organisation(
        {"org.yaml": rules("for: [assignment, policy], by: role, of: role:cook")}
    ).organisation
    assert ruleset is not None
    org = replace(org, ruleset=replace(org.ruleset, decision_rules=ruleset.decision_rules))
    findings = check(org, [BY_NAME["one-sided-authority"]])
    assert [(finding.path, finding.line) for finding in findings] == [("org.yaml", 6)]
