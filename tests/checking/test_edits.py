"""After every edit of the table, the whole list of findings is the expected one."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from orgcode.checking.rule import Rule
from orgcode.checking.rules import RULES
from tests.checking.edits import Edit, edited, edits, findings, of_demo

EACH_EDIT = pytest.mark.parametrize("edit", edits(), ids=[edit.name for edit in edits()])


def expected(edit: Edit) -> list[str]:
    kept = list(of_demo())
    for line in edit.gone:
        kept.remove(line)
    return sorted([*kept, *edit.found])


@cache
def rows_with() -> dict[str, list[Edit]]:
    """The rows in which each rule has a finding of its own."""
    rows = defaultdict(list)
    for edit in edits():
        for line in edit.found:
            rows[line.split(" ")[0]].append(edit)
    return rows


def test_there_are_at_least_eighty_edits_with_names_of_their_own() -> None:
    assert len({edit.name for edit in edits()}) == len(edits()) >= 80


@EACH_EDIT
def test_the_whole_list_of_findings_is_the_expected_one(edit: Edit) -> None:
    assert sorted(findings(edited(edit))) == expected(edit)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_that_finds_nothing_turns_a_row_red(rule: Rule) -> None:
    assert rows_with()[rule.name], "no row of the table is about this rule"
    edit = rows_with()[rule.name][0]
    without = findings(edited(edit), [other for other in RULES if other is not rule])
    assert sorted(without) != expected(edit)
