"""Policies and agreements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orgcode.model.entities.things import Text, Thing
from orgcode.model.message import Message, message


class Policy(Thing, frozen=True, kw_only=True):
    """An agreement that binds: a rule of a circle about itself or about a domain."""

    title: Text
    circle: str
    text: Text
    kind: str | None = None
    domain: str | None = None
    effective_on: date | None = None
    review_on: date | None = None
    expires_on: date | None = None


class Agreement(Thing, frozen=True, kw_only=True):
    """A decision or agreement that changes no structure."""

    title: Text
    kind: str
    circle: str
    text: Text | None = None
    between: tuple[str, ...] = ()
    agreed_on: date | None = None
    review_on: date | None = None
    every: str | None = None
    last_held_on: date | None = None


AGREEMENT_KINDS: Mapping[str, Message] = {
    "decision": message("decision"),
    "relational": message("working agreement"),
    "feedback": message("feedback among equals"),
}
"""The kinds of agreement, in words."""
