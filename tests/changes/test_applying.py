"""Effects are complete: carried out on the files before, they leave the files after behind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random

import pytest

from orgcode.changes.applying import apply
from orgcode.changes.effects import effects
from orgcode.changes.states import changed_paths, state_at
from orgcode.documents.facts import read_facts
from orgcode.documents.loading import load
from orgcode.model.effect import NARROWINGS
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable
from tests.attacks.mutations import sound, spoil
from tests.changes.edits import edited
from tests.checking.demo import DAY
from tests.checking.examples import Tree

FEW_EDITS = 200
MANY_EDITS = 2000

_READ = cache(read_facts)


def organisation(files: Mapping[str, bytes | Unreadable]) -> Org:
    return load(Tree(files), DAY, _READ)


def assert_complete(before: Org, after: Org) -> None:
    found = effects(before, after)
    changed = changed_paths(before.snapshot, after.snapshot)
    named = {path for effect in found for path in effect.paths}
    assert named == set(changed)
    kinds = {f"{kind}.{narrow}" for kind, narrows in NARROWINGS.items() for narrow in narrows}
    assert {effect.kind for effect in found} <= kinds
    applied = apply(before, found)
    for path in {*before.snapshot.entries, *after.snapshot.entries}:
        left = applied[path] if path in applied else state_at(before, path)
        assert left == state_at(after, path), (path, [e for e in found if path in e.paths])


def check_spoilt(seed: int) -> None:
    """From sound files to spoilt ones, back, and from some to others."""
    random = Random(seed)  # noqa: S311
    first = sound() if seed % 3 == 0 else spoil(random.randrange(10**6))
    before, after = organisation(first), organisation(spoil(seed))
    assert_complete(before, after)
    assert_complete(after, before)


def check_edited(seed: int) -> None:
    """The same of files all of which can be read, so that each piece has to be right."""
    first = sound() if seed % 2 else edited(seed + 10**6)
    before, after = organisation(first), organisation(edited(seed, first))
    assert_complete(before, after)
    assert_complete(after, before)


@pytest.mark.parametrize("seed", range(0, FEW_EDITS, 20))
def test_after_random_edits_the_effects_make_the_files_after_of_those_before(seed: int) -> None:
    for each in range(seed, seed + 20):
        check_edited(each)
        check_spoilt(each)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(20_000, 20_000 + MANY_EDITS, 100))
def test_after_many_random_edits_too(seed: int) -> None:
    for each in range(seed, seed + 100):
        check_edited(each)
        check_spoilt(each)


def test_most_of_the_edited_files_can_be_read() -> None:
    whole = [
        facts.is_whole for seed in range(40) for facts in organisation(edited(seed)).files.values()
    ]
    assert sum(whole) > 0.95 * len(whole)


def test_many_narrowings_come_up_in_random_edits() -> None:
    found = set()
    for seed in range(FEW_EDITS):
        first = edited(seed + 10**6)
        found |= {e.kind for e in effects(organisation(first), organisation(edited(seed, first)))}
    known = {f"{kind}.{narrow}" for kind, narrows in NARROWINGS.items() for narrow in narrows}
    assert found <= known
    assert len(found) > 60
