"""Judge the steps that a target took, or is about to take by a push: each by the law as it was
before it, with the same judge as a proposal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from orgcode.actions.evidence import Ground, View, evidence_of, new_proposal
from orgcode.actions.judging import errors_in
from orgcode.actions.step_moments import StepMoments
from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import EMPTY, Unlike
from orgcode.adapters.git.objects import Objects, list_tree
from orgcode.adapters.git.received import ReceivedLog
from orgcode.adapters.git.steps import Step, step_at
from orgcode.adapters.git.walk import Walk
from orgcode.changes.change import Change
from orgcode.changes.states import readable_at, same
from orgcode.checking.check import check_change
from orgcode.law.evidence import Evidence
from orgcode.law.form import is_founding
from orgcode.law.judge import judge
from orgcode.law.recording import judge_record
from orgcode.law.signers import Verify
from orgcode.law.verdict import Verdict
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import path_of
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org


class JudgedStep(Struct, frozen=True, kw_only=True):
    """What became of one step."""

    commit: str
    at: datetime
    """The moment at which it was judged: when it was committed, as far as no witness saw it
    earlier, or saw later that it was not there."""
    proposal: str
    """The id of its proposal; empty where it has none."""
    verdict: Verdict | None
    """None where nobody can say what it does."""
    before: Org
    evidence: Evidence | None = None
    flaws: tuple[Message, ...] = ()
    """Why it is no lawful step whatever the verdict on its change is."""
    is_recorded: bool = False
    """Whether it only puts on record how a proposal ended."""

    @property
    def is_lawful(self) -> bool:
        """Whether the step is what the law allows."""
        return not self.flaws and self.verdict is not None and self.verdict.is_adopted


def judge_steps(
    commits: Commits,
    log: ReceivedLog,
    start: str | None,
    line: Iterable[str],
    now: datetime,
    verify: Verify,
    *,
    is_happening: bool = False,
) -> Iterator[JudgedStep]:
    """Judge step after step from `start` (None: from nothing). With `is_happening` all of them
    happen now, as in a push; otherwise each at its own moment, but never after `now`.
    """
    entries = list_tree(commits.odb, commits.commit(start).tree) if start else {}
    walk = Walk(Objects(entries, commits.odb), now.date())
    ids = tuple(line)
    steps = _Steps(commits, log, walk, verify, start)
    moments = StepMoments(commits, log, now, verify)
    if start and not is_happening:
        moments.pass_over(start)
    before = [len(log.entries)] * len(ids) if is_happening else _entries_before(log, ids)
    for id, most in zip(ids, before, strict=True):
        try:
            step = step_at(commits, id)
        except OrgcodeError as error:
            # What comes after it cannot be told either: nobody knows what it goes on from.
            yield _unreadable(id, now, walk.org, error.cause)
            return
        moment = now if is_happening else moments.of(step.commit, lambda: walk.org)
        yield steps.judge(step, moment, most)


class _Steps:
    def __init__(
        self, commits: Commits, log: ReceivedLog, walk: Walk, verify: Verify, start: str | None
    ) -> None:
        self._commits = commits
        self._log = log
        self._walk = walk
        self._verify = verify
        self._tree = commits.commit(start).tree if start else EMPTY
        self._most = 0

    def judge(self, step: Step, now: datetime, most: int) -> JudgedStep:
        """The verdict on a step, with the `most` entries of the log that are from before it;
        afterwards the walk stands behind it.
        """
        self._most = most
        before = self._walk.org.on(now.date())
        ahead = self._walk.ahead(step.unlike)
        view = self._view(before, ahead.org, ahead.new_errors)
        proposal = new_proposal(before, step.unlike)
        try:
            judged = self._judged(step, view, proposal, now)
        except OrgcodeError as error:
            judged = _unreadable(step.commit.id, now, before, error.cause, proposal)
        self._walk.advance(ahead, step.unlike)
        self._tree = step.commit.tree
        return judged

    def _judged(self, step: Step, view: View, proposal: str, now: datetime) -> JudgedStep:
        change, errors = _change(view, step.unlike)
        judged = JudgedStep(
            commit=step.commit.id, at=now, proposal=proposal, verdict=None, before=view.before
        )
        if is_founding(view.before):
            evidence = Evidence(proposal=proposal, change="", opening=view.before)
            return replace(judged, verdict=judge(change, evidence, errors, now), evidence=evidence)
        flaws = (step.flaw,) if step.flaw is not None else ()
        record = view.after.proposals.get(proposal) if proposal else None
        if record is not None and record.outcome is not None and step.before is not None:
            if step.result is None:
                return replace(judged, is_recorded=True, flaws=(*flaws, _NOTHING_PROPOSED))
            proposed, evidence = self._proposed(step, view, now)
            return replace(
                judged,
                verdict=judge_record(change, proposal, proposed, errors),
                evidence=evidence,
                flaws=(*flaws, *self._unlike_record(step, view, proposal)),
                is_recorded=True,
            )
        if step.result is not None and not step.is_result:
            flaws = (*flaws, _ANOTHER_TREE)
        evidence = self._evidence(step, view, proposal, step.unlike, now)
        verdict = judge(change, evidence, errors, now)
        return replace(judged, verdict=verdict, evidence=evidence, flaws=flaws)

    def _proposed(self, step: Step, view: View, now: datetime) -> tuple[Verdict, Evidence]:
        """The verdict on what was proposed where a step only records how that ended."""
        result = step.result
        assert result is not None  # noqa: S101 (for the type checker)
        ahead = self._walk.ahead(result.unlike)
        proposed = self._view(view.before, ahead.org, ahead.new_errors)
        change, errors = _change(proposed, result.unlike)
        proposal = new_proposal(view.before, result.unlike)
        evidence = self._evidence(step, proposed, proposal, result.unlike, now)
        return judge(change, evidence, errors, now), evidence

    def _evidence(
        self, step: Step, view: View, proposal: str, unlike: Mapping[str, Unlike], now: datetime
    ) -> Evidence:
        before = step.before
        assert before is not None  # noqa: S101 (a first step is a founding)
        ground = Ground(
            commits=self._commits,
            log=self._log,
            target=before.id,
            base=step.result.base if step.result else before.id,
            tips=(step.commit.id,),
            unlike=unlike,
            conflicts=step.result.conflicts if step.result else (),
            most=self._most,
        )
        return evidence_of(ground, view, proposal, now, self._verify)[0]

    def _unlike_record(self, step: Step, view: View, proposal: str) -> Iterator[Message]:
        """Whether the record of what ended is the one of its head, but for how it ended."""
        head = step.result.unlike if step.result else {}
        folder, path = f"proposals/{proposal}/", path_of("proposal", proposal)
        for own in step.unlike.keys() | head.keys():
            if own.startswith(folder) and own != path and step.unlike.get(own) != head.get(own):
                yield _ANOTHER_RECORD
                return
        after = self._walk.after(head, view.before.today)
        one_record, other = (readable_at(org, path) for org in (view.after, after))
        if isinstance(one_record, Mapping) and isinstance(other, Mapping):
            kept = {key: value for key, value in one_record.items() if key != "outcome"}
            if same(kept, other):
                return
        yield _ANOTHER_RECORD

    def _view(self, before: Org, after: Org, errors: tuple[Finding, ...]) -> View:
        return View(
            before=before,
            after=after.on(before.today),
            new_errors=errors,
            at=self._at,
        )

    def _at(self, commit: str, day: date) -> Org:
        tree = self._commits.commit(commit).tree
        return self._walk.after(self._commits.folders.unlike(self._tree, tree), day)


_ANOTHER_TREE = message(
    "Its files are not those that come of laying the {proposal} over the step before.",
    proposal=one("proposal"),
)
_ANOTHER_RECORD = message(
    "The record that it keeps is not that of the {proposal}.", proposal=one("proposal")
)
_NOTHING_PROPOSED = message(
    "It records how a {proposal} ended, and does not hold what was proposed.",
    proposal=one("proposal"),
)


def _unreadable(
    commit: str, at: datetime, before: Org, why: Message, proposal: str = ""
) -> JudgedStep:
    return JudgedStep(
        commit=commit, at=at, proposal=proposal, verdict=None, before=before, flaws=(why,)
    )


def _change(view: View, unlike: Mapping[str, Unlike]) -> tuple[Change, tuple[Finding, ...]]:
    change = Change.between(view.before, view.after, unlike)
    return change, (*view.new_errors, *errors_in(check_change(change)))


def _entries_before(log: ReceivedLog, line: Sequence[str]) -> list[int]:
    """For each step of a line, how many entries the log had when the target first led to it, or to
    one that came after it; all of them where it never did.
    """
    places = {id: place for place, id in enumerate(line)}
    known = list(accumulate((places.get(it.target, -1) for it in log.entries), max))
    return [bisect_left(known, place) for place in range(len(line))]
