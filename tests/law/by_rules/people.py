"""Small cases about rules 5 to 9: who said what and when, and who decides."""

from __future__ import annotations

from tests.law.by_rules.small import (
    ALL,
    AWAY,
    CLAIMED,
    COOK,
    GONE,
    HOUSEMATES,
    KITCHEN,
    MINUTED,
    PEOPLE,
    SIGNED,
    SILENT,
    SURE,
    Small,
    rule,
    say,
)

SAID = (
    # 5. absence must be witnessed
    Small(5, "silence that a witness saw", "adopted", rules=[SILENT]),
    Small(5, "silence that nobody saw", "open", rules=[SILENT], seen_days_ago=None),
    Small(
        5,
        "silence as it was claimed",
        "adopted",
        rules=[SILENT],
        org=CLAIMED,
        says=[say("dee", "consent", days_ago=6)],
        proposer_says=None,
        seen_days_ago=None,
    ),
    Small(
        5,
        "claimed, and the proposer spoke too late",
        "open",
        rules=[SILENT],
        says=[say("dee", "consent", days_ago=4)],
        proposer_says=None,
        org=CLAIMED,
        seen_days_ago=None,
    ),
    Small(5, "not for so long yet", "open", rules=[SILENT], seen_days_ago=4.9),
    Small(
        5, "a clock ahead", "open", says=[say("eli", "consent", days_ago=-1), say("fay", "consent")]
    ),
    Small(
        5,
        "nobody saw when, all responded: that also meets early: false",
        "adopted",
        rules=[rule("role", "consent", open_for="5 days", early=False)],
        says=ALL,
        seen_days_ago=None,
    ),
    # 6. who it is, and how sure
    Small(6, "claimed where it must be signed", "open", org=SIGNED, says=ALL),
    Small(6, "signed", "adopted", org=SIGNED, says=SURE, proposer_says=None),
    Small(
        6,
        "an unsure objection does not block",
        "adopted",
        org=SIGNED,
        rules=[SILENT],
        proposer_says=None,
        says=[say("eli", "objection"), say("eli", "consent", signed_by="eli"), *SURE[1:]],
    ),
    Small(
        6,
        "an unsure word is no silence",
        "open",
        org=SIGNED,
        rules=[SILENT],
        says=[say("eli", "abstain"), *SURE[1:]],
        proposer_says=None,
    ),
    Small(
        6,
        "minuted by the facilitator",
        "adopted",
        org=MINUTED,
        says=[
            say("eli", "consent", recorded_by="fay", signed_by="fay"),
            say("dee", "consent", signed_by="dee"),
            say("fay", "consent", is_attested=True),
        ],
        proposer_says=None,
    ),
    Small(
        6,
        "minuted by somebody else",
        "open",
        org=MINUTED,
        says=[say("eli", "consent", recorded_by="zoe", signed_by="zoe"), *SURE[1:]],
        proposer_says=None,
    ),
    Small(
        6,
        "minuted by the proposer",
        "open",
        org=MINUTED,
        by="fay",
        says=[say("eli", "consent", recorded_by="fay", signed_by="fay"), *SURE[1:]],
        proposer_says=None,
    ),
    # 7. electorate
    Small(
        7,
        "who was not there at the opening does not count",
        "adopted",
        opening={"circles/kitchen.yaml": {**KITCHEN, "members": []}},
        says=[say("fay", "consent")],
    ),
    Small(
        7,
        "who was there at the opening may object",
        "blocked",
        before={"circles/kitchen.yaml": {**KITCHEN, "members": []}},
        opening={"circles/kitchen.yaml": KITCHEN},
        says=[say("fay", "consent"), say("eli", "objection")],
    ),
    Small(
        7,
        "who is away leaves the count",
        "adopted",
        before={"people/fay.yaml": AWAY},
        says=[say("eli", "consent")],
    ),
    Small(
        7,
        "who is away may object",
        "blocked",
        before={"people/fay.yaml": AWAY},
        says=[say("eli", "consent"), say("fay", "objection")],
    ),
    Small(
        7,
        "a guest does not count",
        "adopted",
        says=[*ALL, say("gil", "objection")],
        before={"circles/kitchen.yaml": {**KITCHEN, "members": ["eli", "gil"]}},
    ),
    Small(
        7, "who has left does not count", "adopted", says=ALL[1:], before={"people/eli.yaml": GONE}
    ),
    Small(7, "others do not count", "adopted", says=[*ALL, say("zoe", "objection")]),
    # 8. nobody is nobody
    Small(
        8,
        "an empty circle passes to its parent",
        "open",
        change={"roles/soup.yaml": {"name": "Soup", "circle": "stove", "purpose": "Hot"}},
    ),
    Small(
        8,
        "the parent decides for it",
        "adopted",
        says=ALL,
        change={"roles/soup.yaml": {"name": "Soup", "circle": "stove", "purpose": "Hot"}},
    ),
    Small(
        8,
        "recusal that empties passes on too",
        "blocked",
        rules=[rule("role", "consent", "role:cook", recuse=["proposer"])],
        says=[say("ann", "objection")],
    ),
    Small(
        8,
        "abstentions alone adopt nothing",
        "open",
        by="zoe",
        says=[say("dee", "abstain"), say("eli", "abstain"), say("fay", "abstain")],
    ),
    Small(
        8,
        "if nobody is left, recusal lapses",
        "adopted",
        by="ann",
        says=[],
        rules=[rule("role", "consent", "all", recuse=["proposer"])],
        before={f"people/{id}.yaml": None for id in PEOPLE if id != "ann"}
        | {
            "circles/kitchen.yaml": {**KITCHEN, "members": [], "core_roles": {}},
            "circles/house.yaml": {"name": "House", "kind": "anchor", "members": ["ann"]},
            "roles/cook.yaml": {**COOK, "holders": []},
        },
    ),
    # 9. the proposer
    Small(
        9,
        "the proposer says nothing",
        "open",
        proposer_says=None,
        rules=[rule("role", "role", "circle:house")],
        says=HOUSEMATES,
    ),
    Small(
        9, "the proposer has left", "invalid", by="eli", says=ALL, before={"people/eli.yaml": GONE}
    ),
    Small(9, "a stranger proposes", "invalid", by="stranger", says=ALL),
)
