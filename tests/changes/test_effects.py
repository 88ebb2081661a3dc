"""What changes mean, as the table has it: kind, thing, circles, people concerned, sentences."""

from __future__ import annotations

import json

import pytest

from orgcode import resources
from orgcode.changes.applying import apply
from orgcode.changes.effects import effects
from orgcode.changes.governance import OF_ORGANISATION
from orgcode.changes.states import changed_paths, state_at
from orgcode.changes.words import FIELDS
from orgcode.model.effect import NARROWINGS, Leave, top
from orgcode.model.facts import FOLDERS
from tests.changes.house import house, organisation
from tests.changes.table import Row, rows
from tests.changes.test_applying import assert_complete


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_a_change_has_exactly_these_effects(row: Row) -> None:
    assert row.found() == row.effects


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_every_change_of_the_table_is_complete_and_so_is_its_way_back(row: Row) -> None:
    before, after = row.sides()
    assert_complete(before, after)
    assert_complete(after, before)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_no_effect_that_carries_something_can_be_left_out(row: Row) -> None:
    before, after = row.sides()
    found = effects(before, after)
    deleted = {edit.path for effect in found for edit in effect.edits if isinstance(edit, Leave)}
    for left_out in found:
        if not left_out.edits or (top(left_out.kind) == "assignment" and left_out.path in deleted):
            continue
        try:
            applied = apply(before, [effect for effect in found if effect is not left_out])
        except (AttributeError, IndexError, KeyError, TypeError):
            continue  # the others have nothing to stand on
        assert any(
            (applied[path] if path in applied else state_at(before, path)) != state_at(after, path)
            for path in left_out.paths
        ), left_out


def test_the_table_has_at_least_a_hundred_changes_each_once() -> None:
    names = [row.name for row in rows()]
    assert len(names) >= 100
    assert len(set(names)) == len(names)


def test_every_narrowing_comes_up_in_the_table_and_there_is_no_other() -> None:
    known = {f"{kind}.{narrow}" for kind, narrows in NARROWINGS.items() for narrow in narrows}
    found = {effect["kind"] for row in rows() for effect in row.effects}
    assert found == known


def test_nothing_changed_has_no_effect() -> None:
    assert effects(organisation(house()), organisation(house())) == ()


def test_the_paths_that_changed_may_be_told() -> None:
    row = next(row for row in rows() if len(row.steps) > 1)
    before, after = row.sides()
    changed = changed_paths(before.snapshot, after.snapshot)
    assert effects(before, after, reversed(changed)) == effects(before, after)


def test_effects_read_nothing_but_what_changed_and_what_is_looked_up_by_key() -> None:
    for row in rows():
        before, after = row.sides()
        changed = changed_paths(before.snapshot, after.snapshot)
        for org in (before, after):
            org.reads.asked.clear()
        effects(before, after, changed)
        for org in (before, after):
            everything = {asked for asked in org.reads.asked if asked.startswith("*")}
            assert not everything, (row.name, everything)


SAID_OTHERWISE = {
    "accounts",
    "anchor",
    "away",
    "circle",
    "closed",
    "decision_rules",
    "emails",
    "ended",
    "keys",
    "rules_in_force_since",
    "ruleset",
}
"""Keys that have sentences of their own."""


def test_every_field_has_a_name_in_sentences() -> None:
    kinds = [*FOLDERS.values(), "proposal"]
    keys = {
        key
        for kind in kinds
        for key in json.loads(resources.read_schema(f"{kind}.schema.json"))["properties"]
    }
    keys |= OF_ORGANISATION
    assert keys - FIELDS.keys() - SAID_OTHERWISE == set()
