"""The gate: whether a head may become part of a target as it is now. Nothing is checked out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from orgcode.actions.judging import Judged, judge_proposal
from orgcode.actions.progress import Progress, silent
from orgcode.adapters.git.repository import find
from orgcode.adapters.signing.verifying import verify


def gate(
    directory: Path, base: str, head: str, now: datetime, progress: Progress = silent
) -> Judged:
    """Judge what a head would make of a target, both named by revisions; raises `OrgcodeError`
    where that cannot be said.
    """
    repository = find(directory)
    target, proposed = repository.id_of(base), repository.id_of(head)
    return judge_proposal(repository, target, proposed, now, verify, progress)
