"""The judge: whether a change is lawful, by the law as it was before the change.

One pure function, called by status, gate, hook, adopt and audit alike, so that they agree. The law
is section 5 of the design; its rules are numbered there, and in the modules that hold them:
`form` (2, 3, 13, 14), `needs` (9, 11, 12, 15), `voices` and `assurance` (4, 6), `clock` (5),
`electorate` (7, 8), `methods` (10), `matching` (1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from orgcode.changes.change import Change
from orgcode.law.case import Case
from orgcode.law.deciding import Moment, worst
from orgcode.law.evidence import Evidence
from orgcode.law.form import faults, faults_of_content, is_founding
from orgcode.law.needs import Need, needs
from orgcode.law.verdict import Judgement, Outcome, Verdict
from orgcode.model.entities import Proposal
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message

_MOST_TURNS = 40
"""So many moments to come are looked at for the one from which it can be adopted."""


def judge(
    change: Change, evidence: Evidence, new_errors: Sequence[Finding], now: datetime
) -> Verdict:
    """Judge a change. `change.before` is the target, read for the day of `now`; `change.after` what
    the target would be, the record of the proposal included; `new_errors` what checking finds
    afterwards and not before, as severe as the target says.
    """
    if is_founding(change.before):
        return _founding(change, evidence, new_errors)
    found = tuple(faults(change, evidence, new_errors))
    record = change.after.proposals.get(evidence.proposal)
    if record is None:
        return _invalid(found)
    found = (*found, *_faults_of_proposal(change, record))
    return _judge(Case(change, evidence, record), found, now)


def is_withdrawn(verdict: Verdict) -> bool:
    """Whether it was rejected by its own proposer."""
    return any(it.sort == "proposer" and it.outcome == "rejected" for it in verdict.judgements)


def _founding(change: Change, evidence: Evidence, new_errors: Sequence[Finding]) -> Verdict:
    found = tuple(faults_of_content(change, evidence.conflicts, new_errors))
    if found:
        return _invalid(found, is_founding=True)
    said = message("The rules are not in force yet, and what is sound is adopted.")
    return Verdict(outcome="adopted", sentence=said, is_founding=True)


def _judge(case: Case, faults: tuple[Message, ...], now: datetime) -> Verdict:
    asked = tuple(needs(case.change, case.record.proposer))
    here = Moment(case, now)
    judgements = _gathered(here.judge(need) for need in asked)
    outcome = worst(judgements)
    if faults and outcome != "rejected":
        return _invalid(faults, judgements)
    pending = [it for it in judgements if it.outcome != "adopted"]
    return Verdict(
        outcome=outcome,
        sentence=_sentence(outcome, judgements),
        reasons=(*faults, *_distinct(it.sentence for it in pending), *_about_time(case, pending)),
        unblock=tuple(sorted({person for it in pending for person in it.unblock})),
        adoptable_from=_adoptable_from(case, asked, here, outcome),
        judgements=judgements,
    )


def _invalid(
    faults: tuple[Message, ...],
    judgements: tuple[Judgement, ...] = (),
    *,
    is_founding: bool = False,
) -> Verdict:
    first = faults[0]
    return Verdict(
        outcome="invalid",
        sentence=message("It cannot be adopted as it is: {why}", why=first),
        reasons=faults,
        judgements=judgements,
        is_founding=is_founding,
    )


def _sentence(outcome: Outcome, judgements: tuple[Judgement, ...]) -> Message:
    why = next((it.sentence for it in judgements if it.outcome == outcome), None)
    match outcome:
        case "rejected":
            return message("Rejected: {why}", why=why)
        case "invalid":
            return message("It cannot be adopted as it is: {why}", why=why)
        case "blocked":
            return message("Blocked: {why}", why=why)
        case "open":
            return message("Still open: {why}", why=why)
    return message("Everything that this change needs is there.")


def _about_time(case: Case, pending: list[Judgement]) -> Iterator[Message]:
    """What is to be known of the times that count."""
    if case.evidence.change_seen_at is not None:
        return
    if case.is_time_claimed:
        yield message("Times count as people wrote them; no witness has seen this.")
    elif any(it.way and it.way.open_for and it.missing for it in pending):
        yield message("No witness has seen this, so that silence does not count.")


def _adoptable_from(
    case: Case, asked: tuple[Need, ...], here: Moment, outcome: Outcome
) -> datetime | None:
    """The first moment to come at which it can be adopted, if nobody says anything new."""
    if outcome not in {"open", "blocked"}:
        return None
    waiting = set(here.turning_points)
    for _ in range(_MOST_TURNS):
        if not waiting:
            return None
        at = min(waiting)
        there = Moment(case, at)
        then = worst(there.judge(need) for need in asked)
        if then == "adopted":
            return at
        if then == "rejected":
            return None
        waiting = {later for later in (*waiting, *there.turning_points) if later > at}
    return None


def _gathered(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those that are alike but for their effects, as one."""
    found: dict[tuple[object, ...], list[Judgement]] = {}
    for judgement in judgements:
        name = judgement.match.name if judgement.match else judgement.kind
        alike = found.setdefault((judgement.sort, judgement.circle, name), [])
        for place, other in enumerate(alike):
            said_alike = replace(
                judgement, effects=other.effects, kind=other.kind, match=other.match
            )
            if said_alike == other:
                new = tuple(e for e in judgement.effects if not any(e is o for o in other.effects))
                alike[place] = replace(other, effects=(*other.effects, *new))
                break
        else:
            alike.append(judgement)
    return tuple(judgement for alike in found.values() for judgement in alike)


def _distinct(said: Iterable[Message]) -> Iterator[Message]:
    told: list[Message] = []
    for each in said:
        if each not in told:
            told.append(each)
            yield each


def _faults_of_proposal(change: Change, record: Proposal) -> Iterator[Message]:
    person = change.before.people.get(record.proposer)
    if person is None or not person.is_active(change.before.today):
        yield message(
            "{who} is not one of the people of the organisation: somebody who is has to propose "
            "it.",
            who=person.name if person else record.proposer,
        )
    if record.outcome is not None:
        yield message("Its record says that it has ended without being adopted.")
