"""How proposals were decided, and how those stand that are open.

What is found out about a step of the past holds for ever, unless a server turns out to have noted
something else about its proposal; what is found out about an open proposal holds as long as it,
the target and that log stay as they are, for that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from orgcode.actions.decision_notes import as_note, from_note
from orgcode.actions.open_proposals import PREFIX
from orgcode.actions.open_then import Then
from orgcode.actions.telling import Telling, told
from orgcode.adapters.git.past import Past
from orgcode.adapters.git.received import ReceivedLog
from orgcode.changes.telling_order import as_told
from orgcode.law.derivation import proofs, rulings, turns_at
from orgcode.model.decision import Decision
from orgcode.model.effect import top
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import path_of

if TYPE_CHECKING:
    from orgcode.actions.judging_steps import JudgedStep
    from orgcode.law.evidence import Evidence
    from orgcode.law.verdict import Verdict
    from orgcode.model.org import Org


class Decisions:
    """The decisions of the line that leads to a commit, and what was open then."""

    def __init__(self, past: Past, telling: Telling, then: Then) -> None:
        self._past = past
        self._telling = telling
        self._repository = then.repository
        self._then = then
        self._known: dict[str, Decision | None] = {}
        self._judged: dict[int, Decision] = {}
        self._has_walked = False

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
            found = self._noted(about, number)
            if found is None:
                found = self._open(heads[proposal])
                self._past.keep_note(about, number, as_note(found))
            return found
        step = self._step_of(proposal)
        if step is None:
            return None
        found = self._noted(self._about(proposal), step)
        if found is None:
            self._judge_what_is_missing()
            found = self._judged.get(step) or self._told(step)
        return found

    def _noted(self, about: str, commit: int) -> Decision | None:
        return from_note(self._past.note(about, commit))

    def _about(self, proposal: str) -> str:
        return f"decision {_digest(*self._logged(proposal))}"

    def _step_of(self, proposal: str) -> int | None:
        """The step of the main line that put a proposal on record."""
        history, path = self._past.history, path_of("proposal", proposal)
        return min(history.steps_of(path), default=None)

    # What is open

    def _open(self, head: str) -> Decision:
        from orgcode.actions.judging import judge_proposal  # only here: slow to import
        from orgcode.adapters.signing.verifying import verify

        now = self._then.at
        try:
            judged = judge_proposal(self._repository, self._then.target, head, now, verify)
        except OrgcodeError as error:
            return Decision(is_open=True, told=(), reasons=(error.cause,))
        found = _of_verdict(judged.verdict, judged.change.before, judged.evidence)
        effects = [it for it in judged.change.effects if top(it.kind) != "proposal"]
        return found._replace(
            is_open=True,
            told=tuple(map(told, as_told(effects))),
            until=turns_at(judged.change, judged.evidence, now),
            adoptable_from=judged.verdict.adoptable_from,
        )

    # What is decided

    def _told(self, step: int) -> Decision:
        """What a step did, where nobody can judge it."""
        happening = self._telling.of(step)
        done = tuple(each for each in happening.told if top(each.kind) != "proposal")
        return Decision(is_open=False, told=done, at=happening.at)

    def _judge_what_is_missing(self) -> None:
        """Judge every step with a proposal of which nothing is noted yet, in one walk over the
        line: each costs what it changes, and the walk to the first of them what there is.
        """
        if self._has_walked or self._past.history.is_cut_off:
            return
        self._has_walked = True
        line = self._past.history.line
        missing = {
            place: proposal
            for place, step in enumerate(line)
            if (proposal := self._telling.of(step).proposal) is not None
            and self._noted(self._about(proposal), step) is None
        }
        if not missing:
            return
        from orgcode.actions.judging_steps import judge_steps  # only here: slow to import
        from orgcode.adapters.signing.verifying import verify

        ids = self._past.history.graph.id
        first, last = max(missing), min(missing)
        start = ids(line[first + 1]) if first + 1 < len(line) else None
        steps = [ids(line[place]) for place in range(first, last - 1, -1)]
        commits, log, now = self._repository.commits, self._log, self._then.at
        judged = judge_steps(commits, log, start, steps, now, verify)
        by_commit = {each.commit: _of_step(each) for each in judged if each.proposal}
        for place, proposal in missing.items():
            step = line[place]
            plain, found = self._told(step), by_commit.get(ids(step))
            if found is not None:
                found = found._replace(at=plain.at, told=plain.told or found.told)
            self._judged[step] = found or plain
            self._past.keep_note(self._about(proposal), step, as_note(self._judged[step]))

    @cached_property
    def _log(self) -> ReceivedLog:
        return ReceivedLog(self._repository.commits, self._repository.received)

    def _logged(self, proposal: str) -> list[str]:
        """What a server has noted about a proposal."""
        found = self._log.of(PREFIX + proposal)
        return [f"{entry.line!r} {entry.signature} {tip}" for entry, tip in found]


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def _of_verdict(verdict: Verdict, before: Org, evidence: Evidence) -> Decision:
    effects = {
        id(effect): effect
        for judgement in verdict.judgements
        for effect in judgement.effects
        if top(effect.kind) != "proposal"
    }
    return Decision(
        is_open=False,
        told=tuple(map(told, as_told(effects.values()))),
        outcome=verdict.outcome,
        sentence=verdict.sentence,
        reasons=verdict.reasons,
        rulings=rulings(before, verdict),
        proofs=proofs(before, evidence, verdict),
        is_founding=verdict.is_founding,
    )


def _of_step(step: JudgedStep) -> Decision | None:
    if step.verdict is None or step.evidence is None:
        return None
    found = _of_verdict(step.verdict, step.before, step.evidence)
    if step.flaws:
        reasons = (*step.flaws, *found.reasons)
        return found._replace(outcome="invalid", sentence=step.flaws[0], reasons=reasons)
    return found
