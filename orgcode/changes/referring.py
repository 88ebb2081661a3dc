"""To what the values under a key refer, and whether that is only called otherwise now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orgcode.changes.sides import Sides
from orgcode.changes.states import same

CIRCLES = frozenset({"circle", "serves", "anchor"})
PEOPLE = frozenset({"person", "proposer", "sensed_by", "former", "members", "holders"})
ROLES = frozenset({"owner", "role"})
PARTIES = frozenset({"between", "consult"})
"""A person, or `circle:` or `role:` with an id."""


def is_renamed(sides: Sides, key: str, before: Any, after: Any) -> bool:
    """Whether two values under a key refer to the same thing, which has another id now."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        rest = ({**item, "person": ""} for item in (before, after))
        return same(*rest) and sides.goes_by("person", before.get("person"), after.get("person"))
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    if key in CIRCLES:
        return sides.goes_by("circle", before, after)
    if key in PEOPLE:
        return sides.goes_by("person", before, after)
    if key in ROLES:
        return _is_role(sides, before, after)
    if key in PARTIES:
        (kind, _, old), (other, _, new) = before.rpartition(":"), after.rpartition(":")
        is_it = (
            _is_role(sides, old, new)
            if kind == "role"
            else sides.goes_by(kind or "person", old, new)
        )
        return kind == other and is_it
    if key == "parent":
        return sides.goes_by("objective", before, after)
    if key == "domain":
        (old, _, domain), (new, _, another) = before.partition("#"), after.partition("#")
        return domain == another and (
            _is_role(sides, old, new) or sides.goes_by("circle", old, new)
        )
    return False


def _is_role(sides: Sides, before: str, after: str) -> bool:
    """Also whether it is a core role of a circle that has another id."""
    (circle, slash, core), (other, _, another) = before.partition("/"), after.partition("/")
    if slash:
        return core == another and sides.goes_by("circle", circle, other)
    return sides.goes_by("role", before, after)
