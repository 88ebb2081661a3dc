"""A word of a ruleset; apart from the rest of it, for whoever needs no more."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Term(Struct, frozen=True, kw_only=True):
    """A word of the ruleset's vocabulary, per language: one, many, and what it means."""

    one: Mapping[str, str]
    many: Mapping[str, str]
    meaning: Mapping[str, str]
