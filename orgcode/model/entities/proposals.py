"""From tension to proposal, and what was said to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from orgcode.model.entities.things import Text, Thing
from orgcode.model.finding import Pointer


class Closed(Struct, frozen=True, kw_only=True):
    """When and why a tension was closed."""

    on: date
    because: Text | None = None


class Tension(Thing, frozen=True, kw_only=True):
    """A gap that somebody senses between how it is and how it could be."""

    title: Text
    sensed_by: str
    role: str | None = None
    text: Text | None = None
    sensed_on: date | None = None
    closed: Closed | None = None


class Answer(Struct, frozen=True, kw_only=True):
    """The proposer's answer to an entry, named by its digest."""

    to: str
    text: Text


class Proposal(Thing, frozen=True, kw_only=True):
    """proposals/<id>/proposal.yaml: why a change; of its tension the id or the text is set."""

    title: Text
    proposer: str
    opened_at: str
    opened_base: str
    role: str | None = None
    tension_id: str | None = None
    tension_text: Text | None = None
    because: Text | None = None
    example: Text | None = None
    ask_people: tuple[str, ...] = ()
    ask_roles: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    evaluate_on: date | None = None
    outcome: Literal["rejected", "withdrawn"] | None = None


class Response(Struct, frozen=True, kw_only=True):
    """One entry of proposals/<id>/responses/<person>.yaml."""

    proposal: str
    person: str
    stance: str
    change: str
    at: str
    after: str | None
    path: str
    pointer: Pointer
    role: str | None = None
    reason: Text | None = None
    nominee: str | None = None
    recorded_by: str | None = None
    evidence: Mapping[str, str] | None = None
    signature: str | None = None
