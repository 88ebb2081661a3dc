"""Attacks by what a change is made of, and by who is there to decide about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import structs

from orgcode.changes.change import Change
from orgcode.model.effect import top
from tests.attacks.attack import Attack, in_judge
from tests.attacks.defences import electorates_of_today_only, stays_on
from tests.attacks.defences_in_git import errors_are_let_in
from tests.attacks.on_proposals import LAWFUL, OBJECTED
from tests.law.by_rules.small import KITCHEN, SURE, rule

STRICT = rule("policy", "consensus", "circle:kitchen")
PAGE = {
    "pages/dishes.md": "# Dishes\n\nWho cooks does not wash up.\n",
    "policies/dishes.yaml": {
        "title": "Dishes",
        "circle": "kitchen",
        "text": "As in [the page](../pages/dishes.md).",
    },
}


def without_what_links(change: Change) -> Change:
    """The change of a page, as if nothing stood on it."""
    effects = tuple(effect for effect in change.effects if top(effect.kind) != "policy")
    return structs.replace(change, effects=effects)


def proposers_need_not_agree(patch: Any, _: object) -> None:
    patch.setattr("orgcode.law.needs._Needs._of_proposer", lambda *_: iter(()))


def strangers_may_propose(patch: Any, _: object) -> None:
    patch.setattr("orgcode.law.judge._faults_of_proposal", lambda *_: ())


ATTACKS = [
    Attack(
        "objector removed in a chain of two",
        replace(
            OBJECTED,
            before={"circles/kitchen.yaml": {**KITCHEN, "members": []}},
            opening={"circles/kitchen.yaml": KITCHEN},
        ),
        off=(in_judge(electorates_of_today_only),),
        says=("Eli has an objection",),
    ),
    Attack(
        "severities changed in the same proposal",
        replace(
            LAWFUL,
            rules=[rule(["governance", "tooling"], "consent", "circle:kitchen")],
            org={"severities": {"file-outside": "error"}},
            change={"org.yaml": {"severities": {"file-outside": "off"}}, "odd/file": "x\n"},
        ),
        off=(errors_are_let_in,),
        says=("would bring an error",),
    ),
    Attack(
        "page behind a policy edited",
        replace(
            LAWFUL,
            rules=[rule("page", "role", "all"), STRICT],
            before=PAGE,
            change={"pages/dishes.md": "# Dishes\n\nDee does not wash up.\n"},
            says=[],
        ),
        off=(in_judge(stays_on, without_what_links),),
        says=("have not responded",),
    ),
    Attack(
        "straw proposer",
        replace(
            LAWFUL,
            by="eli",
            proposer_says=None,
            says=[SURE[1], SURE[2]],
            rules=[rule("role", "vote", quorum="1/2", open_for="3 days")],
        ),
        off=(in_judge(proposers_need_not_agree),),
        says=("Eli has to agree",),
    ),
    Attack(
        "proposer who is not one of the people",
        replace(LAWFUL, by="hob", proposer_says=None, says=SURE),
        off=(
            in_judge(proposers_need_not_agree),
            in_judge(strangers_may_propose),
            errors_are_let_in,
        ),
    ),
]
