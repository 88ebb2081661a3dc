"""How proposals were decided, and how those stand that are open.

What is found out about a step of the past holds for ever, unless a server turns out to have noted
something else about its proposal; what is found out about an open proposal holds as long as it,
the target and that log stay as they are, for that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from orgcode.actions.decision_notes import as_note, from_note
from orgcode.actions.open_proposals import PREFIX
from orgcode.actions.open_then import Then
from orgcode.actions.telling import Telling, told
from orgcode.adapters.git.past import Past
from orgcode.adapters.git.received import ReceivedLog
from orgcode.changes.telling_order import as_told
from orgcode.model.decision import Decision
from orgcode.model.effect import top
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import path_of


class Decisions:
    """The decisions of the line that leads to a commit, and what was open then."""

    def __init__(self, past: Past, telling: Telling, then: Then) -> None:
        self._past = past
        self._telling = telling
        self._repository = then.repository
        self._then = then
        self._known: dict[str, Decision | None] = {}

    @cached_property
    def pending(self) -> tuple[str, ...]:
        """The ids of what is open."""
        return tuple(each.id for each in self._then.pending)

    @cached_property
    def keys(self) -> dict[str, str]:
        """What stands for all that an open proposal's state depends on, by id."""
        return {
            each.id: _digest(each.head, self._then.target, *self._logged(each.id))
            for each in self._then.pending
        }

    @property
    def received(self) -> str:
        """The last entry of the log of a server; empty where there is none."""
        return self._repository.received or ""

    def of(self, proposal: str) -> Decision | None:
        """How a proposal was decided, or stands; None where nothing is known of it."""
        if proposal not in self._known:
            self._known[proposal] = self._found(proposal)
        return self._known[proposal]

    def received_since(self, entry: str) -> Iterator[str]:
        """The proposals about which a server has noted something since an entry of its log."""
        if entry == self.received:
            return
        before = {
            each.line for each in ReceivedLog(self._repository.commits, entry or None).entries
        }
        for each in self._log.entries:
            if each.line not in before:
                yield from (m.ref.removeprefix(PREFIX) for m in each.moved)

    def _found(self, proposal: str) -> Decision | None:
        heads = {each.id: each.head for each in self._then.pending}
        if proposal in heads:
            number = self._past.history.tip
            about = f"open {proposal} {self.keys[proposal]} {self._then.at.isoformat()}"
            return self._kept(about, number, lambda: self._open(heads[proposal]))
        step = self._step_of(proposal)
        if step is None:
            return None
        about = f"decision {_digest(*self._logged(proposal))}"
        return self._kept(about, step, lambda: self._decided(step))

    def _step_of(self, proposal: str) -> int | None:
        """The step of the main line that put a proposal on record."""
        history, path = self._past.history, path_of("proposal", proposal)
        return min(history.steps_of(path), default=None)

    def _kept(self, about: str, commit: int, make: Callable[[], Decision]) -> Decision:
        found = from_note(self._past.note(about, commit))
        if found is None:
            found = make()
            self._past.keep_note(about, commit, as_note(found))
        return found

    def _open(self, head: str) -> Decision:
        try:
            return self._judged(self._then.target, head, self._then.at)._replace(is_open=True)
        except OrgcodeError as error:
            return Decision(is_open=True, told=(), reasons=(error.cause,))

    def _decided(self, step: int) -> Decision:
        happening = self._telling.of(step)
        done = tuple(each for each in happening.told if top(each.kind) != "proposal")
        decided = Decision(is_open=False, told=done, at=happening.at)
        commits = self._repository.commits
        parents = commits.commit(happening.id).parents
        if len(parents) != 2:
            return decided
        try:
            judged = self._judged(parents[0], parents[1], happening.at)
        except OrgcodeError:
            return decided
        return judged._replace(at=happening.at, told=done or judged.told)

    def _judged(self, target: str, head: str, now: datetime) -> Decision:
        from orgcode.actions.judging import judge_proposal  # only here: slow to import
        from orgcode.adapters.signing.verifying import verify
        from orgcode.law.derivation import proofs, rulings, turns_at

        judged = judge_proposal(self._repository, target, head, now, verify)
        change, evidence, verdict = judged.change, judged.evidence, judged.verdict
        done = [effect for effect in change.effects if top(effect.kind) != "proposal"]
        return Decision(
            is_open=False,
            told=tuple(map(told, as_told(done))),
            outcome=verdict.outcome,
            sentence=verdict.sentence,
            reasons=verdict.reasons,
            rulings=rulings(change.before, verdict),
            proofs=proofs(change, evidence, verdict),
            until=turns_at(change, evidence, now),
            adoptable_from=verdict.adoptable_from,
            is_founding=verdict.is_founding,
        )

    @cached_property
    def _log(self) -> ReceivedLog:
        return ReceivedLog(self._repository.commits, self._repository.received)

    def _logged(self, proposal: str) -> list[str]:
        """What a server has noted about a proposal."""
        found = self._log.of(PREFIX + proposal)
        return [f"{entry.line!r} {entry.signature} {tip}" for entry, tip in found]


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:24]
