"""A change of an organisation, of one of many sorts, lawful or not."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random

from tests.law.generated.organisations import Documents
from tests.law.generated.others import (
    nothing,
    only_written_otherwise,
    organisation_is_altered,
    page_or_tool,
    person_is_altered,
    person_joins,
    policy_or_the_like,
)
from tests.law.generated.structure import (
    circle_has_rules,
    circle_is_altered,
    circle_is_new,
    core_role_is_held,
    members_are_others,
    role_is_altered,
    role_is_held,
    role_is_new,
)

Edit = Callable[[Random, Documents], str | None]
"""Alters the files; gives the kind of change that it is, or None where it can do nothing here."""

EDITS: tuple[tuple[Edit, int], ...] = (
    (role_is_new, 10),
    (role_is_altered, 12),
    (role_is_held, 12),
    (core_role_is_held, 12),
    (members_are_others, 8),
    (circle_is_new, 5),
    (circle_is_altered, 8),
    (circle_has_rules, 5),
    (policy_or_the_like, 16),
    (person_joins, 4),
    (person_is_altered, 12),
    (organisation_is_altered, 8),
    (page_or_tool, 5),
    (only_written_otherwise, 3),
    (nothing, 1),
)


def change(rng: Random, documents: Documents) -> tuple[Documents, list[str]]:
    """The files after one or two edits, and the kinds of change."""
    edits = [edit for edit, _ in EDITS]
    weights = [weight for _, weight in EDITS]
    wanted = rng.choice([1, 1, 1, 1, 1, 1, 2, 3])
    after = dict(documents)
    kinds: list[str] = []
    while len(kinds) < wanted:
        [edit] = rng.choices(edits, weights)
        copy = deepcopy(after)
        if any(isinstance(data, str) for path, data in copy.items() if path.endswith(".yaml")):
            break
        kind = edit(rng, copy)
        if kind is not None:
            after = copy
            kinds.append(kind)
    return after, kinds
