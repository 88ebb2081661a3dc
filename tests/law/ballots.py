"""Ballots made of a few words, for the tests of methods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from orgcode.law.ballot import Ballot
from orgcode.law.clock import Period
from orgcode.law.evidence import Heard
from orgcode.law.voices import Standing
from orgcode.model.entities import Response, Way
from tests.law.small import organisation

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ORG = organisation()


def ballot(
    by: Any,
    said: Mapping[str, str],
    *,
    body: tuple[str, ...] = ("cas", "kim", "mia"),
    seen: float | None = 1,
    open_for: int = 5,
    early: bool = True,
    has_way_out: bool = False,
    short: frozenset[str] = frozenset(),
    affected: tuple[str, ...] = (),
    answered: frozenset[str] = frozenset(),
    objectors: tuple[str, ...] | None = None,
    **way: Any,
) -> Ballot:
    """A ballot proposed by mia. What people say begins with "old " where it is about an earlier
    change, and is followed by "!" where it comes with a reason; `seen` is how many days ago a
    witness saw the change.
    """
    begins = None if seen is None else NOW - timedelta(days=seen)
    return Ballot(
        org=ORG,
        way=Way(by=by, of=("members",), open_for=open_for, **way),
        body=body,
        objectors=body if objectors is None else objectors,
        standing={person: standing(person, text) for person, text in said.items()},
        short=short,
        period=Period(begins_at=begins, days=open_for),
        now=NOW,
        is_early=early,
        has_way_out=has_way_out,
        proposer="mia",
        affected=affected,
        answered=answered,
    )


def standing(person: str, text: str) -> Standing:
    """What stands of a person's words."""
    is_old, stance = text.startswith("old "), text.removeprefix("old ").removesuffix("!")
    needs_reason = stance in {"objection", "concern", "advice"} or text.endswith("!")
    response = Response(
        proposal="p",
        person=person,
        stance=stance,
        change="",
        at="",
        after=None,
        path="",
        pointer=(),
        reason="Because." if needs_reason else None,
    )
    heard = Heard(response=response, digest=f"{person} {text}")
    return Standing(heard=heard, is_response=not is_old and stance != "withdraw")
