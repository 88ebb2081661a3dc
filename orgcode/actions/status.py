"""How the proposals stand that are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orgcode.actions.judging import Judged, judge_proposal, judge_proposals
from orgcode.actions.open_proposals import OpenProposal, find_open, open_proposals
from orgcode.actions.progress import Progress, silent
from orgcode.actions.target import Target, target_of
from orgcode.adapters.signing.verifying import verify
from orgcode.law.evidence import Heard
from orgcode.model.errors import OrgcodeError

_AGAINST = frozenset({"objection", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one proposal stands."""

    proposal: OpenProposal
    judged: Judged | None
    """None where nobody can judge it: `trouble` says why."""
    trouble: OrgcodeError | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of those whose response is waited for."""
        judgements = self.judged.verdict.judgements if self.judged else ()
        waiting = (it for it in judgements if it.outcome != "adopted")
        return tuple(sorted({person for it in waiting for person in it.missing}))

    @property
    def objections(self) -> tuple[Heard, ...]:
        """What stands against it and counts, by person."""
        judgements = self.judged.verdict.judgements if self.judged else ()
        found = {
            voice.person: voice.heard
            for it in judgements
            for voice in it.voices
            if voice.heard is not None
            and voice.is_counted
            and voice.heard.response.stance in _AGAINST
        }
        return tuple(found[person] for person in sorted(found))

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


def status(
    directory: Path,
    now: datetime,
    id: str | None = None,
    *,
    target: str | None = None,
    progress: Progress = silent,
) -> tuple[Target, tuple[Standing, ...]]:
    """How every open proposal stands, or one; and the target that they are for."""
    aim = target_of(directory, now.date(), target, progress)
    if id is not None:
        proposal = find_open(aim.repository, aim.tip, id)
        judged = judge_proposal(aim.repository, aim.tip, proposal.tip, now, verify, progress)
        return aim, (Standing(proposal=proposal, judged=judged),)
    found = open_proposals(aim.repository, aim.tip)
    heads = [proposal.tip for proposal in found]
    verdicts = judge_proposals(aim.repository, aim.tip, heads, now, verify, progress)
    return aim, tuple(map(_standing, found, verdicts))


def _standing(proposal: OpenProposal, judged: Judged | OrgcodeError) -> Standing:
    if isinstance(judged, OrgcodeError):
        return Standing(proposal=proposal, judged=None, trouble=judged)
    return Standing(proposal=proposal, judged=judged)
