"""When each step of a target was taken: when it was committed, as far as that can be.

It was not taken before the step that it goes on from, nor before the last moment at which a witness
still saw the target there; and neither after a witness saw the target at it, nor later than now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from orgcode.adapters.git.ancestry import RawCommit
from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.objects import Objects
from orgcode.adapters.git.received import Received, ReceivedLog, witness_of
from orgcode.documents.loading import load
from orgcode.law.signers import Verify
from orgcode.model.history import moment_of
from orgcode.model.org import Org
from orgcode.model.snapshot import Entry


class StepMoments:
    """The moments of the steps of one line, asked for one after the other."""

    def __init__(self, commits: Commits, log: ReceivedLog, now: datetime, verify: Verify) -> None:
        self._commits = commits
        self._now = now
        self._verify = verify
        self._seen: dict[str, list[Received]] = {}
        for entry in log.entries:
            self._seen.setdefault(entry.target, []).append(entry)
        self._last = datetime.min.replace(tzinfo=UTC)
        self._witnesses: dict[Entry | None, Org] = {}

    def pass_over(self, tip: str) -> None:
        """Go along the line up to a commit: what comes after it was not taken before."""
        for commit in [*self._commits.line(tip)][::-1]:
            self.of(commit, partial(self._org_before, commit))

    def of(self, step: RawCommit, org_before: Callable[[], Org]) -> datetime:
        """The moment of the next step; the witnesses are those of the organisation before it."""
        before = self._witnessed(step.parents[0], org_before) if step.parents else []
        here = self._witnessed(step.id, org_before)
        self._last = max(moment_of(step.seconds), _not_before(self._last, before))
        self._last = min(self._now, self._last, *here[:1])
        return self._last

    def _witnessed(self, commit: str, org_before: Callable[[], Org]) -> list[datetime]:
        """The first and the last moment at which a witness saw the target lead to a commit."""
        entries = self._seen.get(commit)
        if not entries:
            return []
        org = org_before()
        found = (
            next((it.at for it in end if isinstance(witness_of(it, org, self._verify), str)), None)
            for end in (entries, reversed(entries))
        )
        return [at for at in found if at is not None]

    def _org_before(self, step: RawCommit) -> Org:
        """No more of the organisation than org.yaml, in which the witnesses stand."""
        entry = None
        if step.parents:
            before = self._commits.commit(step.parents[0])
            entry = self._commits.folders.at(before.tree, "org.yaml")
        if entry not in self._witnesses:
            entries: Mapping[str, Entry] = {} if entry is None else {"org.yaml": entry}
            snapshot = Objects(entries, self._commits.odb)
            self._witnesses[entry] = load(snapshot, self._now.date())
        return self._witnesses[entry]


def _not_before(last: datetime, seen: list[datetime]) -> datetime:
    """The moment before which a step was not taken, whatever its commit says: that of the step
    before it, and the last at which a witness saw the target there.
    """
    return max([last, *seen[-1:]])
