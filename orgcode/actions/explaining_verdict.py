"""Explain the verdict on an open proposal, which stands on a branch of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from orgcode.actions.judging import Judged, judge_proposal
from orgcode.actions.open_proposals import find_open
from orgcode.actions.progress import Progress, silent
from orgcode.actions.target import target_of
from orgcode.adapters.signing.verifying import verify


def explain_verdict(
    directory: Path, id: str, now: datetime, target: str | None = None, progress: Progress = silent
) -> Judged:
    """The verdict on a proposal, by its id, if it were adopted now into the target; raises
    `OrgcodeError` where there is no such proposal that is open.
    """
    aim = target_of(directory, now.date(), target, progress)
    proposal = find_open(aim.repository, aim.tip, id)
    return judge_proposal(
        aim.repository, aim.tip, proposal.tip, now, verify, progress, kept=aim.kept
    )
