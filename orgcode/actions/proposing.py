"""Propose a change: a branch with the change, why, and the own assent of who proposes it.

`draft` (in `drafting.py`) found out what there is to propose; `propose` writes it. Working tree,
index and HEAD stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from orgcode.actions.drafting import Draft, refuse_conflicts
from orgcode.actions.entries import Saying, Written, moment, write_entry
from orgcode.actions.judging import Judged, judge_proposal
from orgcode.actions.naming import id_from
from orgcode.actions.open_proposals import PREFIX
from orgcode.actions.progress import Progress, silent
from orgcode.actions.proposal_record import Words, plain, record_with
from orgcode.actions.uncommitted import Files
from orgcode.adapters.git.committing import Move, MovedError
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.git.result import result_of
from orgcode.adapters.signing.verifying import verify
from orgcode.documents.writing import write_document
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import MAX_ID, is_id, path_of
from orgcode.model.message import message, one


class Proposed(Struct, frozen=True, kw_only=True):
    """A proposal that stands on its branch, or would but for what is wrong with it."""

    repository: Repository
    id: str
    title: str
    commit: str
    judged: Judged
    """What the judge says of it now."""
    own: Written
    left: tuple[str, ...] = ()
    """Ids of those whose assent no longer holds, since the change is another."""

    @property
    def is_signed(self) -> bool:
        """Whether the own assent is signed."""
        return "signature" in self.own.entry

    @property
    def is_written(self) -> bool:
        """Whether it stands on its branch: not where it would bring errors that were not there."""
        return not self.judged.new_errors


def propose(
    draft: Draft,
    words: Words,
    now: datetime,
    *,
    switch: bool = False,
    progress: Progress = silent,
) -> Proposed:
    """Write the proposal to a branch of its own; only said, and not done, where it would bring an
    error that was not there. With `switch` that branch is checked out.
    """
    record = record_with(draft.target.org, draft.written, words, draft.files)
    record["proposer"] = draft.speaker.person
    record["opened"] = {"at": moment(now), "base": draft.base}
    chosen = words.id or draft.id
    for _ in range(_TRIES):
        id = _free_id(
            draft, str(chosen or _slug(now, plain(record["title"]))), is_chosen=bool(chosen)
        )
        made = _write(draft, id, record, now, progress)
        if not made.is_written:
            return made
        try:
            text = f"Propose: {made.title}\n"
            draft.repository.branches.move(Move(PREFIX + id, None, made.commit), text, now)
        except MovedError:
            if chosen:
                raise
            continue
        if switch:
            draft.repository.branches.switch(PREFIX + id, draft.base, made.commit)
        return made
    raise OrgcodeError(
        message("No id is free for this {proposal}.", proposal=one("proposal")),
        message("Choose one with --id."),
    )


_TRIES = 100
_MOST = 30
"""Letters of a title that its id takes over."""


def _write(
    draft: Draft, id: str, record: Mapping[str, Any], now: datetime, progress: Progress
) -> Proposed:
    """Write all of it, so that no branch leads to it yet."""
    repository, aim = draft.repository, draft.target
    title = plain(record["title"])
    text = f"Propose: {title}\n"
    content = write_document("proposal", record)
    files: Files = {**draft.files, path_of("proposal", id): content}
    bare = repository.branches.write(draft.base, files, [draft.base], text, now)
    result = result_of(repository.commits, aim.tip, bare)
    refuse_conflicts(result, aim)
    own = write_entry(
        aim.organisation_id,
        id,
        aim.change_digest(result, id),
        Saying(person=draft.speaker.person, stance="consent"),
        None,
        now,
        draft.speaker.sign,
    )
    files = {**files, own.path: own.content}
    commit = repository.branches.write(draft.base, files, [draft.base], text, now)
    judged = judge_proposal(repository, aim.tip, commit, now, verify, progress, kept=aim.kept)
    return Proposed(
        repository=repository, id=id, title=title, commit=commit, judged=judged, own=own
    )


def _free_id(draft: Draft, wanted: str, *, is_chosen: bool) -> str:
    if not is_id(wanted):
        raise OrgcodeError(
            message(
                '"{id}" cannot be the id of a {proposal}.', id=wanted, proposal=one("proposal")
            ),
            message("Use small letters, digits and hyphens, at most {most}.", most=MAX_ID),
        )
    id, number = wanted, 1
    while _is_taken(draft, id):
        if is_chosen:
            raise OrgcodeError(
                message("There is a {proposal} {id} already.", id=id, proposal=one("proposal")),
                message(
                    "Choose another id, or change that {proposal} with --renew.",
                    proposal=one("proposal"),
                ),
            )
        number += 1
        ending = f"-{number}"
        id = wanted[: MAX_ID - len(ending)].rstrip("-") + ending
    return id


def _is_taken(draft: Draft, id: str) -> bool:
    repository = draft.repository
    branches = repository.branches
    return (
        repository.entry(draft.target.tip, f"proposals/{id}") is not None
        or branches.tip(PREFIX + id) is not None
        or any(branches.tip(f"{remote}proposal/{id}") for remote in branches.remotes())
    )


def _slug(now: datetime, title: str) -> str:
    """The day, and of the title so many whole words that one still types it."""
    words = id_from(title, "proposal")
    if len(words) > _MOST:
        words = words[: _MOST + 1].rpartition("-")[0] or words[:_MOST]
    return f"{now.date()}-{words}"
