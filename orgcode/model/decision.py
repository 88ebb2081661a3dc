"""How a proposal was decided, or how it stands: what is told of it, with ids for people and circles
and sentences for the rest, so that it can be kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from orgcode.model.chronicle import Told
from orgcode.model.message import Message


class Counted(NamedTuple):
    """How what one person said counts in a ruling."""

    person: str
    stance: str
    """Of the entry that stands; empty where nothing that counts was said."""
    is_counted: bool
    why: Message


class Ruling(NamedTuple):
    """What one thing that a change needs has come to: the decision of a rule (`rule`), the assent
    of somebody whom it is about (`own`), or that of the proposer.
    """

    sort: str
    circle: str
    kinds: tuple[str, ...]
    """The kinds of its effects."""
    outcome: str
    sentence: Message
    level: str
    """How sure it has to be who said something."""
    by: str = ""
    """The method of the rule."""
    rule: Message | None = None
    """Who decides and how."""
    way_out: Message | None = None
    origin: Message | None = None
    """Where the rule stands."""
    is_otherwise: bool = False
    """Whether it was decided in the way that holds when something is stuck."""
    deciding: int = 0
    """How many people decide."""
    voices: tuple[Counted, ...] = ()
    """Those who decide, then others who said something."""
    missing: tuple[str, ...] = ()


class Proof(NamedTuple):
    """How sure it is that an entry is by the person in whose name it stands."""

    digest: str
    level: str
    seen_at: datetime | None
    """When a witness saw it first."""
    flaw: Message | None
    """Why a signature that is there proves nothing."""


class Decision(NamedTuple):
    """What a proposal does and how that was decided; without rulings where nobody could tell."""

    is_open: bool
    told: tuple[Told, ...]
    """What it changes, or has changed."""
    at: datetime | None = None
    """When it was put on record; None while it is open."""
    outcome: str = ""
    """What the judge says: rejected, invalid, blocked, open or adopted."""
    sentence: Message | None = None
    reasons: tuple[Message, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    proofs: tuple[Proof, ...] = ()
    until: datetime | None = None
    """The next moment at which time makes a difference to it."""
    adoptable_from: datetime | None = None
    is_founding: bool = False
