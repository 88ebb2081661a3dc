"""Small cases about rule 10: the methods."""

from __future__ import annotations

from tests.law.by_rules.small import (
    ALL,
    AWAY,
    GOVERNANCE,
    HOUSEMATES,
    OLD,
    SILENT,
    Small,
    rule,
    say,
    vote,
)

METHODS = (
    # 10. the methods
    Small(10, "advice: not by everybody", "blocked", by="zoe", rules=[rule("role", "advice")]),
    Small(
        10,
        "advice: not everybody heard, in time",
        "open",
        rules=[rule("role", "advice", open_for="14 days")],
        says=[say("eli", "consent")],
    ),
    Small(
        10,
        "advice: everybody heard",
        "adopted",
        rules=[rule("role", "advice", open_for="14 days")],
        says=ALL,
    ),
    Small(
        10,
        "advice: an objection without an answer",
        "open",
        rules=[rule("role", "advice")],
        says=[say("eli", "objection")],
    ),
    Small(
        10,
        "advice: with an answer",
        "adopted",
        answers=(0,),
        rules=[rule("role", "advice")],
        says=[say("eli", "objection")],
    ),
    Small(
        10,
        "consent: a no without a reason is none",
        "adopted",
        says=[say("eli", "no", reason=False), say("fay", "consent")],
    ),
    Small(
        10,
        "consent: a no with a reason",
        "blocked",
        says=[say("eli", "no", reason=True), say("fay", "consent")],
    ),
    Small(
        10,
        "consent: too few",
        "open",
        rules=[rule("role", "consent", silence="consents", open_for="5 days", quorum="1/2")],
    ),
    Small(
        10,
        "consent: rejected when time is over",
        "rejected",
        rules=[SILENT],
        says=[say("eli", "objection")],
    ),
    Small(10, "consensus: all", "adopted", rules=[rule("role", "consensus")], says=ALL),
    Small(
        10,
        "consensus: not with an abstention",
        "blocked",
        rules=[rule("role", "consensus")],
        says=[say("eli", "abstain"), say("fay", "yes")],
    ),
    Small(10, "vote: enough", "adopted", rules=vote(), says=[say("eli", "yes"), say("fay", "no")]),
    Small(
        10,
        "vote: not enough",
        "rejected",
        rules=vote(threshold="> 2/3"),
        says=[say("eli", "yes"), say("fay", "objection")],
    ),
    Small(
        10,
        "vote: exactly enough",
        "adopted",
        rules=vote(threshold=">= 2/3"),
        says=[say("eli", "yes"), say("fay", "no")],
    ),
    Small(
        10, "vote: still running", "open", rules=vote(open_for="14 days"), says=[say("eli", "no")]
    ),
    Small(10, "vote: nobody", "rejected", by="zoe", rules=vote(open_for="5 days")),
    Small(
        10,
        "vote: a stale no is a no",
        "rejected",
        rules=vote(open_for="5 days"),
        says=[say("eli", "no", change=OLD)],
    ),
    Small(
        10,
        "role: one holder",
        "adopted",
        rules=[rule("role", "role")],
        by="zoe",
        says=[say("eli", "yes")],
    ),
    Small(
        10,
        "role: another objects",
        "blocked",
        rules=[rule("role", "role")],
        says=[say("eli", "objection")],
    ),
    Small(
        10,
        "otherwise: when it is stuck",
        "adopted",
        rules=[
            rule("role", "consent", otherwise={"after": "5 days", "by": "vote", "of": "members"})
        ],
        says=[say("eli", "objection"), say("fay", "yes")],
    ),
    Small(
        10,
        "otherwise: not yet",
        "blocked",
        rules=[
            rule("role", "consent", otherwise={"after": "14 days", "by": "vote", "of": "members"})
        ],
        says=[say("eli", "objection"), say("fay", "yes")],
    ),
    Small(
        10,
        "advice: who has not joined yet is not waited for",
        "adopted",
        says=HOUSEMATES,
        rules=[rule("person", "advice", "all", open_for="14 days"), GOVERNANCE],
        change={"people/new.yaml": {"name": "New"}},
    ),
    Small(
        10,
        "advice: who is asked is waited for",
        "open",
        says=ALL,
        rules=[rule("role", "advice", open_for="14 days")],
        record={"ask": {"people": ["zoe"]}},
    ),
    Small(
        10,
        "advice: who is away is not waited for, whatever they said before",
        "adopted",
        rules=[rule("role", "advice", open_for="14 days")],
        before={"people/fay.yaml": AWAY},
        says=[say("eli", "consent"), say("fay", "concern", change=OLD)],
        answers=(1,),
    ),
    Small(
        10,
        "advice: not by everybody, and the time is over",
        "rejected",
        by="zoe",
        rules=[rule("role", "advice", open_for="5 days")],
    ),
)
