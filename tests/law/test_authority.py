"""Who can appoint, release and bind whom, and where that runs one way only."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from orgcode.law.authority import Authority
from orgcode.model.org import Org
from tests.law.small import KITCHEN_YAML, organisation

KITCHEN = {"cas", "kim", "mia", "rik", "rob"}
TOP = {"fay", "kim", "rob", "sam"}
STOVE = {"ida", "rik"}
DIRECTOR = {
    "roles/director.yaml": "{name: Director, circle: house, purpose: All, holders: [sam]}\n",
}


def rules(*lines: str) -> dict[str, str]:
    return {"org.yaml": "decision_rules:\n" + "".join(f"  - {{{line}}}\n" for line in lines)}


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation()


@pytest.mark.parametrize(
    ("role", "people"),
    [
        ("fire", STOVE),
        ("cook", KITCHEN),
        ("kitchen/representative", KITCHEN),
        ("kitchen/lead", KITCHEN | TOP),
        ("house/secretary", TOP),
    ],
)
def test_who_can_appoint_and_release_the_holders_of_a_role(
    org: Org, role: str, people: set[str]
) -> None:
    deciders = Authority(org).over_role(org.every_role[role])
    assert deciders is not None
    assert deciders.people == people
    assert not deciders.by_subject


def test_who_can_release_a_person_is_said_for_each_role_they_hold(org: Org) -> None:
    over = Authority(org).over_person("rik")
    assert [(role.id, set(deciders.people)) for role, deciders in over] == [
        ("stove/representative", STOVE)
    ]
    assert Authority(org).over_person("out") == ()


def test_people_are_bound_by_the_policies_of_their_circles_and_those_above(org: Org) -> None:
    authority = Authority(org)
    over = authority.over_circle("stove")
    assert over is not None
    assert over.people == STOVE
    assert [set(deciders.people) for deciders in authority.binding("ida")] == [STOVE, KITCHEN, TOP]
    assert [set(deciders.people) for deciders in authority.binding("sam")] == [TOP]
    assert authority.over_circle("attic") is None


def test_who_appoints_themselves_is_not_in_an_electorate_of_others() -> None:
    org = organisation(rules("for: assignment, by: consent, of: subject"))
    deciders = Authority(org).over_role(org.roles["cook"])
    assert deciders is not None
    assert (deciders.by_subject, set(deciders.people)) == (True, set())


def test_those_affected_by_a_policy_are_the_members_of_the_circle_and_below() -> None:
    org = organisation(rules("for: policy, by: consent, of: affected"))
    deciders = Authority(org).over_circle("kitchen")
    assert deciders is not None
    assert deciders.people == KITCHEN | STOVE


def test_those_affected_by_who_holds_a_role_differ_from_role_to_role() -> None:
    org = organisation(
        rules("for: assignment, by: consent, of: affected")
        | {"roles/waiter.yaml": "{name: W, circle: kitchen, purpose: Tables, consult: [out]}\n"}
    )
    authority = Authority(org)
    cook, waiter = (authority.over_role(org.roles[id]) for id in ("cook", "waiter"))
    assert cook is not None
    assert waiter is not None
    assert cook.people == KITCHEN
    assert waiter.people == KITCHEN | {"out"}


def test_nobody_has_authority_over_what_has_ended() -> None:
    ended = "{name: Stove, parent: kitchen, ended: {on: 2027-01-01, because: Sold}}\n"
    org = organisation({"circles/stove.yaml": ended})
    authority = Authority(org)
    assert authority.over_role(org.roles["fire"]) is None
    assert authority.over_circle("stove") is None
    assert list(authority.one_sided_in(org.roles["fire"])) == []


def test_who_is_away_keeps_their_authority() -> None:
    org = organisation({"people/cas.yaml": "{name: Cas, away: [{from: 2027-01-01}]}\n"})
    deciders = Authority(org).over_role(org.roles["cook"])
    assert deciders is not None
    assert "cas" in deciders.people


def test_without_any_rule_nobody_has_authority(org: Org) -> None:
    lawless = replace(org, ruleset=replace(org.ruleset, decision_rules=()))
    authority = Authority(lawless)
    assert authority.over_role(lawless.roles["cook"]) is None
    assert authority.over_circle("kitchen") is None
    assert authority.over_person("cas") == ()
    assert authority.binding("cas") == ()
    assert list(authority.one_sided()) == []


def arrows(org: Org) -> set[tuple[str, str, str]]:
    """(who, over whom, in which role)."""
    return {
        (person, found.holding.person, found.role.id)
        for found in Authority(org).one_sided()
        for person in found.by
    }


def test_with_the_rules_of_teal_authority_runs_both_ways(org: Org) -> None:
    assert arrows(org) == set()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the director appoints everybody else, and also decides on the policies
        (
            ("for: [assignment, policy], by: role, of: role:director",),
            {
                ("sam", "cas", "cook"),
                ("sam", "ida", "fire"),
                ("sam", "kim", "kitchen/lead"),
                ("sam", "rob", "kitchen/representative"),
                ("sam", "rik", "stove/representative"),
                ("sam", "fay", "house/facilitator"),
            },
        ),
        # who takes part in the policies that bind the director has a say in return
        (
            ("for: assignment, by: role, of: role:director",),
            {
                ("sam", "cas", "cook"),
                ("sam", "ida", "fire"),
                ("sam", "rik", "stove/representative"),
            },
        ),
        # the way out when stuck does not count
        (
            (
                "for: [assignment, policy], by: role, of: role:director, "
                "otherwise: {after: 9 days, by: vote, of: all}",
            ),
            {
                ("sam", "cas", "cook"),
                ("sam", "ida", "fire"),
                ("sam", "kim", "kitchen/lead"),
                ("sam", "rob", "kitchen/representative"),
                ("sam", "rik", "stove/representative"),
                ("sam", "fay", "house/facilitator"),
            },
        ),
        # the circle above appoints, and is not bound by the circle below
        (
            ("for: assignment, where: {circle: stove}, by: consent, of: parent-members",),
            {
                ("cas", "ida", "fire"),
                ("kim", "ida", "fire"),
                ("mia", "ida", "fire"),
                ("rob", "ida", "fire"),
            },
        ),
    ],
)
def test_authority_that_runs_one_way_is_found_with_its_direction(
    lines: tuple[str, ...], expected: set[tuple[str, str, str]]
) -> None:
    assert arrows(organisation(rules(*lines) | DIRECTOR)) == expected


def test_who_binds_nearly_everyone_has_no_say_over_who_is_in_no_circle() -> None:
    waiter = "{name: W, circle: kitchen, purpose: Tables, holders: [sam], consult: [out]}\n"
    org = organisation(
        rules(
            "for: assignment, by: consent, of: affected",
            "for: policy, by: role, of: role:director",
        )
        | DIRECTOR
        | {"roles/waiter.yaml": waiter}
    )
    assert {arrow for arrow in arrows(org) if arrow[1] == "sam"} == {("out", "sam", "waiter")}


def test_each_role_of_a_person_is_named() -> None:
    fire = "{name: Fire, circle: stove, purpose: Warmth, holders: [ida]}\n"
    org = organisation(
        rules("for: assignment, where: {circle: stove}, by: consent, of: circle:kitchen")
        | {"roles/fire.yaml": fire, "roles/smoke.yaml": fire}
    )
    assert {arrow[1:] for arrow in arrows(org)} == {("ida", "fire"), ("ida", "smoke")}


def test_where_no_rule_is_for_a_role_nobody_is_appointed_to_it(org: Org) -> None:
    some = [rule for rule in org.ruleset.decision_rules if "assignment.core" in rule.kinds]
    only = replace(org, ruleset=replace(org.ruleset, decision_rules=tuple(some)))
    assert all("/" in role for _, _, role in arrows(only))
    assert Authority(only).binding("ida") == ()


def test_who_can_release_those_who_appoint_them_has_a_say() -> None:
    org = organisation(
        rules(
            "for: assignment, where: {circle: house}, by: consent, of: all",
            "for: [assignment, policy], by: role, of: role:director",
        )
        | DIRECTOR
    )
    assert not {arrow for arrow in arrows(org) if arrow[0] == "sam"}


def test_who_has_no_vote_anyway_is_left_out() -> None:
    org = organisation(
        rules("for: [assignment, policy], by: role, of: role:director")
        | DIRECTOR
        | {"people/ida.yaml": "{name: Ida, membership: guest}\n"}
    )
    assert not {arrow for arrow in arrows(org) if arrow[1] == "ida"}


def test_only_todays_holders_count() -> None:
    kitchen = KITCHEN_YAML.replace("[kim]", "[{person: kim, until: 2027-02-28}]")
    org = organisation(
        rules("for: [assignment, policy], by: role, of: role:director")
        | DIRECTOR
        | {"circles/kitchen.yaml": kitchen}
    )
    assert not {arrow for arrow in arrows(org) if arrow[1] == "kim"}
