"""Attacks on what was said, and on what it was said about."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from orgcode.law.verdict import Verdict
from orgcode.model.message import message
from tests.attacks.attack import Attack, in_judge
from tests.attacks.defences import anybody_withdraws, every_word_is_of_now
from tests.attacks.defences_in_git import (
    a_key_of_two_counts,
    any_form_is_right,
    any_signature_is_right,
    errors_are_let_in,
    everything_is_sure,
    only_the_tip_is_read,
    signatures_are_of,
    texts_are_merged,
    the_log_is_not_read,
)
from tests.attacks.entrances import audit, hook, record
from tests.attacks.stage import NOW, RECORD, Stage
from tests.law.by_rules.small import PROPOSAL, SIGNED, SURE, Small, rule, say

LAWFUL = Small(0, "", "", org=SIGNED, says=SURE[:2])
"""Eli and Fay, with whom Dee decides about roles, consent; all have signed."""
ALONE = replace(LAWFUL, says=[])
"""Only Dee has said something."""
OBJECTED = replace(LAWFUL, says=[say("eli", "objection", signed_by="eli"), SURE[1]])
FITS_NOT = "renew it"
OTHER = "2027-02-20-other"
ELI = f"proposals/{PROPOSAL}/responses/eli.yaml"
FAY = f"proposals/{PROPOSAL}/responses/fay.yaml"
COOKED = "name: Cook\n{}circle: kitchen\npurpose: {}\nholders:\n- dee\n"
TEXT = replace(
    LAWFUL,
    before={"roles/cook.yaml": COOKED.format("", "Meals")},
    change={"roles/cook.yaml": COOKED.format("", "Good meals")},
)


def push_after_consent(stage: Stage) -> None:
    stage.change({"roles/soup.yaml": '{"name": "Soup", "circle": "kitchen", "purpose": "Mine"}'})
    stage.say("dee", "consent", key="dee")


def record_changed_after_consent(stage: Stage) -> None:
    record = json.loads(stage.read(stage.head, RECORD))
    stage.change({RECORD: json.dumps({**record, "because": "It is harmless."})})
    stage.say("dee", "consent", key="dee")


def target_moved_with_overlap(stage: Stage) -> None:
    files = {"roles/cook.yaml": COOKED.format("", "Other meals")}
    stage.target = stage.commit((stage.target,), files, at=NOW - timedelta(hours=2))
    stage.main()


def text_merge_that_nobody_saw(stage: Stage) -> None:
    files = {"roles/cook.yaml": COOKED.format("seats: 1\n", "Meals")}
    stage.target = stage.commit((stage.target,), files, at=NOW - timedelta(hours=2))
    stage.main()
    merged = stage.merged()
    both = {"roles/cook.yaml": COOKED.format("seats: 1\n", "Good meals")}
    stage.step = stage.commit((stage.target, stage.head), both, at=NOW, base=merged)


def unsound_where_the_target_went(stage: Stage) -> None:
    stove = json.loads(stage.read(stage.target, "circles/stove.yaml"))
    files = {"circles/stove.yaml": json.dumps({**stove, "ended": {"on": "2027-02-01"}})}
    stage.target = stage.commit((stage.target,), files, at=NOW - timedelta(hours=2))
    stage.main()


def target_moved_without_overlap(stage: Stage) -> None:
    """The circle in which the role is to stand is gone meanwhile."""
    files = {"circles/stove.yaml": None}
    stage.target = stage.commit((stage.target,), files, at=NOW - timedelta(hours=2))
    stage.main()


def rewritten(stage: Stage) -> None:
    """The branch, told anew without what Eli said; afterwards all have consented."""
    first = stage.at(stage.head).parents[0]
    while ELI in first.tree:
        first = first.parents[0]
    stage.ends.clear()
    stage.head = str(first.id)
    for person in ("eli", "fay", "dee"):
        stage.say(person, "consent", key=person, at="2027-02-27T12:00:00Z")


def rewritten_though_received(stage: Stage) -> None:
    stage.receive(stage.head, at=NOW - timedelta(days=1))
    rewritten(stage)


def rewritten_though_received_unsigned(stage: Stage) -> None:
    stage.receive(stage.head, at=NOW - timedelta(days=1), key=None)
    rewritten(stage)


def consent_restored(stage: Stage) -> None:
    """Eli consented and then objected; his file is put back to what it was."""
    before = stage.read(stage.head, ELI)
    stage.say("eli", "objection", key="eli")
    stage.change({ELI: before})


def deleted(stage: Stage) -> None:
    stage.change({ELI: None})
    stage.ends.pop("eli")
    stage.say("eli", "consent", key="eli", at="2027-02-27T12:00:00Z")


def edited(stage: Stage) -> None:
    """Told anew, with another word above the signature."""
    text = stage.read(stage.head, ELI).replace("objection", "consent")
    first = stage.at(stage.head).parents[0]
    while ELI in first.tree:
        first = first.parents[0]
    stage.head = str(first.id)
    stage.ends.clear()
    for person in ("fay", "dee"):
        stage.say(person, "consent", key=person)
    stage.change({ELI: text.replace("  reason: It is so.\n", "")})


def renamed(stage: Stage) -> None:
    stage.change({FAY: stage.read(stage.head, ELI)})


def replayed_from_another_proposal(stage: Stage) -> None:
    """Eli and Fay consented to the same files in another proposal."""
    for person in ("eli", "fay"):
        stage.say(person, "consent", key=person, proposal=OTHER)


def replayed_from_another_repository(stage: Stage) -> None:
    for person in ("eli", "fay"):
        stage.say(person, "consent", key=person, organisation="another")


def reopened(stage: Stage) -> None:
    """The id was used before: what was said then stands in the past of the target."""
    folder = f"proposals/{PROPOSAL}"
    record = json.loads(stage.read(stage.head, RECORD))
    ended = {**record, "outcome": "withdrawn"}
    past = {RECORD: json.dumps(ended), ELI: stage.read(stage.head, ELI)}
    stage.target = stage.commit((stage.target,), past, at=NOW - timedelta(days=20))
    stage.main()
    files = {path: stage.read(stage.head, path) for path in (RECORD, ELI, FAY, "roles/soup.yaml")}
    files[f"{folder}/responses/dee.yaml"] = stage.read(stage.head, f"{folder}/responses/dee.yaml")
    stage.head = stage.commit((stage.target,), files, at=NOW - timedelta(days=1))
    stage.propose()


def planted(stage: Stage) -> None:
    """Assent lies ready in the folder of a proposal to come."""
    stage.change({f"proposals/{OTHER}/responses/eli.yaml": stage.read(stage.head, ELI)})


def in_anothers_name(stage: Stage) -> None:
    for person in ("eli", "fay"):
        stage.say(person, "consent", key="dee")


def in_anothers_name_unsigned(stage: Stage) -> None:
    for person in ("eli", "fay"):
        stage.say(person, "consent")


def with_one_key(stage: Stage) -> None:
    for person in ("eli", "fay"):
        stage.say(person, "consent", key="eli")


def with_forged_evidence(stage: Stage) -> None:
    evidence = {"witness": "server", "kind": "review", "id": "1", "url": "https://example.org/1"}
    for person in ("eli", "fay"):
        stage.say(person, "consent", evidence={**evidence, "at": "2027-02-27T12:00:00Z"})


def withdrawn_by_another(stage: Stage) -> None:
    stage.say("eli", "withdraw", key="eli")
    recorded(stage, "withdrawn")


def rejected_while_it_is_open(stage: Stage) -> None:
    recorded(stage, "rejected")


def recorded(stage: Stage, outcome: str) -> None:
    """The step keeps the record alone."""
    files: dict[str, Any] = {}
    for person in ("dee", "eli", "fay"):
        path = f"proposals/{PROPOSAL}/responses/{person}.yaml"
        if text := stage.read(stage.head, path):
            files[path] = text
    files[RECORD] = json.dumps({**json.loads(stage.read(stage.head, RECORD)), "outcome": outcome})
    stage.step = stage.commit((stage.target, stage.head), files, at=NOW)


def recorded_without_what_was_said(stage: Stage) -> None:
    stage.say("dee", "withdraw", key="dee")
    recorded(stage, "withdrawn")
    stage.step = stage.commit((stage.target, stage.head), {ELI: None}, at=NOW, base=stage.step)


def org_unreadable(stage: Stage) -> None:
    stage.target = stage.commit(
        (stage.target,), {"org.yaml": "name: [What\n"}, at=NOW - timedelta(days=1)
    )
    stage.main()


def record_is_not_compared(patch: Any) -> None:
    patch.setattr("orgcode.actions.judging_steps._Steps._unlike_record", lambda *_: iter(()))


def ids_may_be_used_again(patch: Any) -> None:
    """A record that is there already is taken for a new one."""
    patch.setattr("orgcode.law.form.faults_of_record", lambda *_: ())
    for place in ("judging", "judging_steps"):
        patch.setattr(f"orgcode.actions.{place}.new_proposal", lambda *_: PROPOSAL)


def anything_is_rejected(patch: Any) -> None:
    """Whether it ended is not looked at."""
    patch.setattr("orgcode.actions.judging_steps.judge_record", lambda *_: _ADOPTED)


_ADOPTED = Verdict(outcome="adopted", sentence=message("It was rejected, and that is on record."))

any_word = in_judge(every_word_is_of_now)
nobody_need_sign = in_judge(everything_is_sure)

ATTACKS = [
    Attack(
        "push after consent",
        LAWFUL,
        does=push_after_consent,
        off=(any_word,),
        says=("have not responded",),
    ),
    Attack(
        "record changed after consent",
        LAWFUL,
        does=record_changed_after_consent,
        off=(any_word,),
        says=("have not responded",),
    ),
    Attack(
        "target moved with overlap",
        TEXT,
        does=target_moved_with_overlap,
        off=(texts_are_merged, any_word),
        says=(FITS_NOT, "laying the proposal over"),
    ),
    Attack(
        "text merge that nobody saw",
        TEXT,
        does=text_merge_that_nobody_saw,
        off=(texts_are_merged, any_word),
        says=(FITS_NOT, "laying the proposal over"),
    ),
    Attack(
        "target moved without overlap",
        replace(
            LAWFUL,
            change={"roles/soup.yaml": {"name": "Soup", "circle": "stove", "purpose": "S"}},
            rules=[rule("role", "consent", "circle:kitchen")],
        ),
        does=target_moved_without_overlap,
        off=(errors_are_let_in,),
        says=("would bring an error",),
    ),
    Attack(
        "objection dropped by a later commit of the branch",
        OBJECTED,
        does=deleted,
        off=(only_the_tip_is_read,),
        says=("Eli has an objection",),
    ),
    Attack(
        "objection dropped by rewriting a branch that was received",
        OBJECTED,
        does=rewritten_though_received,
        off=(the_log_is_not_read,),
        says=("Eli has an objection",),
    ),
    Attack(
        "objection dropped by rewriting a branch that was received, unsigned",
        OBJECTED,
        does=rewritten_though_received_unsigned,
        off=(the_log_is_not_read,),
        says=("Eli has an objection",),
    ),
    Attack(
        "restored older consent",
        LAWFUL,
        does=consent_restored,
        off=(only_the_tip_is_read,),
        says=("Eli has an objection",),
    ),
    Attack(
        "response edited",
        OBJECTED,
        does=edited,
        off=(any_signature_is_right,),
        says=("Eli",),
    ),
    Attack(
        "response renamed",
        replace(LAWFUL, says=SURE[:1]),
        does=renamed,
        off=(any_signature_is_right,),
        says=("Fay has not responded",),
    ),
    Attack(
        "response replayed to another proposal",
        ALONE,
        does=replayed_from_another_proposal,
        off=(signatures_are_of(OTHER),),
        says=("have not responded",),
    ),
    Attack(
        "response replayed to another repository",
        ALONE,
        does=replayed_from_another_repository,
        off=(signatures_are_of("", "another"),),
        says=("have not responded",),
    ),
    Attack(
        "response replayed to a re-opened id",
        LAWFUL,
        does=reopened,
        off=(ids_may_be_used_again, errors_are_let_in),
        says=("There is no record of a new proposal", "it is not what it was"),
    ),
    Attack(
        "planted in the folder of a proposal to come",
        LAWFUL,
        does=planted,
        off=(any_form_is_right,),
        says=("belongs to another proposal",),
    ),
    Attack(
        "in another's name, signed by oneself",
        ALONE,
        does=in_anothers_name,
        off=(any_signature_is_right,),
        says=("have not responded",),
    ),
    Attack(
        "in another's name, unsigned",
        ALONE,
        does=in_anothers_name_unsigned,
        off=(nobody_need_sign,),
        says=("have not responded",),
    ),
    Attack(
        "two accounts with one key",
        replace(
            ALONE,
            before={
                "people/eli.yaml": {"name": "Eli", "keys": [{"key": "KEY(eli)"}]},
                "people/fay.yaml": {"name": "Fay", "keys": [{"key": "KEY(eli)"}]},
            },
        ),
        does=with_one_key,
        off=(a_key_of_two_counts,),
        says=("have not responded",),
    ),
    Attack(
        "forged evidence",
        ALONE,
        does=with_forged_evidence,
        off=(nobody_need_sign,),
        says=("have not responded",),
    ),
    Attack(
        "somebody else's proposal withdrawn",
        replace(LAWFUL, says=[]),
        does=withdrawn_by_another,
        off=(in_judge(anybody_withdraws),),
        through=(record, hook, audit),
        says=(),
    ),
    Attack(
        "recorded as rejected while it is open",
        ALONE,
        does=rejected_while_it_is_open,
        off=(anything_is_rejected,),
        through=(hook, audit),
        says=("has not been rejected",),
    ),
    Attack(
        "recorded without what was said",
        LAWFUL,
        does=recorded_without_what_was_said,
        off=(record_is_not_compared,),
        through=(hook, audit),
        says=("is not that of the proposal",),
    ),
]
