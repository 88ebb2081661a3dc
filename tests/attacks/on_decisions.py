"""Attacks on a decision itself, each with the defence that stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from orgcode.changes.change import Change
from tests.attacks.defences import (
    Off,
    affected_after,
    altered_rules_are_not_asked,
    anybody_withdraws,
    assurance_after,
    best_end_stands,
    electorates_after,
    electorates_of_today_only,
    every_word_is_of_now,
    fields_after,
    latch_is_loose,
    law_after,
    narrower_rules_decide,
    nobody_is_enough,
    nobody_is_recused,
    stays_on,
    unreadable_is_founding,
    unsure_is_silent,
)
from tests.law.by_rules.small import (
    ALL,
    COOK,
    GOVERNANCE,
    HOUSE,
    HOUSEMATES,
    KITCHEN,
    OLD,
    SIGNED,
    SILENT,
    SOUP,
    SURE,
    Small,
    rule,
    say,
)

NO_KIND = {key: value for key, value in HOUSE["circles/house.yaml"].items() if key != "kind"}
FRIENDS = ["ann", "ben", "cas", "zoe"]
YES = [say(friend, "yes") for friend in FRIENDS]


@dataclass(frozen=True)
class Attack:
    """What is tried, and the defence that stops it."""

    name: str
    small: Small
    off: Off
    wanted: str = "adopted"
    """What the attacker is after."""
    spoil: Callable[[Change], Change] | None = field(default=None, kw_only=True)
    """What the change would look like without the defence, where that is not the judge's."""


def tried(**more: Any) -> Small:
    """A small case, of which the attack itself says what must come."""
    return Small(0, "", "", **more)


def only_where_it_goes(change: Change) -> Change:
    """The change, standing only where things come to be."""
    effects = tuple(replace(effect, circles=effect.circles[-1:]) for effect in change.effects)
    return replace(change, effects=effects)


ROLE_VOTE = [rule("role", "vote")]
PACKED = {"circles/kitchen.yaml": {**KITCHEN, "members": ["eli", *FRIENDS]}}
STRICT = {"circles/kitchen.yaml": {**KITCHEN, "decision_rules": [rule("role", "consensus")]}}
TWO_RULES = [
    rule("circle", "consensus", "circle:kitchen", where={"kind": "team"}),
    rule("circle", "role", "all"),
]
TO_A_LAXER_RULESET = tried(
    by="ann",
    rules=[],
    says=[*HOUSEMATES[1:], say("zoe", "consent"), say("fay", "consent")],
    seen_days_ago=20,
    org={"ruleset": "sociocracy@1"},
    before={
        "circles/house.yaml": NO_KIND,
        "circles/kitchen.yaml": {
            "name": "Kitchen",
            "parent": "house",
            "purpose": "Food",
            "members": ["eli", "ann"],
        },
        "circles/stove.yaml": None,
    },
    change={**SOUP, "org.yaml": {"ruleset": "teal@1"}},
)

ATTACKS = [
    Attack(
        "objector removed in the same proposal",
        tried(
            change={**SOUP, "circles/kitchen.yaml": {**KITCHEN, "members": []}},
            says=[say("eli", "objection"), say("fay", "consent")],
        ),
        electorates_after,
    ),
    Attack(
        "electorate packed first",
        tried(
            rules=ROLE_VOTE,
            before=PACKED,
            opening={"circles/kitchen.yaml": KITCHEN},
            says=[say("eli", "no"), say("fay", "no"), *YES],
        ),
        electorates_of_today_only,
    ),
    Attack(
        "friends made affected",
        tried(
            rules=[rule("role", "vote", "affected")],
            change={"roles/cook.yaml": {**COOK, "purpose": "Mine", "consult": FRIENDS}},
            says=[say("eli", "no"), say("fay", "no"), *YES],
        ),
        affected_after,
    ),
    Attack(
        "decision rule changed in the same proposal",
        tried(
            rules=[GOVERNANCE, rule("role", "consent")],
            change={
                **SOUP,
                "org.yaml": {"decision_rules": [GOVERNANCE, rule("role", "advice", "all")]},
            },
            says=[say("eli", "objection"), *HOUSEMATES],
            answers=(0,),
        ),
        law_after,
    ),
    Attack(
        "assurance changed in the same proposal",
        tried(
            rules=[GOVERNANCE, rule("role", "consent")],
            org=SIGNED,
            change={**SOUP, "org.yaml": {"assurance": {}}},
            says=[*ALL, *HOUSEMATES],
        ),
        assurance_after,
    ),
    Attack(
        "witnesses changed by a weaker rule",
        tried(
            rules=[rule("governance.witnesses", "consensus", "circle:kitchen"), GOVERNANCE],
            change={"org.yaml": {"witnesses": [{"name": "mine", "key": "ssh-ed25519 AAAA"}]}},
            says=ALL,
        ),
        narrower_rules_decide,
    ),
    Attack("ruleset changed in the same proposal", TO_A_LAXER_RULESET, law_after),
    Attack(
        "circle kind changed in the same proposal",
        tried(
            rules=TWO_RULES,
            change={"circles/kitchen.yaml": {**KITCHEN, "kind": "circle", "purpose": "Mine"}},
        ),
        fields_after,
    ),
    Attack(
        "a rule changed by a weaker one",
        tried(
            rules=[GOVERNANCE],
            before=STRICT,
            change={"circles/kitchen.yaml": KITCHEN},
            says=[*HOUSEMATES, say("eli", "objection")],
        ),
        altered_rules_are_not_asked,
    ),
    Attack(
        "role moved out of a strict circle",
        tried(
            rules=[rule("role", "role", "all")],
            before=STRICT,
            change={"roles/cook.yaml": {**COOK, "circle": "house"}},
            says=[],
        ),
        stays_on,
        spoil=only_where_it_goes,
    ),
    Attack(
        "proposer counted where recused",
        tried(
            rules=[rule("role", "vote", recuse=["proposer"], threshold=">= 1/2")],
            says=[say("eli", "no"), say("fay", "abstain")],
        ),
        nobody_is_recused,
    ),
    Attack(
        "subject counted where recused",
        tried(
            rules=[rule("assignment", "vote", recuse=["subject"])],
            change={"roles/cook.yaml": {**COOK, "holders": ["dee", "eli"]}},
            says=[say("eli", "yes"), say("fay", "no")],
        ),
        nobody_is_recused,
    ),
    Attack(
        "empty electorate",
        tried(
            rules=[rule("role", "consent", "core:representative")],
            says=[say("ann", "objection")],
        ),
        nobody_is_enough,
    ),
    Attack(
        "latch removed",
        tried(
            rules=[GOVERNANCE],
            change={"org.yaml": {"rules_in_force_since": None}},
            says=HOUSEMATES,
        ),
        latch_is_loose,
    ),
    Attack(
        "org.yaml made unreadable",
        tried(before={"org.yaml": "name: [What\n"}),
        unreadable_is_founding,
    ),
    Attack(
        "somebody else's proposal withdrawn",
        tried(says=[say("eli", "withdraw")]),
        anybody_withdraws,
        "rejected",
    ),
    Attack(
        "stale assent",
        tried(says=[say("eli", "consent", change=OLD), say("fay", "consent", change=OLD)]),
        every_word_is_of_now,
    ),
    Attack(
        "older consent restored",
        tried(
            says=[
                say("eli", "consent", days_ago=3),
                say("eli", "objection", after=0, days_ago=2),
                say("eli", "consent", days_ago=1),
                say("fay", "consent"),
            ],
        ),
        best_end_stands,
    ),
    Attack(
        "two ends of a chain",
        tried(
            says=[
                say("eli", "abstain", days_ago=3),
                say("eli", "objection", after=0, days_ago=2),
                say("eli", "consent", after=0, days_ago=1),
                say("fay", "consent"),
            ],
        ),
        best_end_stands,
    ),
    Attack(
        "response with a clock ahead",
        tried(says=[say("eli", "consent", days_ago=-1), say("fay", "consent")]),
        every_word_is_of_now,
    ),
    Attack(
        "entry short of assurance taken as silence",
        tried(
            org=SIGNED,
            rules=[SILENT],
            says=[say("eli", "objection"), *SURE[1:]],
            proposer_says=None,
        ),
        unsure_is_silent,
    ),
]
