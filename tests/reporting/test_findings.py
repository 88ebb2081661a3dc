"""Findings as text, JSON and annotations."""

from __future__ import annotations

import json

import pytest

from orgcode.i18n.translator import Translator
from orgcode.model.finding import SEVERITIES
from orgcode.reporting.findings import report
from tests.reporting.findings import finding

ENGLISH = Translator("en")
DUTCH = Translator("nl")


def test_text_names_place_severity_cause_rule_and_way_out() -> None:
    assert report([finding()], "text", ENGLISH) == (
        "roles/cook.yaml:3:9: error: There is no circle kitchn. [unknown-circle]\n"
        "    Write kitchen.\n"
        "1 error in 1 file.\n"
    )


def test_the_summary_counts_each_severity() -> None:
    findings = [
        finding(),
        finding(),
        finding(severity="warning"),
        finding(severity="notice", path="org.yaml"),
    ]
    said = report(findings, "text", ENGLISH).splitlines()[-1]
    assert said == "2 errors, 1 warning and 1 notice in 2 files."


def test_text_in_dutch() -> None:
    said = report([finding(severity="warning")], "text", DUTCH)
    assert ": waarschuwing: " in said
    assert said.endswith("1 waarschuwing in 1 bestand.\n")


def test_no_findings_are_said_too() -> None:
    assert report([], "text", ENGLISH) == "Nothing to remark: all files are right.\n"


def test_colour_only_when_asked_for() -> None:
    assert "\x1b" not in report([finding()], "text", ENGLISH)
    assert "\x1b[1;31merror\x1b[0m" in report([finding()], "text", ENGLISH, colour=True)


def test_json_has_its_documented_fields() -> None:
    data = json.loads(report([finding(), finding(severity="notice")], "json", ENGLISH))
    assert data["findings"][0] == {
        "rule": "unknown-circle",
        "severity": "error",
        "path": "roles/cook.yaml",
        "line": 3,
        "column": 9,
        "cause": "There is no circle kitchn.",
        "way_out": "Write kitchen.",
    }
    assert data["summary"] == {"errors": 1, "warnings": 0, "notices": 1}


def test_json_keeps_its_words_in_dutch() -> None:
    data = json.loads(report([finding(severity="warning")], "json", DUTCH))
    assert data["findings"][0]["severity"] == "warning"
    assert set(data["summary"]) == {f"{severity}s" for severity in SEVERITIES}


def test_an_annotation_is_a_workflow_command() -> None:
    assert report([finding()], "github", ENGLISH).splitlines() == [
        "::error file=roles/cook.yaml,line=3,col=9,title=unknown-circle"
        "::There is no circle kitchn.%0AWrite kitchen.",
        "1 error in 1 file.",
    ]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_annotations_beyond_what_github_shows_are_plain_lines(severity: str) -> None:
    findings = [finding(severity=severity, line=n) for n in range(1, 14)]  # type: ignore[arg-type]
    lines = report(findings, "github", ENGLISH).splitlines()
    assert sum(line.startswith(f"::{severity} ") for line in lines) == 10
    assert lines[10] == "3 more findings, beyond what GitHub shows:"
    assert lines[11].startswith("- roles/cook.yaml:11:9: ")


def test_errors_are_annotated_before_warnings() -> None:
    lines = report([finding(severity="warning"), finding()], "github", ENGLISH).splitlines()
    assert [line.partition(" ")[0] for line in lines[:2]] == ["::error", "::warning"]
