"""The documentation of each rule says what it does, and its examples are true."""

from __future__ import annotations

import pytest

from orgcode.checking.change_rules import CHANGE_RULES, EVERY_RULE
from orgcode.checking.check import check, check_change
from orgcode.checking.documentation import Example, documentation, summary
from orgcode.checking.rule import Rule
from orgcode.model.message import Message
from tests.checking.examples import example_change, example_organisation

EACH_RULE = pytest.mark.parametrize("rule", EVERY_RULE, ids=[rule.name for rule in EVERY_RULE])


@EACH_RULE
def test_begins_with_what_it_ensures(rule: Rule) -> None:
    assert summary(rule).id.startswith("Ensure ")
    assert summary(rule).id.endswith(".")


@EACH_RULE
def test_has_a_reason_and_a_wrong_and_a_right_example(rule: Rule) -> None:
    parts = documentation(rule)
    examples = [part for part in parts if isinstance(part, Example)]
    prose = [part.id for part in parts if isinstance(part, Message)]
    assert {example.right for example in examples} == {False, True}
    assert len([text for text in prose if text not in ("Wrong:", "Right:")]) >= 2
    assert not any("{" in text or "}" in text for text in prose)


@EACH_RULE
def test_examples_are_found_exactly_at_the_marked_lines(rule: Rule) -> None:
    for example in documentation(rule):
        if isinstance(example, Example):
            if rule in CHANGE_RULES:
                change, marked = example_change(example)
                findings = check_change(change, [rule])
            else:
                org, marked = example_organisation(example)
                findings = check(org, [rule])
            found = [(finding.path, finding.line) for finding in findings]
            assert found == marked, example.text
            assert bool(found) != example.right
