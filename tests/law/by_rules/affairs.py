"""Small cases about rules 11 to 15: rules about rules, own affairs, soundness, founding, format."""

from __future__ import annotations

from tests.law.by_rules.small import (
    ALL,
    AWAY,
    COOK,
    GONE,
    GOVERNANCE,
    HOUSEMATES,
    IN_THE_END,
    KITCHEN,
    SOUP,
    SURE,
    Small,
    rule,
    say,
)

AFFAIRS = (
    # 11. rules about rules
    Small(
        11,
        "needs the rule whose kind it alters too",
        "blocked",
        rules=[GOVERNANCE],
        says=[*HOUSEMATES, say("eli", "objection"), say("fay", "consent")],
        before={"circles/kitchen.yaml": {**KITCHEN, "decision_rules": [rule("role", "consent")]}},
        change={"circles/kitchen.yaml": {**KITCHEN, "decision_rules": [rule("role", "vote")]}},
    ),
    Small(
        11,
        "and that for rules",
        "open",
        rules=[GOVERNANCE],
        says=ALL,
        before={"circles/kitchen.yaml": {**KITCHEN, "decision_rules": [rule("role", "consent")]}},
        change={"circles/kitchen.yaml": {**KITCHEN, "decision_rules": [rule("role", "vote")]}},
    ),
    Small(
        11,
        "a narrower rule does not decide alone",
        "open",
        rules=[rule("governance.assurance", "consensus", "circle:kitchen"), GOVERNANCE],
        says=ALL,
        change={"org.yaml": {"assurance": {"people": {"role": "signed"}}}},
    ),
    Small(
        11,
        "nobody comes to vote about rules by a weaker one",
        "open",
        rules=[rule("person", "advice", "all"), GOVERNANCE | {"of": "all"}],
        change={"people/new.yaml": {"name": "New"}},
    ),
    # 12. own affairs
    Small(
        12,
        "who is assigned has not agreed",
        "open",
        rules=[rule("assignment", "role")],
        change={"roles/cook.yaml": {**COOK, "holders": ["dee", "zoe"]}},
    ),
    Small(
        12,
        "who is assigned agrees",
        "adopted",
        says=[say("zoe", "yes")],
        rules=[rule("assignment", "role")],
        change={"roles/cook.yaml": {**COOK, "holders": ["dee", "zoe"]}},
    ),
    Small(
        12,
        "one's own role needs nobody",
        "adopted",
        rules=[rule("assignment", "consensus", "all")],
        change={"roles/cook.yaml": {**COOK, "holders": []}},
    ),
    Small(
        12,
        "another's does",
        "open",
        by="eli",
        rules=[rule("assignment", "consensus", "all")],
        change={"roles/cook.yaml": {**COOK, "holders": []}},
    ),
    Small(
        12,
        "an address of one's own, only claimed",
        "open",
        rules=[rule("identity", "role", "subject"), GOVERNANCE],
        change={"people/dee.yaml": {"name": "Dee", "emails": ["dee@example.org"]}},
    ),
    Small(
        12,
        "an address of one's own, signed",
        "adopted",
        proposer_says=None,
        rules=[rule("identity", "role", "subject"), GOVERNANCE],
        says=SURE[2:],
        change={"people/dee.yaml": {"name": "Dee", "emails": ["dee@example.org"]}},
    ),
    Small(
        12,
        "somebody marks another away",
        "open",
        by="eli",
        rules=[rule("person", "consensus", "all")],
        change={"people/fay.yaml": AWAY},
    ),
    Small(
        12,
        "who is marked away agrees",
        "adopted",
        by="eli",
        says=[say("fay", "consent")],
        rules=[rule("person", "consensus", "all")],
        change={"people/fay.yaml": AWAY},
    ),
    # 13. sound afterwards
    Small(
        13,
        "it brings an error",
        "invalid",
        says=ALL,
        change={**SOUP, "tensions/odd.yaml": {"title": "Odd", "sensed_by": "nobody-known"}},
    ),
    Small(
        13,
        "an error that was there stays where it is",
        "adopted",
        says=ALL,
        before={"tensions/odd.yaml": {"title": "Odd", "sensed_by": "nobody-known"}},
    ),
    # 14. founding, and the latch
    Small(
        14,
        "founding",
        "adopted",
        org={"rules_in_force_since": None},
        record=None,
        proposer_says=None,
    ),
    Small(
        14,
        "unsound founding",
        "invalid",
        org={"rules_in_force_since": None},
        conflicts=("org.yaml",),
    ),
    Small(
        14,
        "the latch stays",
        "invalid",
        says=HOUSEMATES,
        rules=[GOVERNANCE],
        change={"org.yaml": {"rules_in_force_since": None}},
    ),
    Small(
        14,
        "an unreadable org.yaml is no founding",
        "invalid",
        says=ALL,
        before={"org.yaml": "name: [What\n"},
    ),
    Small(14, "a day to come is in force too", "open", org={"rules_in_force_since": "2099-01-01"}),
    # 15. format, and what nobody knows
    Small(
        15,
        "only written otherwise",
        "adopted",
        by="zoe",
        change={
            "roles/cook.yaml": '{"purpose": "Meals", "name": "Cook", "circle": "kitchen", '
            '"holders": ["dee"]}\n'
        },
    ),
    Small(
        15,
        "only written otherwise, without the proposer",
        "open",
        says=ALL,
        proposer_says=None,
        change={
            "roles/cook.yaml": '{"purpose": "Meals", "name": "Cook", "circle": "kitchen", '
            '"holders": ["dee"]}\n'
        },
    ),
    Small(
        15,
        "an unknown file falls to tooling",
        "blocked",
        rules=[rule("tooling", "consent", "circle:kitchen")],
        says=[say("eli", "objection")],
        change={"budget.csv": "a,b\n"},
    ),
    Small(
        15,
        "so does a workflow",
        "adopted",
        rules=[rule("tooling", "consent", "circle:kitchen")],
        says=ALL,
        change={".github/workflows/check.yml": "on: push\n"},
    ),
    Small(
        11,
        "nor to vote in the way out of the rule for rules",
        "open",
        rules=[rule("person", "advice", "all"), GOVERNANCE | {"otherwise": IN_THE_END}],
        says=ALL,
        change={"people/new.yaml": {"name": "New"}},
    ),
    Small(
        12,
        "who has left cannot agree to be away: the rule alone decides",
        "rejected",
        rules=[rule("person", "vote", "all", open_for="5 days")],
        says=[say("ann", "no")],
        before={"people/eli.yaml": GONE},
        change={"people/eli.yaml": {**GONE, "away": AWAY["away"]}},
    ),
)
