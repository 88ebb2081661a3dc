"""The methods of deciding (section 5, rule 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from tests.law.naive.reading import Data
from tests.law.naive.voices import Voices


@dataclass
class Count:
    """All that a method is to know."""

    way: Data
    body: set[str]
    either: set[str]
    """Who could object: those in the electorate then or now."""
    voices: Voices
    start: datetime | None
    now: datetime
    early: bool
    has_way_out: bool
    proposer: str
    affected: set[str]
    to_be_heard: set[str]
    """Under advice: the affected, without the proposer and those who are away."""
    answered: set[str]

    @property
    def days(self) -> int:
        return int(self.way.get("open_for", "0 days").split()[0])

    @property
    def is_over(self) -> bool:
        if self.start is None or not self.days:
            return False
        return self.now >= self.start + timedelta(days=self.days)

    @property
    def responded(self) -> set[str]:
        return {id for id in self.body if self.voices.has_responded(id)}

    @property
    def may_end(self) -> bool:
        return self.early or self.is_over or not self.days or self.start is None

    def is_quorum(self, number: int) -> bool:
        quorum = self.way.get("quorum", "1")
        if "/" in quorum:
            return number >= 1 and number >= Fraction(quorum) * len(self.body)
        return number >= int(quorum)

    @property
    def stuck(self) -> str:
        return "rejected" if self.is_over and not self.has_way_out else "blocked"


def decide(count: Count) -> str:
    if not count.body:
        return "blocked"
    method = {
        "consent": consent,
        "consensus": consensus,
        "vote": vote,
        "role": role,
        "advice": advice,
    }[count.way["by"]]
    return method(count)


def consent(count: Count) -> str:
    voices = count.voices
    if any(voices.opposes(id) for id in count.either):
        return count.stuck
    if not count.is_quorum(len(count.responded)):
        return "open"
    if not any(voices.assents(id) for id in count.body):
        return "open"
    silent = count.body - count.responded
    if not silent and count.may_end:
        return "adopted"
    has_begun = count.start is not None and count.start <= count.now
    had_time = has_begun and (count.is_over or not count.days)
    is_silence_consent = count.way.get("silence") == "consents"
    if had_time and is_silence_consent and not silent & voices.short:
        return "adopted"
    return "open"


def consensus(count: Count) -> str:
    voices = count.voices
    if any(voices.opposes(id) for id in count.either):
        return count.stuck
    if any(not voices.assents(id) for id in count.responded):
        return count.stuck
    is_all = count.responded == count.body
    if is_all and count.is_quorum(len(count.responded)) and count.may_end:
        return "adopted"
    return "open"


def vote(count: Count) -> str:
    voices = count.voices
    voted = {
        id
        for id in count.body
        if voices.stance(id) in ("yes", "consent", "no", "objection", "abstain")
    }
    if not count.is_over and not (voted == count.body and count.may_end):
        return "open"
    yes = sum(voices.assents(id) for id in count.body)
    no = sum(voices.says_no(id) for id in count.body)
    if not yes + no or not count.is_quorum(len(voted)):
        return "rejected"
    threshold = count.way.get("threshold", "> 1/2")
    share, least = Fraction(yes, yes + no), Fraction(threshold.lstrip(">= "))
    met = share >= least if threshold.startswith(">=") else share > least
    return "adopted" if met else "rejected"


def role(count: Count) -> str:
    if any(count.voices.opposes(id) for id in count.either):
        return count.stuck
    return "adopted" if any(count.voices.assents(id) for id in count.body) else "open"


def advice(count: Count) -> str:
    voices = count.voices
    if count.proposer not in count.body:
        return count.stuck
    had_time = count.is_over or not count.days
    for id in count.to_be_heard:
        if not (had_time or voices.has_responded(id) or voices.opposes(id)):
            return "open"
    for id in count.affected | count.either:
        end = voices.ends.get(id)
        wants_answer = end and end["entry"]["stance"] in ("objection", "concern", "advice")
        if end and wants_answer and end["digest"] not in count.answered:
            return "open"
    return "adopted" if voices.assents(count.proposer) else "open"
