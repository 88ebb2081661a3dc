"""A change as a whole: both states of the organisation, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from orgcode.changes.effects import effects
from orgcode.model.effect import Effect
from orgcode.model.org import Org


class Change(Struct, frozen=True, kw_only=True):
    """The organisation before and after, and the effects that lead from the one to the other."""

    before: Org
    after: Org
    effects: tuple[Effect, ...]

    @classmethod
    def between(cls, before: Org, after: Org, changed: Iterable[str] | None = None) -> Change:
        """The change between two states; `changed` as for `effects`."""
        return cls(before=before, after=after, effects=effects(before, after, changed))
