"""What people said to a proposal: chains with forks, late and early, sure and less sure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from orgcode.model.digest import entry_digest
from tests.law.generated.organisations import ID, Data

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
STANCES = ("consent", "yes", "abstain", "concern", "advice", "objection", "no")
MOODS = (
    (("consent", 8), ("yes", 6)),
    (("consent", 8), ("yes", 4), ("abstain", 1), ("no", 1), ("concern", 1)),
    (("yes", 3), ("no", 3), ("abstain", 1), ("objection", 1)),
    (("consent", 3), ("concern", 2), ("advice", 2), ("objection", 1)),
    (("no", 4), ("objection", 3), ("yes", 2)),
)


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def digest_of(word: str) -> str:
    return sha256(word.encode()).hexdigest()


class Speakers:
    """People who respond, in one mood."""

    def __init__(
        self,
        rng: Random,
        *,
        proposal: str,
        proposer: str,
        change: str,
        opened: datetime,
        scribes: list[str],
    ) -> None:
        self.rng = rng
        self.scribes = scribes
        """Who might take minutes."""
        self.proposal, self.proposer, self.change = proposal, proposer, change
        self.opened = opened
        self.mood = rng.choice(MOODS)
        self.diligence = rng.choice([0.2, 0.6, 0.9, 1.0, 1.0])
        self.disorder = rng.choice([0.0, 0.0, 0.1, 0.4])
        self.signing = rng.choice([0.0, 0.3, 0.8, 1.0, 1.0])

    def heard(self, people: list[str]) -> list[Data]:
        """Every entry of everybody."""
        found: list[Data] = []
        for person in people:
            if person == self.proposer:
                if self.rng.random() < 0.93:
                    found += self.chain(person, people)
            elif self.rng.random() < self.diligence:
                found += self.chain(person, people)
        self.rng.shuffle(found)
        return found

    def chain(self, person: str, people: list[str]) -> list[Data]:
        rng = self.rng
        found: list[Data] = []
        after: str | None = None
        for _ in range(1 if rng.random() > self.disorder else rng.randint(2, 4)):
            heard = self.entry(person, people, after)
            if heard["digest"] in [other["digest"] for other in found]:
                continue
            found.append(heard)
            if rng.random() > self.disorder / 2:
                after = heard["digest"]
        return found

    def stance(self, person: str) -> str:
        if person == self.proposer:
            if self.rng.random() < 0.02:
                return "withdraw"
            if self.rng.random() < 0.9:
                return "consent"
        stances = [stance for stance, _ in self.mood]
        return self.rng.choices(stances, [weight for _, weight in self.mood])[0]

    def entry(self, person: str, people: list[str], after: str | None) -> Data:
        rng = self.rng
        stance = self.stance(person)
        span = max(int((NOW - self.opened).total_seconds()), 1)
        at = self.opened + timedelta(seconds=rng.randrange(span))
        if rng.random() < self.disorder / 4:
            at = NOW + timedelta(hours=rng.randint(1, 99))
        is_stale = rng.random() < self.disorder / 2
        said: dict[str, Any] = {
            "stance": stance,
            "change": digest_of("another change") if is_stale else self.change,
            "at": written(at),
            "after": after,
        }
        if stance in ("objection", "concern", "advice") or (stance == "no" and rng.random() < 0.5):
            said["reason"] = "It is so."
        signed_by = person if rng.random() < self.signing else None
        if rng.random() < 0.12:
            said["recorded_by"] = rng.choice(self.scribes or people)
            signed_by = rng.choice([said["recorded_by"], said["recorded_by"], person, None])
        seen = at + timedelta(minutes=5)
        return {
            "person": person,
            "entry": said,
            "digest": entry_digest(ID, self.proposal, person, said),
            "signed_by": signed_by,
            "is_attested": rng.random() < 0.1,
            "seen_at": written(seen) if seen <= NOW and rng.random() < 0.5 else None,
        }
