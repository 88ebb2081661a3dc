"""How the proposals stand that are open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from orgcode.actions.elsewhere import Elsewhere, elsewhere
from orgcode.actions.judging import Judged, judge_proposal, judge_proposals
from orgcode.actions.open_proposals import OpenProposal, find_open, open_proposals
from orgcode.actions.progress import Progress, silent
from orgcode.actions.target import Target, target_of
from orgcode.actions.who import known_viewer
from orgcode.adapters.signing.verifying import verify
from orgcode.law.evidence import Heard
from orgcode.law.voices import ASSENTS
from orgcode.model.errors import OrgcodeError


class Standing(Struct, frozen=True, kw_only=True):
    """How one proposal stands."""

    proposal: OpenProposal
    judged: Judged | None
    """None where nobody can judge it: `trouble` says why."""
    trouble: OrgcodeError | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of those whose response is waited for."""
        judgements = self.judged.verdict.judgements if self.judged else ()
        return tuple(sorted({person for it in judgements for person in it.silent}))

    @property
    def objections(self) -> tuple[Heard, ...]:
        """What stands against it and counts, by person."""
        return self.judged.objections if self.judged else ()

    @property
    def waits_for_answers(self) -> bool:
        """Whether it only waits for the proposer, who assents, to answer what was said."""
        proposer = self.proposal.proposer
        return any(
            it.outcome == "open"
            and it.way is not None
            and it.way.by == "advice"
            and it.unblock == (proposer,)
            and any(
                voice.person == proposer
                and voice.heard is not None
                and voice.heard.response.stance in ASSENTS
                for voice in it.voices
            )
            for it in (self.judged.verdict.judgements if self.judged else ())
        )

    @property
    def stale(self) -> tuple[str, ...]:
        """Ids of those who said something to an earlier version, and nothing to the present one."""
        if self.judged is None:
            return ()
        evidence = self.judged.evidence
        said: dict[str, set[str]] = {}
        for heard in evidence.heard:
            said.setdefault(heard.response.person, set()).add(heard.response.change)
        return tuple(sorted(who for who, to in said.items() if evidence.change not in to))


class Overview(Struct, frozen=True, kw_only=True):
    """How proposals stand, and how this repository stands to the one that is shared."""

    target: Target
    standings: tuple[Standing, ...]
    elsewhere: Elsewhere | None
    viewer: str | None
    """The id of who asks; None where nobody knows."""


def status(
    directory: Path,
    now: datetime,
    id: str | None = None,
    *,
    target: str | None = None,
    progress: Progress = silent,
) -> Overview:
    """How every open proposal stands, or one."""
    aim = target_of(directory, now.date(), target, progress)
    if id is not None:
        proposal = find_open(aim.repository, aim.tip, id)
        judged = judge_proposal(
            aim.repository, aim.tip, proposal.tip, now, verify, progress, kept=aim.kept
        )
        standings: tuple[Standing, ...] = (Standing(proposal=proposal, judged=judged),)
    else:
        standings = tuple(_all(aim, now, progress))
    return Overview(
        target=aim,
        standings=standings,
        elsewhere=elsewhere(aim, [each.proposal for each in standings]),
        viewer=known_viewer(aim.org, aim.repository),
    )


def _all(aim: Target, now: datetime, progress: Progress) -> Iterator[Standing]:
    every = open_proposals(aim.repository, aim.tip)
    whole = [proposal for proposal in every if proposal.trouble is None]
    heads = [proposal.tip for proposal in whole]
    verdicts = judge_proposals(aim.repository, aim.tip, heads, now, verify, progress, kept=aim.kept)
    found = {p.id: _standing(p, judged) for p, judged in zip(whole, verdicts, strict=True)}
    for proposal in every:
        parted = Standing(proposal=proposal, judged=None, trouble=proposal.trouble)
        yield found.get(proposal.id, parted)


def _standing(proposal: OpenProposal, judged: Judged | OrgcodeError) -> Standing:
    if isinstance(judged, OrgcodeError):
        return Standing(proposal=proposal, judged=None, trouble=judged)
    return Standing(proposal=proposal, judged=judged)
