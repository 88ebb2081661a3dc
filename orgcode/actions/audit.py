"""The audit: every step that a target took, judged again by the law as it was before each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from orgcode.actions.judging_steps import JudgedStep, judge_steps
from orgcode.actions.progress import Progress, silent
from orgcode.adapters.git.received import ReceivedLog
from orgcode.adapters.git.repository import find
from orgcode.adapters.git.steps import line_between
from orgcode.adapters.signing.verifying import verify
from orgcode.law.assurance import level_of
from orgcode.law.evidence import LEVELS, Level
from orgcode.law.verdict import Judgement
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message


class Audit:
    """An audit that is about to be done, from one step (or the first) to the tip of a target."""

    def __init__(
        self, directory: Path, target: str, start: str | None, now: datetime, progress: Progress
    ) -> None:
        repository = find(directory)
        self._commits = repository.commits
        self._start = repository.id_of(start) if start is not None else None
        line = line_between(self._commits, self._start, repository.id_of(target))
        if line.flaw is not None:
            raise OrgcodeError(
                line.flaw,
                message("Start from a step of the main line, or leave out --from."),
            )
        self.steps = line.steps
        if start is None and repository.commits.is_shallow:
            raise OrgcodeError(
                message("This clone is shallow: nobody can say what its first step goes back to."),
                message("Fetch the rest with 'git fetch --unshallow', or start with --from."),
            )
        self._log = ReceivedLog(self._commits, repository.received)
        self._now = now
        self._progress = progress

    @property
    def log_flaws(self) -> tuple[Message, ...]:
        """What is wrong with the log of what a server received."""
        return self._log.flaws

    @property
    def has_log(self) -> bool:
        """Whether there is such a log."""
        return bool(self._log.entries)

    def judged(self) -> Iterator[JudgedStep]:
        """Each step, judged when it is asked for."""
        found = judge_steps(self._commits, self._log, self._start, self.steps, self._now, verify)
        for done, step in enumerate(found, start=1):
            self._progress(message("Judging steps"), done, len(self.steps))
            yield step


def audit(
    directory: Path,
    target: str,
    start: str | None,
    now: datetime,
    progress: Progress = silent,
) -> Audit:
    """An audit of a target branch, from the revision `start` on, which is taken for granted; from
    the first step where none is named. Raises `OrgcodeError` where it does not stand on the line.
    """
    return Audit(directory, target, start, now, progress)


def assurance_of(step: JudgedStep) -> Level | None:
    """How sure it is who agreed to a step: of everything that counted, the least sure. None where
    nothing was counted.
    """
    if step.verdict is None or step.evidence is None:
        return None
    found = [level for judgement in step.verdict.judgements for level in _levels(step, judgement)]
    return min(found, key=LEVELS.index, default=None)


def _levels(step: JudgedStep, judgement: Judgement) -> Iterator[Level]:
    subjects = {person for effect in judgement.effects for person in effect.subjects}
    proposers = {voice.person for voice in judgement.voices if judgement.sort == "proposer"}
    for voice in judgement.voices:
        if voice.is_counted and voice.heard is not None:
            concerned = subjects | proposers
            yield level_of(step.before, voice.heard, judgement.circle, concerned)
    for other in judgement.instead:
        yield from _levels(step, other)
