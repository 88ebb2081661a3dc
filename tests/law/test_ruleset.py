"""Every ruleset that comes with orgcode is sound by its own standards."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from orgcode import resources
from orgcode.changes.stands import stands_in
from orgcode.checking.check import check
from orgcode.checking.deciding import in_force
from orgcode.checking.rules import RULES
from orgcode.documents.loading import load
from orgcode.documents.rulesets import load_ruleset, ruleset_ids
from orgcode.documents.schemas import read
from orgcode.documents.source import parse
from orgcode.law.electorate import electorate
from orgcode.law.fulfilment import ways
from orgcode.law.matching import rule_for, rules_for
from orgcode.law.shares import parse_quorum
from orgcode.model.effect import KINDS, RULELESS, top
from orgcode.model.entities import AGREEMENT_KINDS, DecisionRule, Text, Way
from orgcode.model.finding import Finding
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from tests.law.houses import ANCHOR_KINDS, house
from tests.law.small import DAY

EACH_RULESET = pytest.mark.parametrize("id", ruleset_ids())
SCHEMA = json.loads(resources.read_schema("ruleset.schema.json"))
NOTIONS = frozenset(
    {
        "circle",
        "anchor_circle",
        "sub_circle",
        "role",
        "core_role",
        "holder",
        "person",
        "member",
        "purpose",
        "accountability",
        "domain",
        "policy",
        "agreement",
        "objective",
        "key_result",
        "tension",
        "proposal",
        "response",
        "consent",
        "objection",
        "concern",
        "advice",
        "consensus",
        "vote",
        "decision",
        "decision_rule",
        "metric",
        "meeting",
        "context",
        "strategy",
        "seat",
        "term",
    }
)


def test_five_rulesets_come_with_orgcode() -> None:
    assert set(ruleset_ids()) == set(ANCHOR_KINDS)


@EACH_RULESET
def test_it_has_the_shape_of_its_schema(id: str) -> None:
    data, flaws = read("ruleset", parse(resources.read_ruleset(id)))
    assert flaws == ()
    assert isinstance(data, dict)


@EACH_RULESET
def test_it_names_every_notion(id: str) -> None:
    assert frozenset(load_ruleset(id).vocabulary) == NOTIONS


@EACH_RULESET
def test_everything_in_it_is_said_in_dutch_and_english(id: str) -> None:
    for text in texts(id):
        assert not isinstance(text, str)
        assert set(text) == {"en", "nl"}
        assert text["en"] != ""


def texts(id: str) -> Iterator[Text]:
    ruleset = load_ruleset(id)
    yield from (ruleset.name, ruleset.description, *ruleset.policy_kinds.values())
    for term in ruleset.vocabulary.values():
        yield from (term.one, term.many, term.meaning)
    for kind in ruleset.circle_kinds.values():
        assert kind.plural is not None
        assert kind.description is not None
        yield from (kind.name, kind.plural, kind.description)
    for core in ruleset.core_roles.values():
        assert core.purpose is not None
        assert len(core.accountabilities) >= 3
        yield from (core.name, core.purpose, *core.accountabilities)


@EACH_RULESET
def test_its_kinds_of_circle_have_core_roles_that_exist(id: str) -> None:
    ruleset = load_ruleset(id)
    assert ruleset.default_circle_kind in ruleset.circle_kinds
    used = {core for kind in ruleset.circle_kinds.values() for core in kind.core_roles}
    assert used == set(ruleset.core_roles)


@EACH_RULESET
def test_its_severities_are_of_rules_that_exist(id: str) -> None:
    assert set(load_ruleset(id).severities) <= {rule.name for rule in RULES}


@EACH_RULESET
def test_its_kinds_of_policy_include_the_four_of_every_ruleset(id: str) -> None:
    assert {"constraint", "authority", "access", "process"} <= set(load_ruleset(id).policy_kinds)


# What it decides about

NARROWED = (
    *(kind for kind in KINDS if kind not in RULELESS),
    *("circle.added", "circle.moved", "role.added", "role.ended", "policy.added"),
    *("assignment.core", "assignment.core.ended", "assignment.added", "assignment.ended"),
    *("person.joined", "person.left", "person.amended", "objective.measured", "agreement.added"),
)


@EACH_RULESET
@pytest.mark.parametrize("kind", NARROWED)
def test_every_kind_of_change_finds_a_rule_of_its_own(id: str, kind: str) -> None:
    org = house(id)
    for circle in org.circles:
        for fields in fields_for(org, top(kind), circle):
            match = rule_for(org, kind, circle, fields)
            assert match is not None
            assert match.kind == kind
            assert match.level == "ruleset"


def fields_for(org: Org, kind: str, circle: str) -> Iterator[dict[str, str]]:
    """The fields that a thing of that kind of change may have."""
    yield {}
    yield {"circle": circle}
    kinds = {
        "policy": org.ruleset.policy_kinds,
        "circle": org.ruleset.circle_kinds,
        "agreement": AGREEMENT_KINDS,
    }
    yield from ({"circle": circle, "kind": name} for name in kinds.get(kind, ()))
    if kind == "assignment":
        yield from ({"circle": circle, "core_role": core} for core in org.core_role_kinds)


@EACH_RULESET
@pytest.mark.parametrize("kind", NARROWED)
def test_there_is_somebody_to_decide_everywhere(id: str, kind: str) -> None:
    org = house(id)
    for circle in org.circles:
        for match in rules_for(org, kind, circle):
            for way in ways(match.rule):
                found = electorate(
                    org, way, circle, subjects=("ida",), affected=org.members(circle)
                )
                assert found.people, match.rule


@EACH_RULESET
def test_its_rules_pass_the_rules_of_the_law(id: str) -> None:
    assert law_findings(house(id)) == ()


@EACH_RULESET
def test_its_rules_pass_when_an_organisation_writes_them_as_its_own(id: str) -> None:
    assert law_findings(house(id, rules_of(load_ruleset(id).decision_rules))) == ()


@EACH_RULESET
def test_its_rules_pass_in_circles_of_every_kind(id: str) -> None:
    for kind in load_ruleset(id).circle_kinds:
        assert law_findings(house(id, kind=kind)) == (), kind


@EACH_RULESET
def test_its_rules_pass_where_every_circle_is_a_crowd(id: str) -> None:
    assert law_findings(house(id, crowd=30)) == ()


@EACH_RULESET
def test_no_rule_is_dead_while_every_seat_is_open(id: str) -> None:
    org = house(id)
    files = {path: org.snapshot.read(path) for path in org.files}
    for circle in org.circles.values():
        text = json.loads(as_bytes(files[circle.path]))
        files[circle.path] = json.dumps(text | {"core_roles": {}}).encode()
    emptied = load(Files({path: as_bytes(text) for path, text in files.items()}), DAY)
    law = {rule.name for rule in RULES if rule.group == "law"}
    assert [f for f in check(emptied) if f.rule in law and f.severity == "error"] == []


def as_bytes(content: object) -> bytes:
    assert isinstance(content, bytes)
    return content


def law_findings(org: Org) -> tuple[Finding, ...]:
    law = [rule for rule in RULES if rule.group == "law" or rule.name == "one-sided-authority"]
    return check(org, law)


WEAK = {
    "one role": "{for: governance, by: role, of: role:work-in-house}",
    "advice": "{for: governance, by: advice, of: all}",
    "few": "{for: governance, by: consent, of: anchor-members, silence: consents, quorum: 1/3}",
    "a number": "{for: governance, by: vote, of: all, quorum: 5}",
    "half": "{for: governance, by: vote, of: all, quorum: 1/2, threshold: '>= 1/2'}",
    "others": "{for: governance, by: consent, of: circle:stove}",
    "for all": "{for: [page, governance], by: advice, of: members}",
    "narrowed": "{for: governance, where: {circle: stove}, by: role, of: role:work-in-stove}",
    "way out": (
        "{for: governance, by: consensus, of: all,"
        " otherwise: {after: 3 days, by: role, of: role:work-in-house}}"
    ),
}


@EACH_RULESET
@pytest.mark.parametrize("weak", WEAK)
def test_the_rule_for_the_rules_cannot_be_weakened_under_it(id: str, weak: str) -> None:
    org = house(id, f"decision_rules: [{WEAK[weak]}]\nseverities: {{rule-for-rules: off}}\n")
    (finding,) = [f for f in check(org) if f.rule == "rule-for-rules"]
    assert finding.severity == "error"


@EACH_RULESET
def test_the_rule_for_the_rules_asks_for_half_and_gives_two_weeks(id: str) -> None:
    org = house(id)
    match = rule_for(org, "governance", "house", {})
    assert match is not None
    for way in ways(match.rule):
        assert parse_quorum(way.quorum).is_half
        assert way.open_for >= 14
    assert match.rule.way.early is False


@EACH_RULESET
def test_each_of_its_rules_can_be_reached(id: str) -> None:
    rules = load_ruleset(id).decision_rules
    org = house(id, rules_of(rules))
    assert org.organisation is not None
    reached = {
        found.rule.pointer
        for circle in org.live_circles()
        for found in in_force(org, circle)
        if found.level == "organisation"
    }
    assert reached == {rule.pointer for rule in org.organisation.decision_rules}
    assert len(reached) == len(rules)


# What is particular about each


def test_holacracy_lets_the_lead_decide_who_fills_roles() -> None:
    org = house("holacracy@1")
    match = rule_for(org, "assignment", "kitchen", {})
    assert match is not None
    assert electorate(org, match.rule.way, "kitchen").people == ("kitchen-circle-lead",)
    assert electorate(org, match.rule.way, "house").passed_to == "anchor"


def test_holacracy_lets_nobody_name_themselves_lead() -> None:
    org = house("holacracy@1", kind="led-anchor")
    match = rule_for(org, "assignment.core", "house", {"core_role": "circle-lead"})
    assert match is not None
    found = electorate(org, match.rule.way, "house", subjects=("house-facilitator",))
    assert "house-facilitator" not in found.people


def test_in_sociocracy_two_people_join_a_circle_to_the_one_around_it() -> None:
    org = house("sociocracy@1")
    assert {"kitchen-leader", "kitchen-delegate"} <= org.members("house")
    assert {"stove-leader", "stove-delegate"} <= org.members("kitchen")
    leader, delegate = org.every_role["stove/leader"], org.every_role["stove/delegate"]
    assert stands_in(org, "assignment.core", leader) == "kitchen"
    assert stands_in(org, "assignment.core", delegate) == "stove"
    assert all(core.term for core in org.ruleset.core_roles.values())


def test_in_a_cooperative_statutes_need_half_of_the_members_and_two_thirds_of_the_votes() -> None:
    org = house("cooperative@1", kind="board")
    match = rule_for(org, "policy", "kitchen", {"kind": "statutes"})
    assert match is not None
    way = match.rule.way
    assert (way.by, way.of, way.quorum, way.threshold) == (
        "vote",
        ("anchor-members",),
        "1/2",
        ">= 2/3",
    )


def test_in_a_cooperative_those_without_a_vote_do_not_vote() -> None:
    org = house("cooperative@1")
    path = "people/ida.yaml"
    files = {name: as_bytes(org.snapshot.read(name)) for name in org.files}
    files[path] = b"{name: Ida, membership: guest}"
    changed = load(Files(files), DAY)
    for match in rules_for(changed, "policy", "house"):
        assert "ida" in changed.members("house")
        assert "ida" not in electorate(changed, match.rule.way, "house").people


def test_in_open_source_silence_is_consent_after_some_days() -> None:
    for rule in load_ruleset("open-source@1").decision_rules:
        if rule.way.by == "consent" and rule.way.of != ("subject",):
            assert rule.way.silence == "consents"
            assert rule.way.open_for >= 5


# Times


@EACH_RULESET
def test_silence_never_consents_before_people_had_days_to_speak(id: str) -> None:
    for rule in load_ruleset(id).decision_rules:
        for way in ways(rule):
            assert way.silence == "blocks" or way.open_for >= 3, rule.kinds


@EACH_RULESET
def test_the_way_out_begins_no_sooner_than_the_first_way_is_over(id: str) -> None:
    for rule in load_ruleset(id).decision_rules:
        assert rule.otherwise is None or rule.otherwise.after >= rule.way.open_for, rule.kinds


@EACH_RULESET
def test_what_can_be_blocked_has_a_way_out(id: str) -> None:
    for rule in load_ruleset(id).decision_rules:
        decides_anyway = rule.way.by in {"advice", "vote"}
        assert decides_anyway or rule.otherwise is not None, rule.kinds


def rules_of(rules: tuple[DecisionRule, ...]) -> str:
    """The rules of a ruleset as those of an org.yaml, so that they are checked like own rules."""
    return "decision_rules: " + json.dumps([written(rule) for rule in rules]) + "\n"


def written(rule: DecisionRule) -> dict[str, object]:
    parts: list[tuple[Way, dict[str, str]]] = [(rule.way, {})]
    if rule.otherwise:
        parts.append((rule.otherwise.way, {"after": f"{rule.otherwise.after} days"}))
    said = []
    for way, more in parts:
        said.append(
            {
                "by": way.by,
                "of": list(way.of),
                "open_for": f"{way.open_for} days",
                "silence": way.silence,
                "threshold": way.threshold,
                "recuse": list(way.recuse),
                **({"quorum": way.quorum} if way.quorum else {}),
                **({} if way.early is None else {"early": way.early}),
                **more,
            }
        )
    whole: dict[str, object] = {"for": list(rule.kinds), "where": dict(rule.where), **said[0]}
    if rule.otherwise:
        whole["otherwise"] = said[1]
    return whole


def test_the_schema_describes_every_property() -> None:
    for name, property in properties(SCHEMA):
        assert property.get("title"), name
        assert property.get("description"), name


def properties(schema: object) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"].items()
        for value in schema.values():
            yield from properties(value)
