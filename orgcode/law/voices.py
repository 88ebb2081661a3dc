"""What each person has said that counts: of all their entries the one that stands (rules 4 to 6).

Entries of a person form a chain, each naming the one before. Where it has several ends, since a
branch was rewritten or somebody wrote at two places, the least favourable stands. What is not sure
enough is as if it had not been said, but nobody is taken to be silent who said something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from orgcode.law.assurance import level_of, suffices
from orgcode.law.clock import moment
from orgcode.law.evidence import Evidence, Heard, Level
from orgcode.model.org import Org

ASSENTS = frozenset({"consent", "yes"})
_ORDER = ("objection", "no", "withdraw", "", "concern", "advice", "abstain", "yes", "consent")
"""The least favourable first; the empty one is whatever does not count now."""


class Standing(Struct, frozen=True, kw_only=True):
    """The entry of a person that stands."""

    heard: Heard
    is_response: bool
    """Whether it is about the present change, and not from the future."""

    @property
    def stance(self) -> str:
        """What it says."""
        return self.heard.response.stance

    @property
    def is_assent(self) -> bool:
        """Whether it says yes to the present change."""
        return self.is_response and self.stance in ASSENTS

    @property
    def is_opposition(self) -> bool:
        """Whether it is a no with a reason: to the present change, or to an earlier one that its
        author has not let go.
        """
        return self.stance == "objection" or (
            self.stance == "no" and self.heard.response.reason is not None
        )

    @property
    def is_no(self) -> bool:
        """Whether it is a no in a vote."""
        return self.stance in {"objection", "no"}


class Voices:
    """Everything that was said, and what of it stands at a moment."""

    def __init__(self, before: Org, evidence: Evidence, proposer: str, now: datetime) -> None:
        self._before = before
        self._change = evidence.change
        self._proposer = proposer
        self._now = now
        self._by_person: Mapping[str, list[Heard]] = defaultdict(list)
        for heard in sorted(evidence.heard, key=lambda each: each.digest):
            self._by_person[heard.response.person].append(heard)

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of all who have said something, sorted."""
        return tuple(sorted(self._by_person))

    def standing(
        self, person: str, needed: Level, circle: str, subjects: Collection[str]
    ) -> Standing | None:
        """The entry of a person that stands in a decision; None where nothing sure enough was
        said.
        """
        ends = list(_ends(self._sufficing(person, needed, circle, subjects)))
        if not ends:
            return None
        return min(map(self._stand, ends), key=lambda it: (_rank(it), it.heard.digest))

    def falls_short(
        self, person: str, needed: Level, circle: str, subjects: Collection[str]
    ) -> bool:
        """Whether a person has said something that is not sure enough."""
        said = self._by_person.get(person, ())
        return len(self._sufficing(person, needed, circle, subjects)) < len(said)

    def first_assent_at(self, needed: Level, circle: str, subjects: Collection[str]) -> str | None:
        """When the proposer, by their own word, first spoke about the present change."""
        found = (
            heard.response.at
            for heard in self._sufficing(self._proposer, needed, circle, subjects)
            if heard.response.change == self._change
        )
        return min((at for at in found if moment(at)), key=_moment, default=None)

    def _sufficing(
        self, person: str, needed: Level, circle: str, subjects: Collection[str]
    ) -> list[Heard]:
        concerned = {self._proposer, *subjects}
        return [
            heard
            for heard in self._by_person.get(person, ())
            if suffices(level_of(self._before, heard, circle, concerned), needed)
        ]

    def _stand(self, heard: Heard) -> Standing:
        entry = heard.response
        at = moment(entry.at)
        is_present = entry.change == self._change and at is not None and at <= self._now
        is_withdrawal = entry.stance == "withdraw"
        return Standing(heard=heard, is_response=is_present and not is_withdrawal)


def _ends(said: list[Heard]) -> Iterator[Heard]:
    """The entries that no other one follows."""
    followed = {heard.response.after for heard in said}
    return (heard for heard in said if heard.digest not in followed)


def _rank(standing: Standing) -> int:
    stance = standing.stance
    is_standing = standing.is_response or stance in {"objection", "no", "withdraw"}
    return _ORDER.index(stance if is_standing and stance in _ORDER else "")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
