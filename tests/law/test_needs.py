"""What a change needs: which rules in which circles, and whose own assent."""

from __future__ import annotations

from datetime import timedelta
from textwrap import dedent

import pytest
from msgspec.structs import replace

from orgcode.changes.change import Change
from orgcode.documents.loading import load
from orgcode.law.judge import judge
from orgcode.law.needs import needs
from orgcode.model.effect import Effect
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from tests.law.proposals import IN_FORCE, NOW, SOUP, Case
from tests.law.small import DAY, HOUSE, KITCHEN_YAML, ORG, PEOPLE, organisation

COOK = "name: Cook\ncircle: kitchen\npurpose: Meals\nholders: [cas]\n"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB1L3EBtB6Yno5JXSiJtNZLqJ1WB8hPNyfqEBpjEKoPj"

Found = list[tuple[str, str, str, str | None]]


def found(after: dict[str, str], before: dict[str, str] | None = None, by: str = "mia") -> Found:
    """Sort, kind as which it is judged, circle, person; without what the proposer owes anyway."""
    old = {"org.yaml": IN_FORCE, **(before or {})}
    new = {**old, **after, "org.yaml": old["org.yaml"] + after.get("org.yaml", "")}
    change = Change.between(organisation(old), organisation(new))
    return [
        (need.sort, need.kind, need.circle, need.person)
        for need in needs(change, by)
        if need.sort != "proposer"
    ]


def test_a_role_is_decided_where_it_stands() -> None:
    assert found({"roles/soup.yaml": COOK.replace("Cook", "Soup").replace("cas", "")}) == [
        ("rule", "role.added", "kitchen", None)
    ]


def test_a_role_that_moves_is_decided_in_both_circles() -> None:
    assert found({"roles/cook.yaml": COOK.replace("kitchen", "stove")}) == [
        ("rule", "role.moved", "kitchen", None),
        ("rule", "role.moved", "stove", None),
    ]


def test_who_is_assigned_has_to_agree_whatever_the_rule() -> None:
    assert found({"roles/cook.yaml": COOK.replace("[cas]", "[cas, out]")}) == [
        ("rule", "assignment.added", "kitchen", None),
        ("own", "assignment.added", "kitchen", "out"),
    ]


def test_who_leaves_a_role_of_their_own_accord_asks_nobody() -> None:
    assert found({"roles/cook.yaml": COOK.replace("[cas]", "[]")}, by="cas") == []
    assert found({"roles/cook.yaml": COOK.replace("[cas]", "[]")}, by="kim") == [
        ("rule", "assignment.ended", "kitchen", None)
    ]


def test_who_leaves_the_organisation_asks_nobody() -> None:
    leaving = {"people/out.yaml": "name: Out\nended: {on: 2027-04-01}\n"}
    assert found(leaving, by="out") == []
    assert found(leaving, by="kim") == [("rule", "person.left", "house", None)]


def test_a_key_takes_its_owner_by_what_they_had_before_or_the_rule_for_rules() -> None:
    keyed = {"people/out.yaml": f"name: Out\nkeys: [{{key: {KEY}}}]\n"}
    assert found(keyed) == [
        ("rule", "identity.keys", "house", None),
        ("own", "identity.keys", "house", "out"),
    ]
    change = Change.between(
        organisation({"org.yaml": IN_FORCE}), organisation({"org.yaml": IN_FORCE, **keyed})
    )
    own = next(need for need in needs(change, "mia") if need.sort == "own")
    assert own.by_credential
    assert [(it.sort, it.kind) for it in own.instead] == [("rule", "governance")]


def test_away_takes_the_person_or_the_rule() -> None:
    after = {"people/out.yaml": "name: Out\naway: [{from: 2027-03-01, until: 2027-03-09}]\n"}
    change = Change.between(
        organisation({"org.yaml": IN_FORCE}), organisation({"org.yaml": IN_FORCE, **after})
    )
    asked = [need for need in needs(change, "mia") if need.sort != "proposer"]
    assert [(it.sort, it.person) for it in asked] == [("own", "out")]
    assert [(it.sort, it.kind) for it in asked[0].instead] == [("rule", "person.away")]


def test_an_effect_that_names_nobody_still_takes_its_rule() -> None:
    before = organisation({"org.yaml": IN_FORCE})
    effect = Effect(
        kind="person.away",
        thing="people/out",
        paths=("people/out.yaml",),
        circles=("house",),
        sentence=Case().change().effects[0].sentence,
    )
    change = Change(before=before, after=before, effects=(effect,))
    assert [need.sort for need in needs(change, "mia")] == ["proposer", "rule"]


def test_only_how_it_is_written_takes_the_proposer_alone() -> None:
    change = Change.between(
        organisation({"org.yaml": IN_FORCE}),
        organisation({"org.yaml": IN_FORCE, "roles/cook.yaml": COOK + "# well\n"}),
    )
    assert [need.sort for need in needs(change, "mia")] == ["proposer"]


def test_rules_of_a_circle_are_altered_by_the_rule_for_rules_and_by_themselves() -> None:
    own = KITCHEN_YAML + "decision_rules:\n- {for: role, by: role, of: core:lead}\n"
    assert found({"circles/kitchen.yaml": own}) == [
        ("rule", "governance.rules", "house", None),
        ("rule", "governance", "house", None),
        ("rule", "role", "kitchen", None),
    ]


def test_a_stricter_rule_is_not_weakened_past_itself() -> None:
    """A rule changed by a weaker one: each rule that may decide about the kind is asked."""
    strict = (
        KITCHEN_YAML
        + "decision_rules:\n- {for: policy, where: {kind: access}, by: consensus, of: members}\n"
    )
    asked = found({"circles/kitchen.yaml": KITCHEN_YAML}, {"circles/kitchen.yaml": strict})
    assert asked == [
        ("rule", "governance.rules", "house", None),
        ("rule", "governance", "house", None),
        ("rule", "policy", "kitchen", None),
        ("rule", "policy", "kitchen", None),
    ]


def test_another_ruleset_takes_every_rule_that_it_alters() -> None:
    """Ruleset changed in the same proposal: nothing is decided by the one that comes."""
    old = organisation({"org.yaml": IN_FORCE})
    texts = {**HOUSE, **{f"people/{id}.yaml": f"name: {id}\n" for id in PEOPLE}}
    texts["org.yaml"] = ORG.replace("teal@1", "sociocracy@1") + IN_FORCE
    new = load(Files({path: dedent(text).encode() for path, text in texts.items()}), DAY)
    asked = {need.kind for need in needs(Change.between(old, new), "mia") if need.sort == "rule"}
    assert {"governance.ruleset", "role", "policy", "person", "tooling"} <= asked


JOINING = {"people/new.yaml": "name: New\n"}
OF_ALL = "decision_rules:\n- {for: governance, by: consent, of: all, quorum: 1/2}\n"


def test_whoever_comes_to_decide_about_rules_comes_by_the_rule_for_rules() -> None:
    """Electorate packed first: with rules decided by all, nobody joins by a weaker rule."""
    joined = ("rule", "person.joined", "house", None)
    assert found(JOINING) == [joined]
    governed = ("rule", "governance", "house", None)
    assert found(JOINING, {"org.yaml": IN_FORCE + OF_ALL}) == [joined, governed]


def test_nobody_fills_the_house_by_a_weak_rule_to_vote_when_it_is_stuck() -> None:
    """The rule for rules of teal@1 has a vote of all as its way out."""
    joined = ("rule", "person.joined", "house", None)
    governed = ("rule", "governance", "house", None)
    for way, is_theirs in (
        ("by: advice, of: all", False),
        ("by: consent, of: 'circle:kitchen'", False),
        ("by: vote, of: all, threshold: '>= 1/2'", False),
        ("by: vote, of: all", True),
        ("by: consent, of: members", True),
        ("by: consent, of: 'circle:house'", True),
        ("by: consent, of: all, otherwise: {after: 9 days, by: role, of: 'role:cook'}", False),
        ("by: consensus, of: [anchor-members, affected]", True),
    ):
        weak = {"org.yaml": IN_FORCE + f"decision_rules:\n- {{for: person, {way}}}\n"}
        assert found(JOINING, weak) == [joined, *(() if is_theirs else (governed,))], way


def test_nobody_is_taken_from_those_who_decide_about_rules_by_a_weaker_one() -> None:
    guest = {"people/out.yaml": "name: Out\nmembership: guest\n"}
    rules = {"org.yaml": IN_FORCE + OF_ALL}
    kinds = [kind for _, kind, _, _ in found(guest, rules)]
    assert kinds == ["person.membership", "governance"]
    assert [kind for _, kind, _, _ in found(guest, rules, by="out")] == ["person.membership"]


def test_a_member_of_the_anchor_comes_by_the_rule_for_rules() -> None:
    house = "name: House\nkind: anchor\ncore_roles: {facilitator: [fay], secretary: [sam]}\n"
    kinds = [kind for _, kind, _, _ in found({"circles/house.yaml": house + "members: [out]\n"})]
    assert kinds == ["assignment.member.added", "assignment.member.added", "governance"]


def test_a_kind_is_asked_before_and_after() -> None:
    """A policy that sheds the kind for which there is a strict rule does not escape it."""
    rules = {
        "org.yaml": IN_FORCE
        + "decision_rules:\n- {for: policy, where: {kind: access}, by: consensus, of: all}\n",
        "policies/keys.yaml": "title: Keys\ncircle: kitchen\nkind: access\ntext: All have one.\n",
    }
    after = {
        "policies/keys.yaml": "title: Keys\ncircle: kitchen\nkind: process\ntext: All have one.\n"
    }
    assert len(found(after, rules)) == 2


@pytest.mark.parametrize("signed", [True, False])
def test_a_key_is_added_by_a_signature_with_another(signed: bool) -> None:
    old = {"people/out.yaml": f"name: Out\nkeys: [{{key: {KEY}}}]\n"}
    new = {"people/out.yaml": f"name: Out\nkeys: [{{key: {KEY}}}, {{key: {KEY} two}}]\n"}
    case = Case(changes=new, before=old, proposer="out")
    case.say("out", "consent", signed_by="out" if signed else None)
    verdict = case.judge()
    assert verdict.outcome == ("adopted" if signed else "open")
    assert verdict.unblock == (() if signed else ("out",))


def test_a_lost_key_is_replaced_by_the_rule_for_rules() -> None:
    new = {"people/out.yaml": f"name: Out\nkeys: [{{key: {KEY}}}]\n"}
    case = Case(changes=new, proposer="out").consent("out", "fay", "sam")
    case = replace(case, opened=NOW - timedelta(days=14))
    assert case.judge().outcome == "adopted"
    assert replace(case, opened=NOW - timedelta(days=13)).judge().outcome == "open"


def test_the_first_role_comes_in_a_second_step() -> None:
    changes = {"people/new.yaml": "name: New\n", "roles/cook.yaml": COOK.replace("cas", "new")}
    case = Case(changes=changes).consent("mia", "new", "kim", "rob", "cas", "rik", "fay", "sam")
    assert case.judge().outcome == "invalid"


def test_what_no_rule_is_for_is_blocked() -> None:
    case = Case().consent("mia", "kim", "rob", "cas", "rik")
    change = case.change()
    lawless = replace(change.before, ruleset=replace(change.before.ruleset, decision_rules=()))
    verdict = judge(replace(change, before=lawless), case.evidence(change), (), NOW)
    assert verdict.outcome == "blocked"
    assert [it.sort for it in verdict.judgements] == ["proposer", "rule"]
    joining = replace(case, changes=JOINING).change()
    lawless = replace(joining.before, ruleset=replace(joining.before.ruleset, decision_rules=()))
    assert [need.match for need in needs(replace(joining, before=lawless), "mia")] == [None, None]


def test_friends_do_not_become_affected_without_a_say_of_those_who_are() -> None:
    """Friends made "affected": whoever is named in a change is no more than one among others."""
    rule = "decision_rules:\n- {for: role, by: consensus, of: affected}\n"
    soup = {"roles/soup.yaml": "name: Soup\ncircle: kitchen\npurpose: Soup.\nconsult: [out]\n"}
    case = Case(changes=soup, org=rule).consent("mia", "out")
    assert case.judge().outcome == "open"
    assert set(case.judge().unblock) == {"cas", "kim", "rik", "rob"}
    assert case.consent("cas", "kim", "rik", "rob").judge().outcome == "adopted"


def test_the_way_out_of_a_vote_that_was_lost_is_none() -> None:
    rule = (
        "decision_rules:\n- {for: role, by: vote, of: members, open_for: 3 days, quorum: 1/2,"
        " otherwise: {after: 9 days, by: role, of: core:lead}}\n"
    )
    case = Case(org=rule).say("mia", "yes")
    assert case.judge(NOW + timedelta(days=20)).outcome == "rejected"
    assert case.judge().adoptable_from is None
    case.say("kim", "yes").say("rob", "yes")
    assert case.judge().adoptable_from == NOW + timedelta(days=1)


def test_one_who_decides_in_two_circles_is_said_in_each() -> None:
    moved = {"roles/cook.yaml": COOK.replace("kitchen", "stove")}
    case = Case(changes=moved).consent("mia", "kim", "rob", "cas", "rik", "ida")
    verdict = case.judge()
    assert verdict.outcome == "adopted"
    assert [it.circle for it in verdict.judgements if it.sort == "rule"] == ["kitchen", "stove"]
    assert verdict.is_adopted


def test_effects_of_one_rule_are_told_together() -> None:
    more = {**SOUP, "roles/bread.yaml": "name: Bread\ncircle: kitchen\npurpose: Bread.\n"}
    verdict = Case(changes=more).consent("mia").judge()
    judged = [it for it in verdict.judgements if it.sort == "rule"]
    assert [len(it.effects) for it in judged] == [2]


def test_what_depends_on_whom_it_is_about_is_told_apart() -> None:
    rule = "decision_rules:\n- {for: person.amended, by: consent, of: subject}\n"
    about = {f"people/{id}.yaml": f"name: {id.title()}\nabout: Well.\n" for id in ("out", "ida")}
    verdict = Case(changes=about, org=rule).consent("mia").judge()
    judged = [it for it in verdict.judgements if it.sort == "rule"]
    assert [it.missing for it in judged] == [("ida",), ("out",)]


def rewritten(org_yaml: str, more: dict[str, str] | None = None) -> Org:
    """The small house with another org.yaml."""
    texts = {**HOUSE, **{f"people/{id}.yaml": f"name: {id}\n" for id in PEOPLE}, **(more or {})}
    texts["org.yaml"] = org_yaml
    return load(Files({path: dedent(text).encode() for path, text in texts.items()}), DAY)


EASY = "decision_rules:\n- {for: governance.PART, by: role, of: 'role:cook'}\n"
OF_TWO = (
    "decision_rules:\n- {for: role, by: consent, of: all}\n- {for: tension, by: role, of: all}\n"
)
PARTS = {
    "ruleset": ("teal@1", "sociocracy@1"),
    "memberships": ("votes: false", "votes: true"),
    "circle_kinds": ("rules_in_force", "circle_kinds: {ring: {name: Ring}}\nrules_in_force"),
    "core_roles": (
        "rules_in_force",
        "core_roles: {cashier: {name: Cashier, purpose: Money}}\nrules_in_force",
    ),
    "assurance": ("rules_in_force", "assurance: {time: claimed}\nrules_in_force"),
    "witnesses": ("rules_in_force", f"witnesses: [{{name: W, key: {KEY}}}]\nrules_in_force"),
    "anchor": ("anchor: house", "anchor: kitchen"),
}


@pytest.mark.parametrize("part", PARTS)
def test_no_narrower_rule_decides_alone_about_what_decides(part: str) -> None:
    """Assurance, witnesses, ruleset, circle kind and the like changed by a rule of their own."""
    org = ORG + IN_FORCE + EASY.replace("PART", part)
    change = Change.between(rewritten(org), rewritten(org.replace(*PARTS[part], 1)))
    [effect] = [it for it in change.effects if it.kind == f"governance.{part}"]
    asked = [it for it in needs(change, "mia") if it.effect == effect and it.sort == "rule"]
    ways = {it.kind: it.match.rule.way.by for it in asked if it.match}
    assert ways[f"governance.{part}"] == "role"
    assert ways["governance"] == "consent"


def test_nor_about_the_order_of_the_rules() -> None:
    rules = EASY.replace("PART", "rules") + OF_TWO.partition("\n")[2]
    lines = rules.splitlines(keepends=True)
    other = "".join([lines[0], lines[1], lines[3], lines[2]])
    before, after = (rewritten(ORG + IN_FORCE + each) for each in (rules, other))
    asked = [it.kind for it in needs(Change.between(before, after), "mia") if it.sort == "rule"]
    assert asked[:2] == ["governance.rules", "governance"]


def test_a_narrower_rule_decides_alone_about_what_is_no_rule() -> None:
    org = ORG + IN_FORCE + EASY.replace("PART", "severities")
    change = Change.between(rewritten(org), rewritten(org + "severities: {seat-open: notice}\n"))
    asked = [(it.sort, it.kind) for it in needs(change, "mia")]
    assert asked == [("proposer", "governance.severities"), ("rule", "governance.severities")]


def test_a_rule_of_the_organisation_is_altered_by_the_rules_of_the_anchor_too() -> None:
    house = "name: House\nkind: anchor\ncore_roles: {facilitator: [fay], secretary: [sam]}\n"
    own = {"circles/house.yaml": house + "decision_rules:\n- {for: role, by: role, of: all}\n"}
    rule = "decision_rules:\n- {for: role, by: consensus, of: all}\n"
    change = Change.between(
        organisation({**own, "org.yaml": IN_FORCE}),
        organisation({**own, "org.yaml": IN_FORCE + rule}),
    )
    asked = [it for it in needs(change, "mia") if it.kind == "role"]
    assert [(it.circle, it.match and it.match.circle) for it in asked] == [("house", "house")]


@pytest.mark.parametrize(
    ("before", "after", "narrowing"),
    [
        ("cas", "cas, out", "added"),
        ("{person: cas, until: 2027-05-01}", "{person: cas, until: 2027-06-01}", "extended"),
        ("{person: cas, since: 2027-05-01}", "{person: cas, since: 2027-04-01}", "rescheduled"),
        ("{person: cas, focus: Soup}", "{person: cas, focus: Bread}", None),
        ("{person: cas, until: 2027-06-01}", "{person: cas, until: 2027-05-01}", None),
    ],
)
def test_who_is_put_in_or_kept_longer_has_to_agree(
    before: str, after: str, narrowing: str | None
) -> None:
    old, new = (COOK.replace("[cas]", f"[{each}]") for each in (before, after))
    asked = found({"roles/cook.yaml": new}, {"roles/cook.yaml": old})
    own = [kind for sort, kind, _, _ in asked if sort == "own"]
    assert own == ([f"assignment.{narrowing}"] if narrowing else [])


def test_who_is_called_by_another_id_has_to_agree() -> None:
    old = organisation({"org.yaml": IN_FORCE})
    new = organisation(
        {
            "org.yaml": IN_FORCE,
            "people/cas.yaml": "",
            "people/cas-b.yaml": "name: Cas\naliases: [cas]\n",
            "roles/cook.yaml": COOK.replace("[cas]", "[cas-b]"),
        }
    )
    asked = [(it.kind, it.person) for it in needs(Change.between(old, new), "mia")]
    assert ("assignment.rekeyed", "cas") in asked


def test_who_comes_into_the_anchor_by_a_core_role_comes_by_the_rule_for_that() -> None:
    lead = KITCHEN_YAML.replace("lead: [kim]", "lead: [kim, ida]")
    kinds = [kind for _, kind, _, _ in found({"circles/kitchen.yaml": lead})]
    assert kinds == ["assignment.core.added", "assignment.core.added"]


@pytest.mark.parametrize(("recorder", "outcome"), [("rob", "adopted"), ("sam", "open")])
def test_the_proposer_may_speak_by_the_minutes_of_the_circle_alone(
    recorder: str, outcome: str
) -> None:
    held = KITCHEN_YAML.replace(
        "{lead: [kim], representative: [rob]}", "{lead: [kim], secretary: [rob]}"
    )
    rule = "assurance: {people: {default: minuted}}\ndecision_rules:\n"
    rule += "- {for: role, by: role, of: core:lead}\n"
    case = Case(org=rule, before={"circles/kitchen.yaml": held})
    case.changes = {**SOUP, "circles/kitchen.yaml": held}
    case.say("mia", "consent", recorded_by=recorder, signed_by=recorder)
    assert case.say("kim", "consent", signed_by="kim").judge().outcome == outcome


def test_whoever_lets_themselves_in_comes_by_the_rule_for_rules() -> None:
    guest = {"people/out.yaml": "name: Out\nmembership: guest\n", "org.yaml": IN_FORCE + OF_ALL}
    member = {"people/out.yaml": "name: Out\nmembership: full\n"}
    kinds = [kind for _, kind, _, _ in found(member, guest, by="out")]
    assert kinds == ["person.membership", "governance"]


def test_who_alone_holds_a_role_does_not_end_it_alone() -> None:
    ended = {"roles/cook.yaml": COOK + "ended: {on: 2027-03-01}\n"}
    assert ("rule", "role.ended", "kitchen", None) in found(ended, by="cas")


def test_of_a_role_that_moves_each_circle_asks_for_what_stands_there() -> None:
    rule = "decision_rules:\n- {for: role, where: {circle: kitchen}, by: consensus, of: all}\n"
    old = organisation({"org.yaml": IN_FORCE + rule})
    moved = {"roles/cook.yaml": COOK.replace("kitchen", "stove")}
    new = organisation({"org.yaml": IN_FORCE + rule, **moved})
    asked = [it for it in needs(Change.between(old, new), "mia") if it.sort == "rule"]
    assert [(it.circle, it.match and it.match.level) for it in asked] == [
        ("kitchen", "organisation"),
        ("stove", "ruleset"),
    ]


def test_what_stands_in_the_circle_above_is_asked_by_what_it_is() -> None:
    rules = (
        "decision_rules:\n- {for: assignment.core, where: {core_role: lead}, by: vote, of: all}\n"
        "- {for: circle, where: {kind: team}, by: vote, of: all}\n"
    )
    lead = {"circles/kitchen.yaml": KITCHEN_YAML.replace("lead: [kim]", "lead: [kim, ida]")}
    team = {"circles/attic.yaml": "name: Attic\nkind: team\nparent: house\npurpose: Air\n"}
    for changes in (lead, team):
        old = organisation({"org.yaml": IN_FORCE + rules})
        new = organisation({"org.yaml": IN_FORCE + rules, **changes})
        asked = [it for it in needs(Change.between(old, new), "mia") if it.sort == "rule"]
        ways = [it.match and (it.match.level, it.match.rule.way.by) for it in asked]
        assert ways == [("organisation", "vote")]


def test_an_account_at_a_forge_shows_no_more_than_an_account_does() -> None:
    """Identity is shown by what was listed before, and as surely as is asked for."""
    old = {"people/out.yaml": f"name: Out\nkeys: [{{key: {KEY}}}]\n"}
    new = {"people/out.yaml": f"name: Out\nkeys: [{{key: {KEY}}}, {{key: {KEY} two}}]\n"}
    rule = "decision_rules:\n- {for: identity, by: role, of: 'role:cook'}\n"
    for asked, outcome in (("claimed", "adopted"), ("signed", "open")):
        org = f"assurance: {{people: {{identity: {asked}}}}}\n{rule}"
        case = Case(changes=new, before=old, org=org)
        case.say("mia", "consent", signed_by="mia").say("cas", "consent", signed_by="cas")
        assert case.say("out", "consent", is_attested=True).judge().outcome == outcome


def test_who_joins_with_a_key_joins_by_the_rule() -> None:
    asked = found({"people/new.yaml": f"name: New\nkeys: [{{key: {KEY}}}]\n"})
    assert ("rule", "person.joined", "house", None) in asked
    assert not any(person == "new" for _, _, _, person in asked)


def test_the_proposer_is_asked_once_unless_it_matters_who_takes_the_minutes() -> None:
    moved = {"roles/cook.yaml": COOK.replace("kitchen", "stove")}

    def asked(org: str) -> list[str]:
        old = {"org.yaml": IN_FORCE + org}
        change = Change.between(organisation(old), organisation({**old, **moved}))
        return [it.circle for it in needs(change, "mia") if it.sort == "proposer"]

    assert asked("") == ["house"]
    assert asked("assurance: {people: {default: signed}}\n") == ["house"]
    assert asked("assurance: {people: {default: minuted}}\n") == ["kitchen", "stove"]
