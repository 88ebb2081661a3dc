"""In which order the effects of a change are told: what weighs most for people first."""

from __future__ import annotations

from collections.abc import Iterable

from orgcode.model.effect import Effect, covers

_WEIGHTIEST_FIRST = (
    "organisation",
    "governance",
    "circle",
    "role",
    "assignment",
    "person",
    "policy",
    "agreement",
    "objective",
    "tension",
    "proposal",
    "identity",
    "page",
    "tooling",
    "format",
)


def as_told(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """The same effects, those of equal weight in the order in which they come."""
    return tuple(sorted(effects, key=_weight))


def _weight(effect: Effect) -> int:
    return next(place for place, kind in enumerate(_WEIGHTIEST_FIRST) if covers(kind, effect.kind))
