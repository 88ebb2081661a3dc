"""Attacks on what a server receives, and on what it wrote down of that."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.attacks.attack import Attack, Does, Off, in_judge
from tests.attacks.defences_in_git import (
    anybody_is_a_witness,
    order_of_the_log_is_not_looked_at,
    the_log_is_not_read,
)
from tests.attacks.entrances import adopt, audit, gate, hook
from tests.attacks.on_proposals import LAWFUL, OBJECTED, OTHER, rewritten
from tests.attacks.on_signatures import OF_OTHERS, keyed
from tests.attacks.stage import LOG, NOW, Stage
from tests.law.by_rules.small import COOK, SIGNED, SILENT, Small
from tests.law.generated.responses import written

JUST_SEEN = Small(0, "", "", org=SIGNED, rules=[SILENT], seen_days_ago=0.1)
"""Silence is consent after five days, and the proposal has just come in."""
LONG_AGO = NOW - timedelta(days=10)
EVER = datetime.min.replace(tzinfo=UTC)
SILENT_YET = ("have not responded",)


def log_by(key: str | None, organisation: str = "") -> Does:
    """Somebody writes the log anew: the proposal came in ten days ago."""

    def does(stage: Stage) -> None:
        stage.git.references.delete(LOG)
        more = {"organisation": organisation} if organisation else {}
        stage.receive(stage.head, at=LONG_AGO, key=key, **more)

    return does


def log_out_of_order(stage: Stage) -> None:
    """The server's clock was put back after it had written something else down."""
    stage.git.references.delete(LOG)
    stage.receive(stage.target, at=NOW - timedelta(hours=1), ref="refs/heads/main")
    stage.receive(stage.head, at=LONG_AGO)


def log_with_another_day(stage: Stage) -> None:
    """The signature of the server stays, the moment is another."""
    log = stage.git.references[LOG].target
    text = stage.at(log).message.replace('"at":"2027-03-01', '"at":"2027-02-10')
    assert text != stage.at(log).message
    parents = [str(id) for id in stage.at(log).parent_ids]
    made = stage.written(parents, str(stage.at(log).tree_id), text, LONG_AGO)
    stage.git.references.create(LOG, made, force=True)


def log_garbled(stage: Stage) -> None:
    """The entry that keeps an objection cannot be read any more."""
    stage.receive(stage.head, at=NOW - timedelta(days=1))
    log = stage.at(stage.git.references[LOG].target)
    parents = [str(id) for id in log.parent_ids]
    made = stage.written(parents, str(log.tree_id), "Received\n\n{}\n", NOW)
    stage.git.references.create(LOG, made, force=True)
    rewritten(stage)


def backdated_commits(stage: Stage) -> None:
    """Nobody but the dates in git say that the proposal is old."""
    stage.git.references.delete(LOG)
    stage.say("dee", "consent", key="dee", at=written(LONG_AGO))
    stage.step = stage.merged(at=NOW - timedelta(days=1))


def step_from_the_future(stage: Stage) -> None:
    stage.step = stage.merged(at=NOW + timedelta(days=30))


def step_backdated(stage: Stage) -> None:
    """With a key that somebody found after it had ended, and dates from before that. Yet the
    server saw that main had not moved then."""
    for person in ("dee", "eli", "fay"):
        stage.say(person, "consent", key=person, at="2027-02-20T09:00:00Z")
    stage.receive(stage.head, at=NOW - timedelta(days=2), ref=f"refs/heads/proposal/{OTHER}")
    stage.step = stage.merged(at=NOW - timedelta(days=9))


def step_before_the_one_before(stage: Stage) -> None:
    """The same, where the step before it is of a later day."""
    other = {"roles/cook.yaml": json.dumps({**COOK, "purpose": "Other"})}
    stage.target = stage.commit((stage.target,), other, at=NOW - timedelta(days=3))
    stage.main()
    for person in ("dee", "eli", "fay"):
        stage.say(person, "consent", key=person, at="2027-02-20T09:00:00Z")
    stage.step = stage.merged(at=NOW - timedelta(days=9))


def shown_before_an_objection(stage: Stage) -> None:
    """The step lay on another branch of the server before Eli objected, but was not taken yet."""
    head = stage.head
    stage.step = stage.merged()
    other = f"refs/heads/proposal/{OTHER}"
    stage.receive(stage.step, at=NOW - timedelta(hours=3), ref=other)
    stage.say("eli", "objection", key="eli", at="2027-03-01T10:00:00Z")
    stage.receive(stage.head, at=NOW - timedelta(hours=1))
    stage.head = head
    stage.propose()


def whatever_was_pushed_was_taken(patch: Any) -> None:
    """Where else a server saw a commit is taken for main."""

    def before(log: Any, line: Any) -> list[int]:
        pushed = [{moved.new for moved in entry.moved} for entry in log.entries]
        return [
            next((place for place, ids in enumerate(pushed) if id in ids), len(pushed))
            for id in line
        ]

    patch.setattr("orgcode.actions.judging_steps._entries_before", before)


# Pushes


def pushing(*refs: str) -> Does:
    """A lawful step, and something else along with it."""

    def does(stage: Stage) -> None:
        stage.step = stage.merged()
        stage.receive(stage.head, at=NOW - timedelta(hours=1))
        other = stage.commit((stage.head,), {"README.md": "# Other\n"}, at=NOW - timedelta(hours=2))
        stage.git.references.create(f"refs/heads/proposal/{OTHER}", other)
        stage.receive(other, at=NOW - timedelta(hours=1), ref=f"refs/heads/proposal/{OTHER}")
        stage.pushes = tuple(ref.format(stage=stage, log=LOG) for ref in refs)

    return does


def branch_without_an_objection(stage: Stage) -> None:
    """A lawful step of one proposal, and along with it the branch of another, told anew."""
    stage.step = stage.merged()
    first, kept = stage.head, stage.id
    stage.id = OTHER
    text = stage.read(first, f"proposals/{kept}/responses/eli.yaml")
    stage.change({f"proposals/{OTHER}/responses/eli.yaml": text})
    stage.pushes = (f"{first}:refs/heads/proposal/{OTHER}",)
    stage.id, stage.head = kept, first


def time_is_claimed(patch: Any, change: Any) -> None:
    from orgcode.law.case import Case

    whole = Case.__init__

    def begin(self: Case, *rest: Any) -> None:
        whole(self, *rest)
        self.is_time_claimed = True

    patch.setattr(Case, "__init__", begin)


def steps_may_be_of_tomorrow(patch: Any) -> None:
    patch.setattr("orgcode.actions.step_moments.min", lambda _, at, *__: at, raising=False)


def days_of_steps_are_believed(patch: Any) -> None:
    patch.setattr("orgcode.actions.step_moments._not_before", lambda *_: EVER)


def any_ref_may_be_pushed(patch: Any) -> None:
    patch.setattr("orgcode.actions.receiving.refused_name", lambda *_: None)


def branches_may_lose_words(patch: Any) -> None:
    patch.setattr("orgcode.actions.receiving._refused_proposal", lambda *_: iter(()))


def on_the_server_alone(name: str, does: Does, off: Off, *says: str) -> Attack:
    return Attack(name, LAWFUL, does=does, off=(off,), through=(hook,), says=says)


ATTACKS = [
    Attack(
        "receive log forged",
        JUST_SEEN,
        does=log_by("dee"),
        off=(anybody_is_a_witness,),
        says=SILENT_YET,
    ),
    Attack(
        "receive log unsigned",
        JUST_SEEN,
        does=log_by(None),
        off=(anybody_is_a_witness,),
        says=SILENT_YET,
    ),
    Attack(
        "receive log of another organisation",
        JUST_SEEN,
        does=log_by("server", "another"),
        off=(anybody_is_a_witness,),
        says=SILENT_YET,
    ),
    Attack(
        "receive log with another day",
        JUST_SEEN,
        does=log_with_another_day,
        off=(anybody_is_a_witness,),
        says=SILENT_YET,
    ),
    Attack(
        "receive log out of order",
        JUST_SEEN,
        does=log_out_of_order,
        off=(order_of_the_log_is_not_looked_at,),
        says=SILENT_YET,
    ),
    Attack(
        "receive log garbled",
        OBJECTED,
        does=log_garbled,
        off=(the_log_is_not_read,),
        says=("Eli has an objection",),
    ),
    Attack(
        "backdated author, committer and response dates",
        replace(JUST_SEEN, proposer_says=None),
        does=backdated_commits,
        off=(in_judge(time_is_claimed),),
        through=(gate, adopt, audit),
        says=SILENT_YET,
    ),
    Attack(
        "clock of the step ahead",
        JUST_SEEN,
        does=step_from_the_future,
        off=(steps_may_be_of_tomorrow,),
        through=(audit,),
        says=SILENT_YET,
    ),
    Attack(
        "step backdated behind what a witness saw",
        replace(keyed(until="2027-02-20"), proposer_says=None),
        does=step_backdated,
        off=(days_of_steps_are_believed,),
        through=(audit,),
        says=OF_OTHERS,
    ),
    Attack(
        "step backdated behind the step before",
        replace(keyed(until="2027-02-20"), proposer_says=None),
        does=step_before_the_one_before,
        off=(days_of_steps_are_believed,),
        through=(audit,),
        says=OF_OTHERS,
    ),
    Attack(
        "step shown to the server before an objection",
        LAWFUL,
        does=shown_before_an_objection,
        off=(whatever_was_pushed_was_taken,),
        through=(audit,),
        says=("Eli has an objection",),
    ),
    on_the_server_alone(
        "receive log pushed to",
        pushing("{stage.head}:{log}"),
        any_ref_may_be_pushed,
        "written by the server alone",
    ),
    on_the_server_alone(
        "receive log deleted",
        pushing(":{log}"),
        any_ref_may_be_pushed,
        "written by the server alone",
    ),
    on_the_server_alone(
        "replace ref pushed",
        pushing("{stage.head}:refs/replace/{stage.target}"),
        any_ref_may_be_pushed,
        "written by the server alone",
    ),
    on_the_server_alone(
        "proposal that is open deleted",
        pushing(f":refs/heads/proposal/{OTHER}"),
        branches_may_lose_words,
        "is still open",
    ),
    on_the_server_alone(
        "one unlawful ref among several",
        branch_without_an_objection,
        branches_may_lose_words,
        "would lose or alter what was said by eli",
    ),
    on_the_server_alone(
        "main under a name that many computers take for it",
        pushing("{stage.head}:refs/heads/Main"),
        any_ref_may_be_pushed,
        "Many computers take",
    ),
    on_the_server_alone(
        "tag that members pull instead of main",
        pushing("{stage.head}:refs/tags/main"),
        any_ref_may_be_pushed,
        "Git would take refs/tags/main for a branch",
    ),
]
