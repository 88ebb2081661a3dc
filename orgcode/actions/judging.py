"""Judge a proposal, or a step that the target took: from commits to a verdict. Every command that
says whether something is lawful asks here, so that all of them say the same.

Nothing is checked out, written or merged. What may be kept from an earlier run lies in the folder
of git itself, where no proposal can write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from msgspec import Struct

from orgcode.actions.check import check_kept, new_errors_beside
from orgcode.actions.differing import unlike_kept
from orgcode.actions.evidence import Ground, View, evidence_of, new_proposal
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import with_kept
from orgcode.adapters.git.beside import Beside
from orgcode.adapters.git.cache import DamagedError
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.objects import Objects
from orgcode.adapters.git.received import ReceivedLog
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.git.result import EntriesAfter, Result, result_of
from orgcode.adapters.processes import FEW
from orgcode.changes.change import Change
from orgcode.checking.check import check_change
from orgcode.checking.new_errors import beyond
from orgcode.documents.loading import load
from orgcode.law.evidence import Evidence, Heard
from orgcode.law.judge import judge
from orgcode.law.signers import Verify
from orgcode.law.verdict import Verdict
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.snapshot import Snapshot

S = TypeVar("S")
T = TypeVar("T")


class Judged(Struct, frozen=True, kw_only=True):
    """A verdict, and what it is about."""

    verdict: Verdict
    change: Change
    evidence: Evidence
    new_errors: tuple[Finding, ...]
    result: Result
    log_flaws: tuple[Message, ...] = ()
    """Why the log of a server bears no witness about it."""

    @property
    def objections(self) -> tuple[Heard, ...]:
        """What stands against it and counts, by person."""
        found = {
            voice.person: voice.heard
            for it in self.verdict.judgements
            for voice in it.voices
            if voice.heard is not None and voice.is_counted and _objects(voice.heard)
        }
        return tuple(found[person] for person in sorted(found))

    @property
    def proposal(self) -> str:
        """The id of the proposal; empty where the change has no record."""
        return self.evidence.proposal


def judge_proposal(
    repository: Repository,
    target: str,
    head: str,
    now: datetime,
    verify: Verify,
    progress: Progress = silent,
    *,
    kept: Kept | None = None,
) -> Judged:
    """Judge what would become of a target if a head were adopted now; both are full ids. `kept` is
    what is kept of the target, where that is open already. Raises `OrgcodeError` where nobody can
    say.
    """
    (judged,) = judge_proposals(repository, target, (head,), now, verify, progress, kept=kept)
    if isinstance(judged, OrgcodeError):
        raise judged
    return judged


def judge_proposals(
    repository: Repository,
    target: str,
    heads: Sequence[str],
    now: datetime,
    verify: Verify,
    progress: Progress = silent,
    *,
    kept: Kept | None = None,
) -> tuple[Judged | OrgcodeError, ...]:
    """Judge several, each by itself; of what they have in common the target is read once. For
    those that nobody can judge: why.
    """
    judging = _Judging(repository, target, now, verify, progress, kept)
    return judging.all_of([_tried(judging.result_of, head) for head in heads])


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that are errors."""
    return tuple(finding for finding in findings if finding.severity == "error")


def _objects(heard: Heard) -> bool:
    """Whether it is an objection: a no without a reason is only a vote."""
    said = heard.response
    return said.stance == "objection" or (said.stance == "no" and said.reason is not None)


class _Judging:
    """Both sides of each change: where few files change, the result is read beside what is kept of
    the target.
    """

    def __init__(
        self,
        repository: Repository,
        target: str,
        now: datetime,
        verify: Verify,
        progress: Progress,
        kept: Kept | None,
    ) -> None:
        self._repository = repository
        self._commits = repository.commits
        self._target = repository.commit(target)
        self._log = ReceivedLog(repository.commits, repository.received)
        self._now = now
        self._verify = verify
        self._progress = progress
        self._kept = kept

    def result_of(self, head: str) -> Result:
        return result_of(self._commits, self._target.id, head)

    def all_of(self, results: Sequence[Result | OrgcodeError]) -> tuple[Judged | OrgcodeError, ...]:
        quick = [it for it in results if isinstance(it, Result) and self._is_quick(it)]
        beside: Mapping[str, Judged | OrgcodeError] = {}
        if quick:
            beside = self._with_kept(self._target, "check", lambda kept: self._beside(kept, quick))

        def judged(it: Result | OrgcodeError) -> Judged | OrgcodeError:
            if isinstance(it, OrgcodeError):
                return it
            return beside[it.head] if it.head in beside else _tried(self._apart, it)

        return tuple(map(judged, results))

    def _is_quick(self, result: Result) -> bool:
        is_small = len(result.paths) <= FEW and "org.yaml" not in result.unlike
        return is_small and _holds_things(self._target)

    def _beside(self, kept: Kept, results: Sequence[Result]) -> Mapping[str, Judged | OrgcodeError]:
        if not kept.is_current:
            check_kept(kept, self._progress)

        never_told = unlike_kept(self._target, kept)

        def at(commit: str, day: date) -> Org:
            snapshot = self._repository.commit(commit)
            return Beside(kept, snapshot, unlike_kept(snapshot, kept), day).org

        def judged(result: Result) -> Judged:
            entries = EntriesAfter(self._target.entries, result.unlike)
            after, changed = (
                Objects(entries, self._commits.odb),
                never_told | entries.altered.keys(),
            )
            other = Beside(kept, after, changed, kept.org.today)
            return self._weighed(
                result,
                View(
                    before=kept.org,
                    after=other.org,
                    new_errors=new_errors_beside(kept, other.org, other.stale()),
                    at=at,
                ),
            )

        found = {}
        for place, result in enumerate(results, 1):
            if len(results) > 1:
                self._progress(message("Judging"), place, len(results))
            found[result.head] = _tried(judged, result)
        return found

    def _apart(self, result: Result) -> Judged:
        """Judge with both sides read and checked whole."""
        before, old = self._before
        entries = EntriesAfter(self._target.entries, result.unlike)
        after, new = self._side(Objects(entries, self._commits.odb), "judged", before)
        return self._weighed(
            result,
            View(
                before=before,
                after=after,
                new_errors=tuple(beyond(errors_in(new), errors_in(old))),
                at=lambda commit, day: load(self._repository.commit(commit), day),
            ),
        )

    def _weighed(self, result: Result, view: View) -> Judged:
        proposal = new_proposal(view.before, result.unlike)
        ground = Ground(
            commits=self._commits,
            log=self._log,
            target=result.target,
            base=result.base,
            tips=(result.head,),
            unlike=result.unlike,
            conflicts=result.conflicts,
        )
        evidence, flaws = evidence_of(ground, view, proposal, self._now, self._verify)
        change = Change.between(view.before, view.after, result.paths)
        errors = (*view.new_errors, *errors_in(check_change(change)))
        return Judged(
            verdict=judge(change, evidence, errors, self._now),
            change=change,
            evidence=evidence,
            new_errors=errors,
            result=result,
            log_flaws=flaws,
        )

    @cached_property
    def _before(self) -> _Side:
        return self._side(self._target, "check")

    def _side(self, snapshot: Snapshot, name: str, severities_of: Org | None = None) -> _Side:
        """One side, and everything found there."""
        if not _holds_things(snapshot):
            return _Side(load(snapshot, self._now.date()), ())

        def read(kept: Kept) -> _Side:
            found = check_kept(kept, self._progress, severities_of=severities_of)
            return _Side(kept.open(), found)

        return self._with_kept(snapshot, name, read)

    def _with_kept(self, snapshot: Snapshot, name: str, work: Callable[[Kept], T]) -> T:
        today, progress = self._now.date(), self._progress
        if snapshot is self._target and self._kept is not None:
            try:
                return work(self._kept)
            except DamagedError:
                self._kept.forget()
                self._kept = None
        return with_kept(self._repository, snapshot, name, today, work, progress=progress)


class _Side(NamedTuple):
    org: Org
    findings: tuple[Finding, ...]


def _tried(work: Callable[[S], T], of: S) -> T | OrgcodeError:
    try:
        return work(of)
    except OrgcodeError as error:
        return error


def _holds_things(snapshot: Snapshot) -> bool:
    return any(identify(path) for path in snapshot.entries)
