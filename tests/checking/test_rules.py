"""The list of rules, and how severe each is in an organisation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from orgcode.checking import change_rules, rules
from orgcode.checking.change_rules import CHANGE_RULES, EVERY_RULE
from orgcode.checking.check import check, severity_of
from orgcode.checking.rule import GROUPS, Rule
from orgcode.checking.rules import RULES
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org
from tests.checking.examples import BASE, organisation

BY_NAME = {rule.name: rule for rule in RULES}


def made_up(severity: Severity, *, depends_on_date: bool = False) -> Rule:
    def always(_: Org, thing: object) -> Iterator[Problem]:
        yield Problem(path="org.yaml", cause=message("Cause."), way_out=message("Way out."))

    return Rule(
        name="made-up",
        severity=severity,
        group="structure",
        subjects=("organisation",),
        check=always,
        documentation="",
        depends_on_date=depends_on_date,
    )


def with_severities(lines: str) -> Org:
    return organisation({**BASE, "org.yaml": BASE["org.yaml"] + f"severities:\n  {lines}\n"})


def test_the_list_holds_every_module_of_the_folder() -> None:
    folder = Path(rules.__file__).parent
    modules = {file.stem.replace("_", "-") for file in folder.glob("*.py")} - {"--init--"}
    assert {rule.name for rule in RULES} == modules
    assert len(RULES) == len(BY_NAME)


def test_so_does_that_of_the_rules_about_changes() -> None:
    folder = Path(change_rules.__file__).parent
    modules = {file.stem.replace("_", "-") for file in folder.glob("*.py")} - {"--init--"}
    assert {rule.name for rule in CHANGE_RULES} == modules
    assert {rule.subjects for rule in CHANGE_RULES} == {("change",)}


def test_rules_stand_by_group_and_name() -> None:
    assert [group for group, _ in groupby(rule.group for rule in EVERY_RULE)] == list(GROUPS)
    for _, members in groupby(EVERY_RULE, key=lambda rule: rule.group):
        names = [rule.name for rule in members]
        assert names == sorted(names)


def test_what_depends_on_today_is_never_an_error() -> None:
    assert [rule.name for rule in RULES if rule.depends_on_date and rule.severity == "error"] == []


@pytest.mark.parametrize("asked", ["error", "warning", "notice"])
def test_org_yaml_sets_the_severity_of_a_warning(asked: Severity) -> None:
    assert severity_of(made_up("warning"), with_severities(f"made-up: {asked}")) == asked


def test_org_yaml_switches_a_warning_off() -> None:
    org = with_severities("made-up: off")
    assert severity_of(made_up("warning"), org) is None
    assert check(org, [made_up("warning")]) == ()


@pytest.mark.parametrize("asked", ["off", "notice", "warning"])
def test_an_error_stays_an_error(asked: str) -> None:
    assert severity_of(made_up("error"), with_severities(f"made-up: {asked}")) == "error"


def test_org_yaml_cannot_make_an_error_of_what_depends_on_today() -> None:
    rule = made_up("notice", depends_on_date=True)
    assert severity_of(rule, with_severities("made-up: error")) == "warning"


def test_the_ruleset_sets_severities_and_org_yaml_comes_after_it() -> None:
    rule = BY_NAME["leads-nothing"]
    asked = organisation().ruleset.severities["leads-nothing"]
    assert severity_of(rule, organisation()) == asked
    assert severity_of(rule, with_severities("leads-nothing: off")) is None


def test_findings_carry_the_name_and_severity_of_their_rule() -> None:
    (finding,) = check(organisation(), [made_up("notice")])
    assert (finding.rule, finding.severity) == ("made-up", "notice")
    assert (finding.path, finding.line, finding.column) == ("org.yaml", 1, 1)


def test_an_empty_folder_has_one_finding() -> None:
    assert [finding.rule for finding in check(organisation({}))] == ["missing-organisation"]
