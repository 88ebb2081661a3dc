"""A change and its evidence: what of them does not depend on the moment of judging."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from orgcode.changes.change import Change
from orgcode.law.affected_by import affected_by, affected_in
from orgcode.law.clock import moment
from orgcode.law.electorate import Electorate, electorate
from orgcode.law.evidence import Evidence
from orgcode.model.effect import Effect
from orgcode.model.entities import Proposal, Way


class Body(Struct, frozen=True, kw_only=True):
    """Who decides in one way, at the opening and now."""

    now: Electorate
    everybody: frozenset[str]
    """Who decided at the opening and decides now, also those who are away."""
    objectors: tuple[str, ...]


class Case:
    """A change and its evidence; everything is worked out once, when it is asked for."""

    def __init__(self, change: Change, evidence: Evidence, record: Proposal) -> None:
        self.change = change
        self.evidence = evidence
        self.record = record
        self.before = change.before
        self.is_time_claimed = (
            self.before.organisation is not None
            and self.before.organisation.assurance_time == "claimed"
        )
        self.answered = frozenset(answer.to for answer in record.answers)
        self._record = tuple(
            it for it in change.effects if it.thing == f"proposals/{evidence.proposal}"
        )
        self._affected: dict[int, tuple[str, ...]] = {}
        self._bodies: dict[tuple[object, ...], Body] = {}

    @property
    def opened_at(self) -> datetime | None:
        """When the proposal was opened, as far as that is believed."""
        if self.evidence.opened_at is not None or not self.is_time_claimed:
            return self.evidence.opened_at
        return moment(self.record.opened_at)

    def affected(self, effect: Effect) -> tuple[str, ...]:
        """Active people whom an effect concerns on either side of it, or whom the proposal asks:
        those to be heard.
        """
        place = id(effect)  # its mappings have no hash
        if place not in self._affected:
            found = affected_by(self.change, [effect, *self._record])
            self._affected[place] = tuple(who for who in found if self._is_active(who))
        return self._affected[place]

    def body(self, way: Way, circle: str, effect: Effect) -> Body:
        """Who decides about an effect in one way in a circle."""
        states = (self.before, self.evidence.opening)
        # what the change itself says about people makes nobody a voter
        affected = tuple(
            tuple(affected_in(org, effect)) if "affected" in way.of else () for org in states
        )
        subjects = effect.subjects if "subject" in {*way.of, *way.recuse} else ()
        key = (way.of, way.recuse, circle, subjects, affected)
        if key not in self._bodies:
            self._bodies[key] = self._count(way, circle, subjects, affected)
        return self._bodies[key]

    def _is_active(self, person_id: str) -> bool:
        person = self.before.people.get(person_id)
        return person is not None and person.is_active(self.before.today)

    def _count(
        self,
        way: Way,
        circle: str,
        subjects: Collection[str],
        affected: Collection[Collection[str]],
    ) -> Body:
        now, opening = (
            electorate(
                org,
                way,
                circle,
                subjects=subjects,
                affected=concerned,
                proposer=self.record.proposer,
            )
            for org, concerned in zip((self.before, self.evidence.opening), affected, strict=True)
        )
        here, there = _everybody(now), _everybody(opening)
        return Body(now=now, everybody=here & there, objectors=tuple(sorted(here | there)))


def _everybody(found: Electorate) -> frozenset[str]:
    return frozenset((*found.people, *found.away))
