"""Every ruleset that comes with orgcode is sound by its own standards."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from orgcode import resources
from orgcode.checking.check import check
from orgcode.checking.rules import RULES
from orgcode.documents.rulesets import load_ruleset, ruleset_ids
from orgcode.documents.schemas import read
from orgcode.documents.source import parse
from orgcode.law.fulfilment import ways
from orgcode.law.in_force import rules_in_force
from orgcode.law.matching import KINDS, RULELESS, rule_for
from orgcode.model.entities import DecisionRule, Text, Way
from tests.law.small import organisation

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


def test_teal_comes_with_orgcode() -> None:
    assert "teal@1" in ruleset_ids()


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
        assert kind.description is not None
        yield from (kind.name, kind.description)
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
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in RULELESS])
def test_it_has_a_rule_for_every_kind_of_change(id: str, kind: str) -> None:
    org = organisation({"org.yaml": rules_of(load_ruleset(id).decision_rules)})
    match = rule_for(org, kind, "kitchen", {})
    assert match is not None
    assert match.kind == kind


@EACH_RULESET
def test_its_own_rules_pass_the_rules_of_the_law(id: str) -> None:
    org = organisation({"org.yaml": rules_of(load_ruleset(id).decision_rules)})
    law = [rule for rule in RULES if rule.group == "law" or rule.name == "one-sided-authority"]
    assert check(org, law) == ()


@EACH_RULESET
def test_each_of_its_rules_can_be_reached(id: str) -> None:
    rules = load_ruleset(id).decision_rules
    org = organisation({"org.yaml": rules_of(rules)})
    assert org.organisation is not None
    reached = {found.pointer for found in rules_in_force(org) if found.level == "organisation"}
    assert reached == {rule.pointer for rule in org.organisation.decision_rules}
    assert len(reached) == len(rules)


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
        assert rule.way.by == "advice" or rule.otherwise is not None, rule.kinds


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
