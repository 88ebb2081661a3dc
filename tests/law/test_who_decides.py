"""Who decides about a thing or a kind of change, and how that is said."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from orgcode.documents.rulesets import load_ruleset
from orgcode.i18n.translator import Translator
from orgcode.law.sentences import sentence, way_out, where_it_stands
from orgcode.law.who_decides import Decision, Law, kind_name, together, who_decides
from orgcode.model.org import Org
from tests.changes.test_stands import MORE, thing
from tests.law.small import KITCHEN_YAML, PEOPLE, organisation

ENGLISH = Translator("en").speaking(load_ruleset("teal@1"))

KITCHEN = ("cas", "kim", "mia", "rik", "rob")
TOP = ("fay", "kim", "rob", "sam")


@pytest.fixture(scope="module")
def org() -> Org:
    return organisation(MORE)


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("org", ["governance", "organisation", "tooling"]),
        (
            "circle stove",
            [
                "circle",
                "circle",
                "assignment.core",
                "assignment.core",
                "assignment.core",
                "role",
                "policy",
                "agreement",
                "objective",
                "assignment",
                "governance",
            ],
        ),
        ("role fire", ["assignment", "role"]),
        ("role kitchen/lead", ["assignment.core"]),
        ("person ida", ["person.amended", "person", "identity"]),
        ("policy knives", ["policy"]),
        ("agreement peace", ["agreement"]),
        ("objective soup", ["objective", "objective.measured"]),
        ("tension cold", ["tension"]),
    ],
)
def test_of_each_thing_everything_that_can_change_is_named(
    org: Org, address: str, kinds: list[str]
) -> None:
    assert [decision.kind for decision in who_decides(org, thing(org, address))] == kinds


def test_a_proposal_has_no_rule_of_its_own(org: Org) -> None:
    with_one = organisation(
        {
            "proposals/p/proposal.yaml": """\
                title: P
                proposer: ida
                opened: {at: 2027-02-01T00:00:00Z, base: 0000000000000000000000000000000000000000}
                tension: {text: Smoke}
                """
        }
    )
    assert who_decides(with_one, with_one.proposals["p"]) == ()


def test_without_a_rule_there_is_no_decision(org: Org) -> None:
    lawless = replace(org, ruleset=replace(org.ruleset, decision_rules=()))
    assert who_decides(lawless, lawless.roles["fire"]) == ()


def about(org: Org, address: str, phrase: str) -> Decision:
    found = {ENGLISH.say(d.about): d for d in who_decides(org, thing(org, address))}
    return found[phrase]


@pytest.mark.parametrize(
    ("address", "phrase", "circle", "people"),
    [
        ("role fire", "who holds this role", "stove", ("ida", "rik")),
        ("role fire", "what this role is", "stove", ("ida", "rik")),
        # a lead is chosen by those who send and by those who are led
        ("role kitchen/lead", "who holds this role", "house", tuple(sorted({*KITCHEN, *TOP}))),
        (
            "circle kitchen",
            "who holds the role Lead here",
            "house",
            tuple(sorted({*KITCHEN, *TOP})),
        ),
        ("circle kitchen", "who holds the role Representative here", "kitchen", KITCHEN),
        (
            "circle stove",
            "what this circle is for, and where it belongs",
            "kitchen",
            ("cas", "ida", "kim", "mia", "rik", "rob"),
        ),
        (
            "circle stove",
            "strategy, context, meetings and the rest of this circle",
            "stove",
            ("ida", "rik"),
        ),
        ("circle stove", "the decision rules of this circle itself", "house", TOP),
        ("circle stove", "policies of this circle", "stove", ("ida", "rik")),
        ("person ida", "what is written about this person", "house", ("ida",)),
        ("person ida", "joining and leaving the organisation", "house", TOP),
        ("tension rain", "what is written about this tension", "house", PEOPLE),
    ],
)
def test_a_decision_names_its_circle_and_its_people(
    org: Org, address: str, phrase: str, circle: str, people: tuple[str, ...]
) -> None:
    decision = about(org, address, phrase)
    assert decision.circle == circle
    assert decision.electorate.people == people


def test_a_decision_has_the_people_of_its_way_out(org: Org) -> None:
    assert about(org, "org", "the rules of the organisation").otherwise is not None
    voters = about(org, "org", "the rules of the organisation").otherwise
    assert voters is not None
    assert voters.people == PEOPLE
    assert about(org, "objective soup", "this objective").otherwise is None


def test_a_rule_says_where_it_stands() -> None:
    org = organisation(
        {
            "org.yaml": "decision_rules: [{for: objective, by: role, of: core:lead}]\n",
            "circles/kitchen.yaml": KITCHEN_YAML
            + "decision_rules: [{for: policy, by: consensus, of: members}]\n",
        }
    )
    found = [
        (d.level, d.path, d.pointer, ENGLISH.say(where_it_stands(org, d.match)))
        for kind in ("policy", "objective", "agreement")
        for d in who_decides(org, kind, "kitchen")[-1:]
    ]
    assert found == [
        (
            "circle",
            "circles/kitchen.yaml",
            ("decision_rules", 0),
            "This rule stands in the file of Kitchen.",
        ),
        (
            "organisation",
            "org.yaml",
            ("decision_rules", 0),
            "This rule stands in org.yaml.",
        ),
        (
            "ruleset",
            "",
            ("decision_rules", 11),
            "This rule comes with the ruleset teal@1.",
        ),
    ]


@pytest.mark.parametrize(
    ("kind", "circle", "expected"),
    [
        ("role", "stove", [("role", "stove")]),
        ("role", None, [("role", "house"), ("role", "kitchen"), ("role", "stove")]),
        ("governance", None, [("governance", "house")]),
        ("governance", "stove", [("governance", "house")]),
        ("person", None, [("person.amended", "house"), ("person", "house")]),
        (
            "assignment",
            "stove",
            [("assignment.core", "stove"), ("assignment.core", "stove"), ("assignment", "stove")],
        ),
        ("weather", "stove", [("tooling", "house")]),
        ("format", "stove", []),
    ],
)
def test_of_a_kind_every_rule_that_may_apply_is_named(
    kind: str, circle: str | None, expected: list[tuple[str, str]]
) -> None:
    found = who_decides(organisation(), kind, circle)
    assert [(decision.match.kind, decision.circle) for decision in found] == expected


def test_what_depends_on_the_change_is_left_unnamed(org: Org) -> None:
    assert who_decides(org, "person.amended")[0].electorate.unnamed == ("subject",)
    lead = who_decides(org, "assignment.core", "house")[0].electorate
    assert (lead.people, lead.unnamed) == (TOP, ("affected",))


def test_asking_again_gives_the_same(org: Org) -> None:
    law = Law(org)
    role = org.roles["fire"]
    assert law.who_decides(role) == law.who_decides(role) == who_decides(org, role)


def test_every_kind_has_a_name() -> None:
    assert ENGLISH.say(kind_name("assignment.core.ended")) == "who holds core roles"
    assert ENGLISH.say(kind_name("role.added")) == "what roles there are"
    assert ENGLISH.say(kind_name("weather")) == "workflows, schemas and templates"


# Sentences


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("by: consent, of: members", "Consent of the members of Stove decides."),
        (
            "by: consent, of: members, silence: consents, open_for: 3 days",
            "Consent of the members of Stove decides; silence of 3 days counts as consent.",
        ),
        (
            "by: consent, of: parent-members, silence: consents, open_for: 1 day, quorum: 1/2",
            "Consent of the members of Kitchen decides; silence of 1 day counts as consent. "
            "At least half of them have to respond.",
        ),
        (
            "by: consent, of: all, silence: consents, quorum: 2/3",
            "Consent of everyone decides; silence counts as consent. "
            "At least 2/3 of them have to respond.",
        ),
        (
            "by: consent, of: [anchor-members, affected], quorum: 1/2",
            "Consent of the members of House and everyone affected decides.",
        ),
        (
            "by: consensus, of: [circle:kitchen, role:cook, subject]",
            "Consensus of the members of Kitchen, whoever holds the role Cook and the person "
            "concerned decides: all agree.",
        ),
        (
            "by: vote, of: members, quorum: 1",
            "A vote of the members of Stove decides, with more than half of the votes in favour. "
            "At least 1 of them has to respond.",
        ),
        (
            'by: vote, of: members, quorum: 3, threshold: ">= 2/3"',
            "A vote of the members of Stove decides, with at least 2/3 of the votes in favour. "
            "At least 3 of them have to respond.",
        ),
        (
            'by: vote, of: all, threshold: "> 3/4"',
            "A vote of everyone decides, with more than 3/4 of the votes in favour.",
        ),
        (
            "by: advice, of: members",
            "Whoever proposes it decides, after asking everyone affected for advice; this is open "
            "to any member of Stove.",
        ),
        (
            "by: advice, of: [all, affected], open_for: 2 days",
            "Whoever proposes it decides, after everyone affected has had 2 days to give advice; "
            "this is open to anyone or anyone affected.",
        ),
        (
            "by: role, of: core:representative",
            "The decision is up to whoever holds the role Representative in Stove.",
        ),
        (
            "by: role, of: core:lead",
            "The decision is up to whoever holds the role Lead in Stove. As nobody is there for "
            "that today, it passes to the members of Kitchen.",
        ),
        (
            "by: role, of: [role:kitchen/lead, role:unheard-of]",
            "The decision is up to whoever holds the role Lead in Kitchen or whoever holds the "
            "role unheard-of.",
        ),
        (
            "by: role, of: role:attic/captain",
            "The decision is up to whoever holds the role captain in attic. As nobody is there for "
            "that today, it passes to the members of Kitchen.",
        ),
        (
            "by: consent, of: members, recuse: [proposer]",
            "Consent of the members of Stove decides. The proposer is not counted.",
        ),
        (
            "by: consent, of: members, recuse: [subject]",
            "Consent of the members of Stove decides. The person concerned is not counted.",
        ),
        (
            "by: consent, of: members, recuse: [subject, proposer]",
            "Consent of the members of Stove decides. Neither the proposer nor the person "
            "concerned is counted.",
        ),
    ],
)
def test_a_rule_is_said_in_a_plain_sentence(rule: str, said: str) -> None:
    org = organisation({"org.yaml": f"decision_rules: [{{for: objective, {rule}}}]\n"})
    decision = who_decides(org, "objective", "stove")[0]
    assert ENGLISH.say(sentence(org, decision)) == said
    assert way_out(org, decision) is None


def test_a_way_out_is_said_with_its_time() -> None:
    rule = "by: consent, of: members, otherwise: {after: 14 days, by: vote, of: parent-members}"
    org = organisation({"org.yaml": f"decision_rules: [{{for: objective, {rule}}}]\n"})
    out = way_out(org, who_decides(org, "objective", "stove")[0])
    assert out is not None
    assert ENGLISH.say(out) == (
        "If that is stuck 14 days after the proposal was opened: A vote of the members of Kitchen "
        "decides, with more than half of the votes in favour."
    )


@pytest.mark.parametrize(
    ("circle", "said"),
    [("barest", "the members of House"), ("house", "everyone")],
)
def test_it_is_said_to_whom_a_decision_passes(circle: str, said: str) -> None:
    changes = {
        "org.yaml": "decision_rules: [{for: objective, by: role, of: core:lead}]\n",
        "circles/bare.yaml": "{name: Bare, parent: house}\n",
        "circles/barest.yaml": "{name: Barest, parent: bare}\n",
    }
    if circle == "house":
        changes |= {"circles/house.yaml": "{name: House}\n", "circles/kitchen.yaml": "{name: K}\n"}
    org = organisation(changes)
    decision = who_decides(org, "objective", circle)[0]
    assert ENGLISH.say(sentence(org, decision)).endswith(f"it passes to {said}.")


@pytest.mark.parametrize("by", ["consent", "role"])
def test_a_rule_that_names_nobody_says_so(by: str) -> None:
    org = organisation({"org.yaml": f"decision_rules: [{{for: objective, by: {by}, of: all}}]\n"})
    decision = who_decides(org, "objective", "stove")[0]
    rule = replace(decision.rule, way=replace(decision.rule.way, of=()))
    unclear = replace(decision, match=replace(decision.match, rule=rule))
    assert "nobody" in ENGLISH.say(sentence(org, unclear))


def test_core_roles_are_told_of_in_one_phrase_where_there_are_several(org: Org) -> None:
    phrases = [decision.about for decision in who_decides(org, thing(org, "circle kitchen"))]
    told = [ENGLISH.say(phrase) for phrase in phrases]
    seats = [said for said in told if said.startswith("who holds the role ")]
    assert len(seats) > 1
    names = [said.removeprefix("who holds the role ").removesuffix(" here") for said in seats]
    together_told = [ENGLISH.say(phrase) for phrase in together(phrases)]
    first = told.index(seats[0])
    assert together_told[first].startswith("who holds the roles ")
    assert all(name in together_told[first] for name in names)
    del together_told[first]
    assert together_told == [said for said in told if said not in seats]


def test_one_core_role_is_told_of_as_it_is(org: Org) -> None:
    phrases = [decision.about for decision in who_decides(org, thing(org, "circle kitchen"))]
    told = [ENGLISH.say(phrase) for phrase in phrases]
    first = next(place for place, said in enumerate(told) if said.startswith("who holds the role "))
    few = tuple(phrases[: first + 1])
    assert together(few) == few
