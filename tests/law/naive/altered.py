"""Which kinds of change are decided otherwise after a list of decision rules has changed."""

from __future__ import annotations

from typing import Any

from tests.law.naive.reading import Data, listed


def altered(old: list[Data], new: list[Data]) -> list[str]:
    """The kinds named by either list of which the rules are others, or in another order."""
    kinds = {kind for rule in [*old, *new] for kind in listed(rule["for"])}
    return sorted(kind for kind in kinds if about(old, kind) != about(new, kind))


def about(rules: list[Data], kind: str) -> list[Any]:
    """The rules that have to do with a kind: for it, for what is wider, for what is narrower."""
    found = []
    for rule in rules:
        near = sorted(k for k in listed(rule["for"]) if covers(k, kind) or covers(kind, k))
        if near:
            found.append((near, {key: rule[key] for key in rule if key != "for"}))
    return found


def covers(general: str, kind: str) -> bool:
    return kind == general or kind.startswith(general + ".")
