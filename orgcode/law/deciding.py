"""What a need comes to at a moment: from who decides and what was said to a judgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from orgcode.law.assurance import needed_level, suffices
from orgcode.law.ballot import Ballot, Tally
from orgcode.law.case import Body, Case
from orgcode.law.clock import Period, later, moment
from orgcode.law.evidence import Level
from orgcode.law.methods import METHODS
from orgcode.law.needs import GOVERNANCE, Need
from orgcode.law.verdict import OUTCOMES, Judgement, Outcome, Voice
from orgcode.law.voices import Standing, Voices
from orgcode.law.voicing import say_own, say_voices
from orgcode.model.effect import covers
from orgcode.model.entities import Way
from orgcode.model.message import message


class Moment:
    """A case at a moment: what each need comes to then."""

    def __init__(self, case: Case, now: datetime) -> None:
        self._case = case
        self._now = now
        self._voices = Voices(case.before, case.evidence, case.record.proposer, now)
        self._periods: list[Period] = []

    @property
    def turning_points(self) -> tuple[datetime, ...]:
        """The moments to come at which a need may come to something else by itself."""
        ends = {end for period in self._periods if (end := period.ends_at)}
        begun = {period.begins_at for period in self._periods if period.begins_at}
        return tuple(sorted(at for at in ends | begun if at > self._now))

    def judge(self, need: Need) -> Judgement:
        """What a need comes to; of it and those that would do instead, the best."""
        own = self._assent(need) if need.person is not None else self._by_rule(need)
        if not need.instead:
            return own
        others = tuple(self.judge(other) for other in need.instead)
        best = max((own, *others), key=lambda it: OUTCOMES.index(it.outcome))
        if best is own:
            return replace(own, instead=others)
        return replace(
            own, outcome=best.outcome, sentence=best.sentence, unblock=best.unblock, instead=others
        )

    # The assent of one person

    def _assent(self, need: Need) -> Judgement:
        person = need.person or ""
        level = needed_level(self._case.before, need.kind)
        if need.by_credential and not suffices(level, "attested"):
            level = "attested"
        subjects = need.effect.subjects
        standing = self._voices.standing(person, level, need.circle, subjects)
        known = self._case.before.people.get(person)
        is_active = known is not None and known.is_active(self._case.before.today)
        name = known.name if known else person
        outcome: Outcome
        if need.sort == "proposer" and standing and standing.stance == "withdraw":
            outcome, said = "rejected", message("{who} has withdrawn it.", who=name)
        elif not is_active:
            outcome = "invalid"
            said = message(
                "{who} is not one of the people of the organisation yet: the first thing to "
                "hold comes in a second step, after joining.",
                who=name,
            )
        elif standing is not None and standing.is_assent:
            outcome, said = "adopted", message("{who} agrees.", who=name)
        else:
            outcome, said = "open", message("{who} has to agree, and has not yet.", who=name)
        return Judgement(
            sort=need.sort,
            effects=(need.effect,),
            kind=need.kind,
            circle=need.circle,
            outcome=outcome,
            sentence=said,
            level=level,
            voices=(say_own(person, standing),),
            missing=(person,) if outcome == "open" else (),
            unblock=(person,) if outcome == "open" else (),
        )

    # The decision of a rule

    def _by_rule(self, need: Need) -> Judgement:
        if need.match is None:
            return Judgement(
                sort="rule",
                effects=(need.effect,),
                kind=need.kind,
                circle=need.circle,
                outcome="blocked",
                sentence=message("No rule says how this is decided."),
                level=needed_level(self._case.before, need.kind),
            )
        rule = need.match.rule
        own = self._in_way(need, rule.way, self._period(need, rule.way, None))
        otherwise = rule.otherwise
        opened = self._case.opened_at
        if otherwise is None or opened is None or own.outcome not in {"open", "blocked"}:
            return own
        begins = later(opened, otherwise.after)
        self._periods.append(Period(begins_at=begins, days=0))
        if begins > self._now:
            return own
        found = self._in_way(
            need, otherwise.way, self._period(need, otherwise.way, begins), is_otherwise=True
        )
        return replace(found, match=need.match)

    def _in_way(
        self, need: Need, way: Way, period: Period, *, is_otherwise: bool = False
    ) -> Judgement:
        ballot, body, level = self._ballot(need, way, period, is_otherwise=is_otherwise)
        tally = METHODS[way.by](ballot) if ballot.body else _nobody(ballot)
        return Judgement(
            sort="rule",
            effects=(need.effect,),
            kind=need.kind,
            circle=need.circle,
            outcome=tally.outcome,
            sentence=tally.sentence,
            level=level,
            match=need.match,
            way=way,
            is_otherwise=is_otherwise,
            electorate=body.now,
            voices=tuple(self._said(ballot, body)),
            missing=tally.missing,
            unblock=tally.unblock,
        )

    def _ballot(
        self, need: Need, way: Way, period: Period, *, is_otherwise: bool
    ) -> tuple[Ballot, Body, Level]:
        case, subjects = self._case, need.effect.subjects
        level = needed_level(case.before, need.kind)
        body = case.body(way, need.circle, need.effect)
        affected = case.affected(need.effect) if way.by == "advice" else ()
        people = {*self._voices.people}
        standing: dict[str, Standing] = {}
        for person in people:
            found = self._voices.standing(person, level, need.circle, subjects)
            if found is not None:
                standing[person] = found
        short = {p for p in people if self._voices.falls_short(p, level, need.circle, subjects)}
        away = {*body.now.away}
        present = sorted(
            person
            for person in body.everybody
            if person not in away or ((s := standing.get(person)) and s.is_response)
        )
        has_way_out = (
            not is_otherwise and need.match is not None and (need.match.rule.otherwise is not None)
        )
        ballot = Ballot(
            org=case.before,
            way=way,
            body=tuple(present),
            objectors=body.objectors,
            standing=standing,
            short=frozenset(short),
            period=period,
            now=self._now,
            is_early=way.early if way.early is not None else not _is_governance(need),
            has_way_out=has_way_out,
            proposer=case.record.proposer,
            affected=affected,
            absent=frozenset(
                id for id in affected if case.before.people[id].is_away(case.before.today)
            ),
            answered=case.answered,
        )
        return ballot, body, level

    def _period(self, need: Need, way: Way, begins: datetime | None) -> Period:
        """From when the way is open: since the present change was seen, or since it began later."""
        start = self._start(need)
        if start is not None and begins is not None:
            start = max(start, begins)
        period = Period(begins_at=start, days=way.open_for)
        self._periods.append(period)
        return period

    def _start(self, need: Need) -> datetime | None:
        case = self._case
        if case.evidence.change_seen_at is not None or not case.is_time_claimed:
            return case.evidence.change_seen_at
        level = needed_level(case.before, need.kind)
        said = self._voices.first_assent_at(level, need.circle, need.effect.subjects)
        found = [at for text in (said, case.record.opened_at) if text and (at := moment(text))]
        return max(found) if said is not None else None

    def _said(self, ballot: Ballot, body: Body) -> Iterator[Voice]:
        return say_voices(ballot, body.now, self._voices.people)


def _nobody(ballot: Ballot) -> Tally:
    """Nobody who decided at the opening decides now."""
    return Tally(
        outcome="blocked",
        sentence=message(
            "Nobody who decided about this when it was opened decides about it now: open it anew."
        ),
        unblock=(ballot.proposer,),
    )


def _is_governance(need: Need) -> bool:
    found = need.match.kind if need.match else need.kind
    return covers(GOVERNANCE, need.kind) or covers(GOVERNANCE, found)


def worst(judgements: Iterable[Judgement]) -> Outcome:
    """The outcome of all together."""
    found = (judgement.outcome for judgement in judgements)
    return min(found, key=OUTCOMES.index, default="adopted")
