"""The difference between two states is the same whatever is kept, and however few files differ."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from orgcode.actions.differing import check_against, difference
from orgcode.adapters.git.repository import find
from orgcode.changes.change import Change
from orgcode.checking.check import check, check_change
from orgcode.documents.loading import load
from orgcode.law.affected_by import affected_by
from orgcode.law.shifts import shifts
from tests.attacks.mutations import sound, spoil
from tests.builder import Builder
from tests.changes.edits import edited
from tests.checking.demo import DAY

FEW_STEPS = 12
MANY_STEPS = 150


class Steps:
    """A repository with a commit for each state of the files."""

    def __init__(self, root: Path) -> None:
        self.builder = Builder.make(root)
        self.root = root
        self.commits: list[str] = []
        self._files: set[str] = set()

    def add(self, files: Mapping[str, object]) -> None:
        wanted = {path: each for path, each in files.items() if isinstance(each, bytes)}
        for path in self._files - wanted.keys():
            (self.root / path).unlink()
        self._files = set(wanted)
        self.commits.append(self.builder.commit(wanted))


def assert_right(root: Path, first: str, last: str) -> None:
    found = difference(root, DAY, f"{first}..{last}")
    repository = find(root)
    before, after = (load(repository.commit(rev), DAY) for rev in (first, last))
    change = Change.between(before, after)
    assert found.change.effects == change.effects
    assert found.affected == affected_by(change)
    assert found.shifts == shifts(change)
    assert found.findings_before == check(before)
    assert found.findings_after == check(after)
    against = check_against(root, DAY, first, at=last).findings
    assert sorted(map(repr, against)) == sorted(map(repr, (*check(after), *check_change(change))))


def walk(steps: Steps, first_seed: int, count: int) -> None:
    files = dict(sound())
    steps.add(files)
    for seed in range(first_seed, first_seed + count):
        if seed % 4 == 0:
            steps.add(spoil(seed))
        else:
            files = edited(seed, files if seed % 3 else None)
            steps.add(files)
        before, now = steps.commits[-2:]
        assert_right(steps.root, before, now)
        assert_right(steps.root, now, before)


def test_over_random_steps_there_and_back(tmp_path: Path) -> None:
    walk(Steps(tmp_path / "org"), 0, FEW_STEPS)


@pytest.mark.deep
def test_over_many_random_steps_there_and_back(tmp_path: Path) -> None:
    walk(Steps(tmp_path / "org"), 1000, MANY_STEPS)


def test_the_files_as_they_are(tmp_path: Path) -> None:
    steps = Steps(tmp_path / "org")
    steps.add(sound())
    for seed in range(1, 6):
        for path, content in edited(seed).items():
            steps.builder.write(path, content)
        found = difference(steps.root, DAY)
        repository = find(steps.root)
        before, after = load(repository.commit("HEAD"), DAY), load(repository.working_tree(), DAY)
        assert found.change.effects == Change.between(before, after).effects
        assert found.findings_before == check(before)
        assert found.findings_after == check(after)


def test_states_without_an_organisation(tmp_path: Path) -> None:
    builder = Builder.make(tmp_path / "org")
    empty = builder.commit({"notes.txt": "Nothing yet"})
    full = builder.commit(dict(sound()))
    assert {e.kind for e in difference(builder.root, DAY, f"{empty}..{full}").change.effects} >= {
        "governance.added",
        "role.added",
    }
    back = difference(builder.root, DAY, f"{full}..{empty}").change.effects
    assert "governance.removed" in {effect.kind for effect in back}
