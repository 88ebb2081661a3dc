"""Explain the verdict on a proposal: on an open one as it is now, on a decided one as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from msgspec import Struct

from orgcode.actions.judging import judge_proposal
from orgcode.actions.judging_steps import JudgedStep, judge_steps
from orgcode.actions.open_proposals import OpenProposal, content_at, find_open, record_at
from orgcode.actions.progress import Progress, silent
from orgcode.actions.target import Target, target_of
from orgcode.adapters.git.ancestry import RawCommit
from orgcode.adapters.git.received import ReceivedLog
from orgcode.adapters.signing.verifying import verify
from orgcode.law.evidence import Evidence
from orgcode.law.verdict import Verdict
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import is_id, path_of
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message
from orgcode.model.org import Org


class Explained(Struct, frozen=True, kw_only=True):
    """A verdict, and what it was made of."""

    proposal: str
    verdict: Verdict
    before: Org
    """The organisation whose rules decide."""
    evidence: Evidence
    answers: Mapping[str, str]
    """What the proposer answered, by the digest of the entry."""
    new_errors: tuple[Finding, ...] = ()
    log_flaws: tuple[Message, ...] = ()
    step: JudgedStep | None = None
    """The step of the target that decided it; None while it is open."""


def explain_verdict(
    directory: Path, id: str, now: datetime, target: str | None = None, progress: Progress = silent
) -> Explained:
    """The verdict on a proposal, by its id: if it were adopted now into the target, or when it was
    decided. Raises `OrgcodeError` where there is no such proposal, or nobody can say.
    """
    aim = target_of(directory, now.date(), target, progress)
    name = id.removeprefix("proposal/").removeprefix("proposals/").rstrip("/")
    # first of all, since anybody can go on with the branch of what is decided
    if since := _since_decided(aim, name) if is_id(name) else ():
        return _of_step(aim, name, since, now)
    return _of_open(aim, find_open(aim.repository, aim.tip, id), now, progress)


def _of_open(aim: Target, proposal: OpenProposal, now: datetime, progress: Progress) -> Explained:
    judged = judge_proposal(
        aim.repository, aim.tip, proposal.tip, now, verify, progress, kept=aim.kept
    )
    return Explained(
        proposal=judged.proposal,
        verdict=judged.verdict,
        before=judged.change.before,
        evidence=judged.evidence,
        answers=_answers(proposal.record),
        new_errors=judged.new_errors,
        log_flaws=judged.log_flaws,
    )


def _of_step(aim: Target, proposal: str, since: Sequence[RawCommit], now: datetime) -> Explained:
    commits, decided = aim.repository.commits, since[0]
    log = ReceivedLog(commits, aim.repository.received)
    start = decided.parents[0] if decided.parents else None
    step = next(judge_steps(commits, log, start, [each.id for each in since], now, verify))
    if step.verdict is None or step.evidence is None:
        raise OrgcodeError(
            step.flaws[0],
            message("'orgcode audit' judges every step of {target}.", target=aim.name),
        )
    return Explained(
        proposal=proposal,
        verdict=step.verdict,
        before=step.before,
        evidence=step.evidence,
        answers=_answers(record_at(aim.repository, decided.id, proposal)),
        log_flaws=log.flaws,
        step=step,
    )


def _since_decided(aim: Target, proposal: str) -> tuple[RawCommit, ...]:
    """The step of the target that put a proposal on record, and all after it; none where it is
    not on record.
    """
    path = path_of("proposal", proposal)
    found = takewhile(
        lambda commit: content_at(aim.repository, commit.id, path) is not None,
        aim.repository.commits.line(aim.tip),
    )
    return tuple(found)[::-1]


def _answers(record: Mapping[str, Any]) -> Mapping[str, str]:
    answers = record.get("answers")
    found = answers if isinstance(answers, list) else []
    return {
        str(each.get("to")): str(each.get("text", ""))
        for each in found
        if isinstance(each, Mapping)
    }
