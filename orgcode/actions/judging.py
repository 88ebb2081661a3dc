"""Judge a proposal, or a step that the target took: from commits to a verdict. Every command that
says whether something is lawful asks here, so that all of them say the same.

Nothing is checked out, written or merged. What may be kept from an earlier run lies in the folder
of git itself, where no proposal can write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from orgcode.actions.check import check_kept, new_errors_beside
from orgcode.actions.differing import unlike_kept
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import with_kept
from orgcode.adapters.git.beside import Beside
from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import Unlike
from orgcode.adapters.git.heard import Responses, heard
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.objects import Objects
from orgcode.adapters.git.received import ReceivedLog
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.git.result import Result, entries_after, result_of
from orgcode.adapters.git.sights import digest_between, sights
from orgcode.adapters.processes import FEW
from orgcode.changes.change import Change
from orgcode.checking.check import check_change
from orgcode.checking.new_errors import beyond
from orgcode.documents.loading import load
from orgcode.law.evidence import Evidence
from orgcode.law.judge import judge
from orgcode.law.signers import Verify, day_of, signer
from orgcode.law.verdict import Verdict
from orgcode.model.entities import Response
from orgcode.model.facts import identify
from orgcode.model.finding import Finding
from orgcode.model.message import Message
from orgcode.model.org import Org
from orgcode.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, and what it is about."""

    verdict: Verdict
    change: Change
    evidence: Evidence
    new_errors: tuple[Finding, ...]
    result: Result
    log_flaws: tuple[Message, ...] = ()
    """Why the log of a server bears no witness about it."""

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
) -> Judged:
    """Judge what would become of a target if a head were adopted now; both are full ids."""
    result = result_of(repository.commits, target, head)
    log = ReceivedLog(repository.commits, repository.received)

    def weigh(view: View) -> Judged:
        proposal = new_proposal(view.before, result.unlike)
        ground = Ground(
            commits=repository.commits,
            log=log,
            target=target,
            base=result.base,
            tips=(head,),
            unlike=result.unlike,
            conflicts=result.conflicts,
        )
        evidence, flaws = evidence_of(ground, view, proposal, now, verify)
        change = Change.between(view.before, view.after, result.paths)
        errors = (*view.new_errors, *errors_in(check_change(change)))
        return Judged(
            verdict=judge(change, evidence, errors, now),
            change=change,
            evidence=evidence,
            new_errors=errors,
            result=result,
            log_flaws=flaws,
        )

    return _viewed(repository, result, now.date(), weigh, progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Both sides of a change, and any other state beside them."""

    before: Org
    after: Org
    new_errors: tuple[Finding, ...]
    """Errors in the files afterwards that were not there before."""
    at: Callable[[str, date], Org]
    """The organisation at another commit, read for a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where evidence is to be looked for."""

    commits: Commits
    log: ReceivedLog
    target: str
    base: str
    tips: tuple[str, ...]
    """The head, and other commits that may hold what was said."""
    unlike: Mapping[str, Unlike]
    conflicts: tuple[str, ...] = ()
    most: int | None = None
    """How many entries of the log are from before the decision; None: all are."""


def evidence_of(
    ground: Ground, view: View, proposal: str, now: datetime, verify: Verify
) -> tuple[Evidence, tuple[Message, ...]]:
    """All that can be shown of a proposal, and why the log of a server shows nothing."""
    commits, before = ground.commits, view.before
    organisation = before.organisation.id if before.organisation else ""
    change = digest_between(commits, organisation, proposal, ground.unlike)
    responses = Responses(commits, organisation, proposal)
    seen = sights(
        commits,
        ground.log,
        before,
        responses,
        proposal=proposal,
        change=change,
        verify=verify,
        most=ground.most,
    )
    said = responses.beyond(ground.target, (*ground.tips, *seen.tips)) if proposal else ()

    def sign(
        entry: Response, text: bytes, seen_at: datetime | None
    ) -> tuple[str | None, Message | None]:
        return signer(before, entry, text, verify, seen_at=seen_at, now=now)

    evidence = Evidence(
        proposal=proposal,
        change=change,
        opening=_opening(ground, view, proposal, seen.opened_at, seen.opened_on, now),
        heard=heard(said, seen.seen, sign),
        opened_at=seen.opened_at,
        change_seen_at=seen.change_seen_at,
        conflicts=ground.conflicts,
    )
    return evidence, seen.flaws


def new_proposal(before: Org, paths: Iterable[str]) -> str:
    """The id of the proposal whose record is new among these paths; empty where there is none."""
    for path in sorted(paths):
        identity = identify(path)
        if identity and identity.kind == "proposal" and path not in before.snapshot.entries:
            return identity.id
    return ""


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that are errors."""
    return tuple(finding for finding in findings if finding.severity == "error")


def _opening(
    ground: Ground,
    view: View,
    proposal: str,
    opened_at: datetime | None,
    opened_on: str | None,
    now: datetime,
) -> Org:
    """The organisation when the proposal was opened."""
    commits, before = ground.commits, view.before
    was_target = bool(opened_on) and commits.is_on_line(opened_on or "", ground.target)
    commit = opened_on if was_target and opened_on else ground.base
    day: date | None = opened_at.date() if opened_at else None
    if day is None and before.organisation and before.organisation.assurance_time == "claimed":
        record = view.after.proposals.get(proposal)
        day = day_of(record.opened_at) if record else None
    day = day or now.date()
    return before if (commit, day) == (ground.target, before.today) else view.at(commit, day)


def _viewed(
    repository: Repository,
    result: Result,
    today: date,
    weigh: Callable[[View], Judged],
    progress: Progress,
) -> Judged:
    """Both sides: where few files change, the result is read beside what is kept of the target."""
    target = repository.commit(result.target)
    after = Objects(entries_after(target.entries, result.unlike), repository.commits.odb)
    if _holds_things(target) and len(result.paths) <= FEW and "org.yaml" not in result.unlike:

        def beside(kept: Kept) -> Judged | None:
            return _beside(kept, repository, after, weigh, progress)

        for _ in range(2):  # the first time it may only bring up to date what is kept
            quick = with_kept(repository, target, "check", today, beside, progress=progress)
            if quick is not None:
                return quick
    before, old = _side(repository, target, "check", today, progress)
    changed, new = _side(repository, after, "judged", today, progress, before)
    return weigh(
        View(
            before=before,
            after=changed,
            new_errors=tuple(beyond(errors_in(new), errors_in(old))),
            at=lambda commit, day: load(repository.commit(commit), day),
        )
    )


def _beside(
    kept: Kept,
    repository: Repository,
    after: Snapshot,
    weigh: Callable[[View], Judged],
    progress: Progress,
) -> Judged | None:
    if not kept.is_current:
        check_kept(kept, progress)
        return None

    def read(snapshot: Snapshot, day: date) -> Beside:
        return Beside(kept, snapshot, unlike_kept(snapshot, kept), day)

    other = read(after, kept.org.today)
    return weigh(
        View(
            before=kept.org,
            after=other.org,
            new_errors=new_errors_beside(kept, other.org, other.stale()),
            at=lambda commit, day: read(repository.commit(commit), day).org,
        )
    )


def _side(
    repository: Repository,
    snapshot: Snapshot,
    name: str,
    today: date,
    progress: Progress,
    severities_of: Org | None = None,
) -> tuple[Org, tuple[Finding, ...]]:
    """One side, and everything found there."""
    if not _holds_things(snapshot):
        return load(snapshot, today), ()

    def read(kept: Kept) -> tuple[Org, tuple[Finding, ...]]:
        found = check_kept(kept, progress, severities_of=severities_of)
        return kept.open(), found

    return with_kept(repository, snapshot, name, today, read, progress=progress)


def _holds_things(snapshot: Snapshot) -> bool:
    return any(identify(path) for path in snapshot.entries)
