"""How a verdict came about, told so that it can be kept: rule by rule, voice by voice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from orgcode.changes.change import Change
from orgcode.law.assurance import level_of
from orgcode.law.case import Case
from orgcode.law.deciding import Moment
from orgcode.law.evidence import LEVELS, Evidence, Heard
from orgcode.law.needs import needs
from orgcode.law.sentences import stuck_in, way_in_words, where_it_stands
from orgcode.law.verdict import Judgement, Verdict, Voice
from orgcode.model.decision import Counted, Proof, Ruling
from orgcode.model.org import Org

_Place = tuple[str, frozenset[str]]


def rulings(before: Org, verdict: Verdict) -> tuple[Ruling, ...]:
    """What each thing that the change needs has come to."""
    return tuple(_ruling(before, _held(judgement)) for judgement in verdict.judgements)


def proofs(before: Org, evidence: Evidence, verdict: Verdict) -> tuple[Proof, ...]:
    """How sure each entry is, in the circle where it proves most."""
    places = tuple(dict.fromkeys(_places(before, verdict)))
    return tuple(_proof(before, heard, places) for heard in evidence.heard)


def turns_at(change: Change, evidence: Evidence, now: datetime) -> datetime | None:
    """The next moment at which time makes a difference; None where it makes none."""
    record = change.after.proposals.get(evidence.proposal)
    if record is None:
        return None
    moment = Moment(Case(change, evidence, record), now)
    for need in needs(change, record.proposer):
        moment.judge(need)
    return min(moment.turning_points, default=None)


def _held(judgement: Judgement) -> Judgement:
    """Of several that would do, the one that counted."""
    alike = (it for it in judgement.instead if it.sentence == judgement.sentence)
    return next(alike, judgement)


def _ruling(before: Org, judgement: Judgement) -> Ruling:
    match, way, voters = judgement.match, judgement.way, judgement.electorate
    rule = way_out = None
    if match is not None and way is not None and voters is not None:
        rule = way_in_words(before, way, voters, judgement.circle)
        if not judgement.is_otherwise and match.rule.otherwise is not None:
            way_out = stuck_in(before, match.rule.otherwise, judgement.circle)
    return Ruling(
        sort=judgement.sort,
        circle=judgement.circle,
        kinds=tuple(dict.fromkeys(effect.kind for effect in judgement.effects)),
        outcome=judgement.outcome,
        sentence=judgement.sentence,
        level=judgement.level,
        by=way.by if way else "",
        rule=rule,
        way_out=way_out,
        origin=where_it_stands(before, match) if match else None,
        is_otherwise=judgement.is_otherwise,
        deciding=len({*voters.people, *voters.away}) if voters else 0,
        voices=tuple(map(_counted, judgement.voices)),
        missing=judgement.silent,
    )


def _counted(voice: Voice) -> Counted:
    stance = voice.heard.response.stance if voice.heard else ""
    return Counted(person=voice.person, stance=stance, is_counted=voice.is_counted, why=voice.why)


def _proof(before: Org, heard: Heard, places: tuple[_Place, ...]) -> Proof:
    levels = [level_of(before, heard, circle, concerned) for circle, concerned in places]
    level = max(levels, key=LEVELS.index)
    return Proof(digest=heard.digest, level=level, seen_at=heard.seen_at, flaw=heard.flaw)


def _places(before: Org, verdict: Verdict) -> Iterator[_Place]:
    """The circles in which it is judged, with the people who are concerned there."""
    own = (it for it in verdict.judgements if it.sort == "proposer")
    proposer = {voice.person for judgement in own for voice in judgement.voices}
    for judgement in verdict.judgements:
        subjects = {person for effect in judgement.effects for person in effect.subjects}
        yield judgement.circle, frozenset(subjects | proposer)
    yield before.anchor or "", frozenset(proposer)
