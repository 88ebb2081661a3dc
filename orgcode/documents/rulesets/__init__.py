"""The rulesets that come with orgcode, as data files `<name>@<version>.yaml` in this folder.

A version never changes once it is released; a correction is a new version.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from orgcode.documents.building import kinds
from orgcode.documents.schemas import read
from orgcode.documents.source import parse
from orgcode.model.ruleset import Ruleset, Term
from orgcode.resources import read_ruleset, ruleset_ids

DEFAULT = "teal@1"

__all__ = ["DEFAULT", "load_ruleset", "ruleset_ids", "ruleset_or_default"]


@cache
def load_ruleset(id: str) -> Ruleset:
    """The ruleset `name@version`; `KeyError` where orgcode has none of that name and version."""
    if id not in ruleset_ids():
        raise KeyError(id)
    data, flaws = read("ruleset", parse(read_ruleset(id)))
    if flaws or not isinstance(data, dict):
        text = f"ruleset {id}: {flaws}"
        raise ValueError(text)
    return _build(id, data)


def ruleset_or_default(id: str) -> Ruleset:
    """The ruleset of that name, or the default one where there is none."""
    return load_ruleset(id if id in ruleset_ids() else DEFAULT)


def _build(id: str, data: dict[str, Any]) -> Ruleset:
    return Ruleset(
        id=id,
        name=data["name"],
        description=data["description"],
        vocabulary={
            key: Term(one=word["one"], many=word["many"], meaning=word["meaning"])
            for key, word in data["vocabulary"].items()
        },
        circle_kinds=kinds.circle_kinds(data),
        default_circle_kind=data["default_circle_kind"],
        core_roles=kinds.core_roles(data),
        decision_rules=kinds.decision_rules(data, ""),
        severities=data.get("severities") or {},
        policy_kinds=data["policy_kinds"],
    )
