"""Bring a proposal up to date: with what was decided meanwhile, and with what its proposer has
changed since. Everything said before stays reachable from its branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from orgcode.actions.entries import Saying, response_path, write_entry
from orgcode.actions.judging import judge_proposal
from orgcode.actions.open_proposals import (
    OpenProposal,
    content_at,
    find_open,
    lead_on,
    open_proposals,
    responses_at,
)
from orgcode.actions.progress import Progress, silent
from orgcode.actions.proposal_record import Words, plain, record_with
from orgcode.actions.proposing import Proposed
from orgcode.actions.speaking import Signing, Speaker, speaker
from orgcode.actions.target import Target, target_of
from orgcode.actions.uncommitted import Files, below_root, uncommitted
from orgcode.adapters.git.result import Result, result_of
from orgcode.adapters.signing.verifying import verify
from orgcode.documents.writing import write_document
from orgcode.law.voices import ASSENTS
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import path_of
from orgcode.model.message import many, message, one


def renew(
    directory: Path,
    words: Words,
    now: datetime,
    *,
    paths: Sequence[str] = (),
    person: str | None = None,
    sign: Signing = True,
    target: str | None = None,
    progress: Progress = silent,
) -> Proposed:
    """Put a proposal on the target as it is now, and in it what is not committed yet; `paths` limit
    that. Raises `OrgcodeError` where there is nothing to renew, or somebody else proposed it.
    """
    aim = target_of(directory, now.date(), target, progress)
    who = speaker(aim.org, aim.repository, person, now.date(), sign=sign)
    proposal = _own(aim, words.id, who)
    own = _from_files(aim, proposal, now, paths, progress)
    result = result_of(aim.repository.commits, aim.tip, proposal.tip)
    _refuse_conflicts(result, own, aim)
    return _Renewal(aim, proposal, result, own, words, who).write(now, progress)


class _Renewal:
    """All that a new state of a proposal is made of."""

    def __init__(
        self,
        aim: Target,
        proposal: OpenProposal,
        result: Result,
        own: Files,
        words: Words,
        who: Speaker,
    ) -> None:
        self._aim = aim
        self._proposal = proposal
        self._words = words
        self._who = who
        self._result = result
        self._own = own
        self._repository = aim.repository

    def write(self, now: datetime, progress: Progress) -> Proposed:
        """Write the new state, and let the branch lead to it."""
        aim, proposal = self._aim, self._proposal
        files: Files = {path: each.after for path, each in self._result.unlike.items()}
        files = {**files, **self._own}
        record = record_with(aim.org, proposal.record, self._words, files)
        if record != proposal.record:
            files = {**files, path_of("proposal", proposal.id): write_document("proposal", record)}
        is_apart = not self._repository.commits.is_before(aim.tip, proposal.tip)
        parents = [proposal.tip, aim.tip] if is_apart else [proposal.tip]
        title = plain(record["title"])
        text = f"Renew: {title}\n"
        write = self._repository.branches.write
        bare = write(aim.tip, files, parents, text, now)
        change = aim.change_digest(result_of(self._repository.commits, aim.tip, bare), proposal.id)
        before = aim.change_digest(self._result, proposal.id)
        if change == before and not is_apart:
            raise OrgcodeError(
                message(
                    "The {proposal} {id} is up to date already.",
                    id=proposal.id,
                    proposal=one("proposal"),
                ),
                message("Change the files as you would like them to be, and renew it then."),
            )
        own_path = response_path(proposal.id, self._who.person)
        said = write_entry(
            aim.organisation_id,
            proposal.id,
            change,
            Saying(person=self._who.person, stance="consent"),
            content_at(self._repository, proposal.tip, own_path),
            now,
            self._who.sign,
        )
        commit = write(aim.tip, {**files, said.path: said.content}, parents, text, now)
        judged = judge_proposal(
            self._repository, aim.tip, commit, now, verify, progress, kept=aim.kept
        )
        renewed = Proposed(
            repository=self._repository,
            id=proposal.id,
            title=title,
            commit=commit,
            judged=judged,
            own=said,
            left=self._left(change),
        )
        if renewed.is_written:
            lead_on(self._repository, proposal, commit, text, now)
        return renewed

    def _left(self, change: str) -> tuple[str, ...]:
        said = responses_at(self._repository, self._proposal.tip, self._proposal.id)
        return tuple(
            person
            for person, entries in sorted(said.items())
            if person != self._who.person
            and entries
            and entries[-1].get("stance") in ASSENTS
            and entries[-1].get("change") != change
        )


def _own(aim: Target, id: str | None, who: Speaker) -> OpenProposal:
    """The proposal that is meant: the one that was named, else the only one of the person."""
    if id is not None:
        found = find_open(aim.repository, aim.tip, id)
        if found.proposer != who.person:
            raise OrgcodeError(
                message(
                    "The {proposal} {id} is of {who}.",
                    id=found.id,
                    who=found.proposer,
                    proposal=one("proposal"),
                ),
                message(
                    "Say what you think of it with 'orgcode respond {id}'; only its proposer "
                    "changes it.",
                    id=found.id,
                ),
            )
        return found
    every = open_proposals(aim.repository, aim.tip)
    own = [each for each in every if each.proposer == who.person]
    standing = [each for each in own if each.ref == aim.repository.branch]
    if len(standing or own) == 1:
        return find_open(aim.repository, aim.tip, (standing or own)[0].id)
    if not own:
        raise OrgcodeError(
            message("No {proposal} of yours is open.", proposal=one("proposal")),
            message("'orgcode status' shows which there are."),
        )
    raise OrgcodeError(
        message(
            "Several {proposals} of yours are open: {ids}.",
            ids=[each.id for each in own],
            proposals=many("proposal"),
        ),
        message("Say which one, with --id."),
    )


def _from_files(
    aim: Target, proposal: OpenProposal, now: datetime, paths: Sequence[str], progress: Progress
) -> Files:
    """What somebody has changed in the files, where these stand on the target or the proposal."""
    repository = aim.repository
    if repository.is_bare:
        return {}
    head = repository.id_of("HEAD")
    tops = below_root(repository, aim.directory, paths)
    found = uncommitted(repository, head, now.date(), tops, progress)
    own = {path: new for path, new in found.items() if not path.startswith("proposals/")}
    if own and head not in (aim.tip, proposal.tip):
        raise OrgcodeError(
            message(
                "You have changed files, but these stand neither on {target} as it is now nor on "
                "the {proposal}.",
                target=aim.name,
                proposal=one("proposal"),
            ),
            message("Go to one of them first: 'git switch {target}'.", target=aim.name),
        )
    return own


def _refuse_conflicts(result: Result, own: Files, aim: Target) -> None:
    if left := tuple(path for path in result.conflicts if path not in own):
        raise OrgcodeError(
            message(
                "{target} has changed these files too, in another way: {paths}.",
                target=aim.name,
                paths=left,
            ),
            message(
                "Go to {target}, change these files as they should be now, and renew again.",
                target=aim.name,
            ),
        )
