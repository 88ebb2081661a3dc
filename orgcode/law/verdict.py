"""What the judge says of a proposal: one word, one sentence, and how it came to them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from orgcode.law.electorate import Electorate
from orgcode.law.evidence import Heard, Level
from orgcode.law.matching import Match
from orgcode.model.effect import Effect
from orgcode.model.entities import Way
from orgcode.model.message import Message

Outcome = Literal["rejected", "invalid", "blocked", "open", "adopted"]

OUTCOMES: tuple[Outcome, ...] = ("rejected", "invalid", "blocked", "open", "adopted")
"""The worst first: of several the worst holds."""

Sort = Literal["rule", "own", "proposer"]


class Voice(Struct, frozen=True, kw_only=True):
    """What one person's response came to in one judgement."""

    person: str
    heard: Heard | None
    """The entry that stands; None: nothing that counts was said."""
    is_counted: bool
    why: Message
    """How it counts, or why it does not: "consents", "has not responded yet"."""


class Judgement(Struct, frozen=True, kw_only=True):
    """What one thing that a change needs has come to: the decision of a rule in a circle, the own
    assent of somebody (`own`), or that of the proposer.
    """

    sort: Sort
    effects: tuple[Effect, ...]
    """The effects that need it."""
    kind: str
    """The kind of change as which it is judged."""
    circle: str
    """Where it stands."""
    outcome: Outcome
    sentence: Message
    level: Level
    """The least that counts as proof of who said something."""
    match: Match | None = None
    """The rule that decides, of sort `rule`."""
    way: Way | None = None
    """The way in which it decides now: its own, or its `otherwise`."""
    is_otherwise: bool = False
    electorate: Electorate | None = None
    """Who decides, by the state before the change."""
    voices: tuple[Voice, ...] = ()
    """Of everybody who decides, in order of their ids, then of others who said something."""
    missing: tuple[str, ...] = ()
    """Ids of those whose response it waits for."""
    unblock: tuple[str, ...] = ()
    """Ids of those who can change the outcome."""
    instead: tuple[Judgement, ...] = ()
    """Other judgements any of which would do in its place; the best of all holds."""

    @property
    def silent(self) -> tuple[str, ...]:
        """Ids of those from whom something may still come: whose response it waits for, and where
        it is blocked also those who will be asked once it is not.
        """
        if self.outcome == "adopted":
            return ()
        deciding = self.electorate.people if self.electorate else ()
        later = (
            voice.person
            for voice in self.voices
            if self.outcome == "blocked" and voice.heard is None and voice.person in deciding
        )
        return tuple(dict.fromkeys((*self.missing, *later)))


class Verdict(Struct, frozen=True, kw_only=True):
    """What the judge says: the worst over all that the change needs."""

    outcome: Outcome
    sentence: Message
    """The same everywhere."""
    reasons: tuple[Message, ...] = ()
    """Why, and what is to be known: faults of the change, what is missing, that time is claimed."""
    unblock: tuple[str, ...] = ()
    """Ids of the people who can bring it further, sorted."""
    adoptable_from: datetime | None = None
    """From when it can be adopted if nobody says anything new; None: by waiting alone never, or
    it can be already.
    """
    judgements: tuple[Judgement, ...] = ()
    is_founding: bool = False
    """Whether the rules are not in force yet."""

    @property
    def is_adopted(self) -> bool:
        """Whether the change is lawful as it stands."""
        return self.outcome == "adopted"
