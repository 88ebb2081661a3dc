"""Adopt a proposal, or put on record how it ended: judged and written in one move of the target.

Where the target, or the proposal, moved between the verdict and the move, it is judged anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from orgcode.actions.elsewhere import elsewhere, pull
from orgcode.actions.judging import Judged, judge_proposal
from orgcode.actions.open_proposals import (
    DecidedAlreadyError,
    OpenProposal,
    find_open,
    record_at,
)
from orgcode.actions.progress import Progress, silent
from orgcode.actions.responding import insisting
from orgcode.actions.target import Target, target_of
from orgcode.adapters.git.committing import Move
from orgcode.adapters.git.result import Result, result_of
from orgcode.adapters.signing.verifying import verify
from orgcode.documents.writing import write_document
from orgcode.law.judge import is_withdrawn
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import path_of
from orgcode.model.message import Message, message, one
from orgcode.model.snapshot import Entry

Say = Callable[[Message], str]
"""Puts a message into the words of the organisation, for the text of a commit."""


class Decided(Struct, frozen=True, kw_only=True):
    """What became of a proposal."""

    target: Target
    proposal: OpenProposal
    judged: Judged
    commit: str | None
    """The step of the target; None: it has not moved."""
    left: tuple[str, ...] = ()
    """Files that are checked out and were left as they are, since somebody is writing in them."""


def adopt(
    directory: Path,
    id: str,
    now: datetime,
    say: Say,
    *,
    target: str | None = None,
    progress: Progress = silent,
) -> Decided:
    """Make a proposal part of the target, if it may be."""

    def attempt() -> Decided:
        aim, proposal, judged = _judged(directory, id, now, target, progress)
        if not judged.verdict.is_adopted:
            return Decided(target=aim, proposal=proposal, judged=judged, commit=None)
        text = _text(proposal, judged, say)
        parents = [aim.tip, proposal.tip]
        commit = aim.repository.branches.write_tree(judged.result.laid, parents, text, now)
        return _moved(aim, proposal, judged, commit, text, now)

    return insisting(attempt)


def record(
    directory: Path,
    id: str,
    now: datetime,
    say: Say,
    *,
    target: str | None = None,
    progress: Progress = silent,
) -> Decided:
    """Put on record that a proposal was rejected, or withdrawn, if it was; raises `OrgcodeError`
    where it may still be adopted.
    """

    def attempt() -> Decided:
        aim, proposal, judged = _judged(directory, id, now, target, progress)
        if judged.verdict.outcome != "rejected":
            raise OrgcodeError(
                message(
                    "The {proposal} {id} has not ended.", id=proposal.id, proposal=one("proposal")
                ),
                message("'orgcode status {id}' tells how it stands.", id=proposal.id),
            )
        outcome = "withdrawn" if is_withdrawn(judged.verdict) else "rejected"
        files: dict[str, bytes | Entry | None] = dict(_record_files(aim, proposal))
        kept = record_at(aim.repository, proposal.tip, proposal.id)
        files[path_of("proposal", proposal.id)] = write_document(
            "proposal", {**kept, "outcome": outcome}
        )
        text = _text(proposal, judged, say)
        parents = [aim.tip, proposal.tip]
        commit = aim.repository.branches.write(aim.tip, files, parents, text, now)
        return _moved(aim, proposal, judged, commit, text, now)

    return insisting(attempt)


def _judged(
    directory: Path, id: str, now: datetime, target: str | None, progress: Progress
) -> tuple[Target, OpenProposal, Judged]:
    aim = target_of(directory, now.date(), target, progress)
    try:
        proposal = find_open(aim.repository, aim.tip, id)
    except DecidedAlreadyError as error:
        if not _has_caught_up(aim, error.tip):
            raise
        raise OrgcodeError(
            message(
                "The {proposal} {id} is decided already. That was cut short before the files here "
                "followed; now they have.",
                id=id,
                proposal=one("proposal"),
            ),
            error.way_out,
        ) from error
    _be_up_to_date(aim)
    judged = judge_proposal(
        aim.repository, aim.tip, proposal.tip, now, verify, progress, kept=aim.kept
    )
    return aim, proposal, judged


def _be_up_to_date(aim: Target) -> None:
    """Decide nothing where it is known that more was decided: nobody else could take it over."""
    there = elsewhere(aim, ())
    if there is not None and there.lead == "behind":
        raise OrgcodeError(
            message(
                "{remote} has more of {target} than you.", remote=there.remote, target=aim.name
            ),
            message(
                "Bring it here first, since it can change the verdict: {command}",
                command=pull(there, aim.name),
            ),
        )


def _record_files(aim: Target, proposal: OpenProposal) -> dict[str, Entry | None]:
    folder = f"proposals/{proposal.id}/"
    found: Result = result_of(aim.repository.commits, aim.tip, proposal.tip)
    return {path: each.after for path, each in found.unlike.items() if path.startswith(folder)}


def _text(proposal: OpenProposal, judged: Judged, say: Say) -> str:
    return f"{proposal.title}\n\n{say(judged.verdict.sentence)}\n\nProposal: {proposal.id}\n"


def _moved(
    aim: Target, proposal: OpenProposal, judged: Judged, commit: str, text: str, now: datetime
) -> Decided:
    repository = aim.repository
    held = {proposal.ref: proposal.local} if proposal.local else {}
    repository.branches.move(Move(aim.ref, aim.tip, commit, held), text, now)
    left = repository.branches.follow(aim.tip, commit) if _is_checked_out(aim) else ()
    return Decided(target=aim, proposal=proposal, judged=judged, commit=commit, left=left)


def _has_caught_up(aim: Target, tip: str) -> bool:
    """Whether the last step decided on the proposal with that tip, and the files that are checked
    out had not followed, and do now.
    """
    before, *brought = aim.repository.commits.commit(aim.tip).parents or ("",)
    branches = aim.repository.branches
    if brought != [tip] or not _is_checked_out(aim) or not branches.lags(before, aim.tip):
        return False
    branches.follow(before, aim.tip)
    return True


def _is_checked_out(aim: Target) -> bool:
    repository = aim.repository
    return not repository.is_bare and repository.branches.checked_out == aim.ref
