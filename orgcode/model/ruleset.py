"""A ruleset: the vocabulary, kinds and decision rules that an organisation starts from."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from orgcode.model.entities import CircleKind, CoreRole, DecisionRule, Text
from orgcode.model.term import Term as Term


class Ruleset(Struct, frozen=True, kw_only=True):
    """`name@version` with all its data; immutable, shipped with orgcode."""

    id: str
    name: Text
    description: Text
    vocabulary: Mapping[str, Term]
    circle_kinds: Mapping[str, CircleKind]
    default_circle_kind: str
    core_roles: Mapping[str, CoreRole]
    decision_rules: tuple[DecisionRule, ...]
    severities: Mapping[str, str]
    policy_kinds: Mapping[str, Text]
