"""Small cases about rules 1 to 4: one step, one proposal, judged by the law before it."""

from __future__ import annotations

from tests.law.by_rules.small import (
    ALL,
    GONE,
    GOVERNANCE,
    HOUSE,
    HOUSEMATES,
    KITCHEN,
    OLD,
    SOUP,
    TENSION,
    Small,
    rule,
    say,
)

STEPS = (
    # 1. the law before the change judges it
    Small(
        1,
        "an easier rule in the same step does not count yet",
        "blocked",
        rules=[GOVERNANCE, rule("role", "consent")],
        change={
            **SOUP,
            "org.yaml": {"decision_rules": [GOVERNANCE, rule("role", "advice", "all")]},
        },
        says=[*HOUSEMATES, say("eli", "objection")],
    ),
    Small(
        1,
        "who objects is not removed by what they object to",
        "blocked",
        change={**SOUP, "circles/kitchen.yaml": {**KITCHEN, "members": []}},
        says=[say("eli", "objection"), say("fay", "consent")],
    ),
    Small(
        1,
        "the rule of a circle comes before that of the organisation",
        "adopted",
        before={"circles/kitchen.yaml": {**KITCHEN, "decision_rules": [rule("role", "advice")]}},
    ),
    Small(
        1,
        "a circle does not take the rules of its parent",
        "open",
        before={
            "circles/house.yaml": {
                **HOUSE["circles/house.yaml"],
                "decision_rules": [rule("role", "advice")],
            }
        },
    ),
    # 2. one step, one proposal
    Small(2, "no record", "invalid", record=None, says=ALL),
    Small(
        2,
        "another record altered",
        "invalid",
        says=ALL,
        change={**SOUP, "proposals/2027-01-01-x/notes.txt": "x"},
    ),
    Small(
        2,
        "an unknown file in the record",
        "invalid",
        says=[*ALL, *HOUSEMATES],
        change={**SOUP, "proposals/2027-02-19-soup/notes.txt": "x"},
    ),
    Small(2, "withdrawn", "rejected", proposer_says="withdraw", says=ALL),
    Small(2, "nothing but a record", "invalid", change={}, says=ALL),
    # 3. no text merges, ordinary files
    Small(3, "a conflict", "invalid", conflicts=("roles/cook.yaml",), says=ALL),
    Small(3, "a program", "invalid", modes={"roles/soup.yaml": "100755"}, says=ALL),
    # 4. a response binds to the change
    Small(
        4, "a stale assent", "open", says=[say("eli", "consent", change=OLD), say("fay", "consent")]
    ),
    Small(
        4,
        "a stale objection",
        "blocked",
        says=[say("eli", "objection", change=OLD), say("fay", "consent")],
    ),
    Small(
        4,
        "an objection let go",
        "adopted",
        says=[say("eli", "objection"), say("eli", "consent", after=0), say("fay", "consent")],
    ),
    Small(
        4,
        "of two ends the objection",
        "blocked",
        says=[
            say("eli", "abstain"),
            say("eli", "consent", after=0),
            say("eli", "objection", after=0),
            say("fay", "consent"),
        ],
    ),
    Small(
        4,
        "an older consent restored beside an objection",
        "blocked",
        says=[
            say("eli", "consent", days_ago=2),
            say("eli", "objection", after=0),
            say("fay", "consent"),
            say("eli", "consent", days_ago=3),
        ],
    ),
    # the worst over all effects
    Small(
        2,
        "one thing open keeps the whole open",
        "open",
        says=[],
        rules=[rule("tension", "advice", "all"), rule("role", "consent")],
        change={**SOUP, **TENSION},
    ),
    Small(
        2,
        "withdrawn by somebody who has left",
        "rejected",
        by="eli",
        proposer_says="withdraw",
        before={"people/eli.yaml": GONE},
    ),
)
