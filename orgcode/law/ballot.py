"""All that a method of deciding looks at: who decides, what each has said, and the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from orgcode.law.clock import Period
from orgcode.law.shares import parse_quorum
from orgcode.law.verdict import Outcome
from orgcode.law.voices import Standing
from orgcode.model.entities import Way
from orgcode.model.message import Message
from orgcode.model.org import Org


class Ballot(Struct, frozen=True, kw_only=True):
    """One decision at one moment. People are ids, sorted."""

    org: Org
    """The organisation before the change."""
    way: Way
    body: tuple[str, ...]
    """Those who are counted: who decided at the opening and decides now, without who is away and
    says nothing."""
    objectors: tuple[str, ...]
    """Those whose objection holds: who decided at the opening or decides now."""
    standing: Mapping[str, Standing]
    """What stands of everybody's words, by person."""
    short: frozenset[str]
    """Who has said something that is not sure enough."""
    period: Period
    now: datetime
    is_early: bool
    """Whether it may be decided before the period is over, when all have responded."""
    has_way_out: bool
    """Whether it does not end by being stuck, since there is an `otherwise`."""
    proposer: str
    affected: tuple[str, ...] = ()
    """Active people whom the change concerns, where their advice is asked."""
    absent: frozenset[str] = frozenset()
    """Those of them who are away, for whom it does not wait."""
    answered: frozenset[str] = frozenset()
    """Digests of the entries that the proposer has answered."""

    @property
    def responded(self) -> tuple[str, ...]:
        """Those of the body who have responded to the present change."""
        return tuple(p for p in self.body if (s := self.standing.get(p)) and s.is_response)

    @property
    def silent(self) -> tuple[str, ...]:
        """Those of the body who have not."""
        responded = set(self.responded)
        return tuple(person for person in self.body if person not in responded)

    @property
    def assenting(self) -> tuple[str, ...]:
        """Those of the body who say yes to the present change."""
        return tuple(p for p in self.body if (s := self.standing.get(p)) and s.is_assent)

    @property
    def opposing(self) -> tuple[str, ...]:
        """Those who say no with a reason."""
        return tuple(p for p in self.objectors if (s := self.standing.get(p)) and s.is_opposition)

    @property
    def has_quorum(self) -> bool:
        """Whether enough of the body have responded."""
        return len(self.responded) >= self.quorum

    @property
    def quorum(self) -> int:
        """How many of the body have to respond."""
        return parse_quorum(self.way.quorum).needed(len(self.body))

    @property
    def may_end_now(self) -> bool:
        """Whether it may be decided now that all have responded: early, or when the period is over
        or nobody can tell.
        """
        return self.is_early or self.period.begins_at is None or self.period.was_had(self.now)

    @property
    def is_over(self) -> bool:
        """Whether the time for it is over."""
        return self.period.is_over(self.now)

    def names(self, people: Iterable[str]) -> tuple[str, ...]:
        """The names of people."""
        known = self.org.people
        return tuple(person.name if (person := known.get(id)) else id for id in people)


class Tally(Struct, frozen=True, kw_only=True):
    """What a ballot comes to."""

    outcome: Outcome
    sentence: Message
    missing: tuple[str, ...] = ()
    """Ids of those whose response it waits for."""
    unblock: tuple[str, ...] = ()
    """Ids of those who can change the outcome."""
