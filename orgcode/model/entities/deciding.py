"""Decision rules: which kinds of change are decided in which way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from orgcode.model.finding import Pointer


class Way(Struct, frozen=True, kw_only=True):
    """How a decision is made: method, electorate and conditions (design section 5).

    Shares and thresholds stay text as written, so that they can be counted exactly later.
    """

    by: Literal["advice", "consent", "consensus", "vote", "role"]
    of: tuple[str, ...]
    open_for: int = 0
    """24-hour days."""
    quorum: str | None = None
    silence: Literal["consents", "blocks"] = "blocks"
    threshold: str = "> 1/2"
    recuse: tuple[Literal["proposer", "subject"], ...] = ()
    early: bool | None = None
    """None: the default of the kind of change (governance false, others true)."""


class Otherwise(Struct, frozen=True, kw_only=True):
    """The way out when a decision is stuck: another way, `after` so many days since opening."""

    after: int
    way: Way


class DecisionRule(Struct, frozen=True, kw_only=True):
    """Which kinds of change, where, are decided in which way."""

    kinds: tuple[str, ...]
    where: Mapping[str, str] = field(default_factory=dict)
    way: Way
    otherwise: Otherwise | None = None
    path: str = ""
    pointer: Pointer = ()
