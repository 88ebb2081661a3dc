"""Explain the verdict on an open proposal, which stands on a branch of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from orgcode.actions.judging import Judged, judge_proposal
from orgcode.actions.progress import Progress, silent
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.signing.verifying import verify
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import is_id
from orgcode.model.message import message, one

_PLACES = ("refs/heads/", "refs/remotes/origin/")


def explain_verdict(
    directory: Path, id: str, target: str, now: datetime, progress: Progress = silent
) -> Judged:
    """The verdict on a proposal, by its id, if it were adopted now into a target branch; raises
    `OrgcodeError` where there is no such proposal.
    """
    repository = find(directory)
    head = _head_of(repository, id.removeprefix("proposals/").removeprefix("proposal/"))
    return judge_proposal(repository, repository.id_of(target), head, now, verify, progress)


def _head_of(repository: Repository, id: str) -> str:
    """The head of its branch: of one's own where there is one, else as it was fetched."""
    for place in _PLACES if is_id(id) else ():
        try:
            return repository.id_of(f"{place}proposal/{id}")
        except OrgcodeError:
            continue
    raise OrgcodeError(
        message("There is no open {proposal} {id}.", proposal=one("proposal"), id=id),
        message("'git branch -a' shows the branches; each that is open has one, proposal/ID."),
    )
