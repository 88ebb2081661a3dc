"""Say something to a proposal: one entry more on its branch, bound to the change as it is now.

However many do so at once, nothing is lost: who finds the branch moved reads again and tries again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import uniform
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from orgcode.actions.entries import Saying, Written, last_digest, response_path, write_entry
from orgcode.actions.open_proposals import (
    OpenProposal,
    content_at,
    find_open,
    lead_on,
    record_at,
    responses_at,
)
from orgcode.actions.progress import Progress, silent
from orgcode.actions.speaking import Signing, speaker
from orgcode.actions.target import Target, target_of
from orgcode.adapters.git.committing import MovedError
from orgcode.adapters.git.result import result_of
from orgcode.documents.writing import write_document
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import path_of
from orgcode.model.message import message, one

T = TypeVar("T")

STANCES = ("consent", "objection", "concern", "advice", "yes", "no", "abstain")
WITH_REASON = frozenset({"objection", "concern", "advice"})

_PATIENCE = 120.0
"""Seconds; after them somebody else keeps the branch from being written to."""
_WAIT, _MOST = 0.05, 1.0
"""Seconds: so much longer one may wait after each try, and so long at most."""


class Responded(Struct, frozen=True, kw_only=True):
    """What was said, and the proposal to which it was."""

    target: Target
    proposal: OpenProposal
    saying: Saying
    written: Written
    commit: str


def respond(
    directory: Path,
    id: str,
    stance: str,
    now: datetime,
    *,
    reason: str | None = None,
    role: str | None = None,
    nominee: str | None = None,
    person: str | None = None,
    record_for: str | None = None,
    sign: Signing = True,
    target: str | None = None,
    progress: Progress = silent,
) -> Responded:
    """Add what somebody says to a proposal. With `record_for` it is what that person said, written
    down by who speaks. Raises `OrgcodeError` where it cannot be said.
    """
    aim = target_of(directory, now.date(), target, progress)
    who = speaker(aim.org, aim.repository, person, now.date(), sign=sign)
    if stance in WITH_REASON and not (reason or "").strip():
        raise OrgcodeError(
            message("{stance} needs a reason.", stance=stance),
            message('Say why: --reason "..."'),
        )
    saying = Saying(
        person=_known(aim, record_for) if record_for else who.person,
        stance=stance,
        reason=reason.strip() if reason else None,
        role=_role(aim, role) if role else None,
        nominee=_known(aim, nominee) if nominee else None,
        recorded_by=who.person if record_for else None,
    )

    def attempt() -> Responded:
        proposal = find_open(aim.repository, aim.tip, id)
        if stance == "withdraw" and proposal.proposer != saying.person:
            raise OrgcodeError(
                message(
                    "The {proposal} {id} is of {who}.",
                    id=proposal.id,
                    who=proposal.proposer,
                    proposal=one("proposal"),
                ),
                message("Only its proposer withdraws it; you can object: 'orgcode respond'."),
            )
        result = result_of(aim.repository.commits, aim.tip, proposal.tip)
        written = write_entry(
            aim.organisation_id,
            proposal.id,
            aim.change_digest(result, proposal.id),
            saying,
            content_at(aim.repository, proposal.tip, response_path(proposal.id, saying.person)),
            now,
            who.sign,
        )
        text = f"Respond: {saying.person} to {proposal.id}\n"
        commit = _add(aim, proposal, {written.path: written.content}, text, now)
        return Responded(
            target=aim, proposal=proposal, saying=saying, written=written, commit=commit
        )

    return insisting(attempt)


def answer(
    directory: Path,
    id: str,
    to: str,
    text: str,
    now: datetime,
    *,
    person: str | None = None,
    target: str | None = None,
    progress: Progress = silent,
) -> OpenProposal:
    """Add the proposer's answer to an entry, which is named by its digest or by who said it."""
    aim = target_of(directory, now.date(), target, progress)
    who = speaker(aim.org, aim.repository, person, now.date(), sign=False)
    if not text.strip():
        raise OrgcodeError(
            message("The answer is empty."), message('Say what you answer: --reason "..."')
        )

    def attempt() -> OpenProposal:
        proposal = find_open(aim.repository, aim.tip, id)
        if proposal.proposer != who.person:
            raise OrgcodeError(
                message(
                    "The {proposal} {id} is of {who}.",
                    id=proposal.id,
                    who=proposal.proposer,
                    proposal=one("proposal"),
                ),
                message("Only its proposer answers; you can respond: 'orgcode respond'."),
            )
        record = record_at(aim.repository, proposal.tip, proposal.id)
        found = {"to": _digest(aim, proposal, to), "text": text.strip()}
        others = [each for each in record.get("answers", ()) if each.get("to") != found["to"]]
        record["answers"] = [*others, found]
        path = path_of("proposal", proposal.id)
        said = f"Answer: {proposal.id}\n"
        commit = _add(aim, proposal, {path: write_document("proposal", record)}, said, now)
        return replace(proposal, tip=commit, local=commit)

    return insisting(attempt)


def insisting(attempt: Callable[[], T]) -> T:
    """Try until the branch is not moved by somebody else in between."""
    end, longest = time.monotonic() + _PATIENCE, _WAIT
    while True:
        try:
            return attempt()
        except MovedError:
            if time.monotonic() > end:
                raise
            # not all at once: the more often others were faster, the more of them there are
            time.sleep(uniform(0, longest))  # noqa: S311 (no secret comes of it)
            longest = min(longest + _WAIT, _MOST)


def _add(
    aim: Target, proposal: OpenProposal, files: dict[str, bytes], text: str, now: datetime
) -> str:
    commit = aim.repository.branches.write(proposal.tip, files, [proposal.tip], text, now)
    lead_on(aim.repository, proposal, commit, text, now)
    return commit


def _digest(aim: Target, proposal: OpenProposal, to: str) -> str:
    """The digest of the entry that is meant: by its beginning, or the newest of a person."""
    said = responses_at(aim.repository, proposal.tip, proposal.id)
    if to in said:
        found = last_digest(aim.organisation_id, proposal.id, to, said[to])
        if found is not None:
            return found
    every = {
        digest
        for person, entries in said.items()
        for count in range(1, len(entries) + 1)
        if (digest := last_digest(aim.organisation_id, proposal.id, person, entries[:count]))
    }
    near = [digest for digest in sorted(every) if len(to) >= 6 and digest.startswith(to)]
    if len(near) != 1:
        raise OrgcodeError(
            message("{to} has said nothing to this {proposal}.", to=to, proposal=one("proposal")),
            message("Name a person who responded: {people}.", people=tuple(sorted(said))),
        )
    return near[0]


def _known(aim: Target, person: str) -> str:
    id = person.removeprefix("people/")
    if id not in aim.org.people:
        raise OrgcodeError(
            message("There is no person {id}.", id=person),
            message("'orgcode list people' shows who there is."),
        )
    return id


def _role(aim: Target, role: str) -> str:
    id = role.removeprefix("roles/")
    if not aim.org.is_known_role(id):
        raise OrgcodeError(
            message("There is no role {id}.", id=role),
            message("'orgcode list roles' shows which there are."),
        )
    return id
