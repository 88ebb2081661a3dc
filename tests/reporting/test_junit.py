"""Findings as JUnit XML: a suite for each rule, well-formed whatever stands in the files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from orgcode.checking.rules import RULES
from orgcode.i18n.translator import Translator
from orgcode.model.finding import Finding
from orgcode.reporting.findings import report
from tests.reporting.findings import finding
from tests.reporting.test_hostile_text import ATTACKS, ENGLISH, INJECTIONS, STEERING

ODD = ["]]>", "<!--", "&amp;", "\ufffe\uffff", "\ud800\udfff", "<![CDATA[", "\"'<>&", "\x85\u2028"]


def junit(
    findings: Sequence[Finding], *, strict: bool = False, translator: Translator = ENGLISH
) -> ET.Element:
    return ET.fromstring(report(findings, "junit", translator, strict=strict))  # noqa: S314 (ours)


def suite(root: ET.Element, rule: str = "unknown-circle") -> ET.Element:
    return next(each for each in root if each.get("name") == rule)


def test_every_rule_is_a_suite_and_passes_where_it_found_nothing() -> None:
    root = junit([])
    assert [each.get("name") for each in root] == [rule.name for rule in RULES]
    assert root.get("tests") == str(len(RULES))
    assert root.get("failures") == "0"
    assert [case.get("name") for case in root.iter("testcase")] == ["all files"] * len(RULES)


def test_an_error_is_a_failure_with_its_place_and_way_out() -> None:
    root = junit([finding()])
    (case,) = suite(root).iter("testcase")
    assert case.attrib == {
        "name": "roles/cook.yaml",
        "classname": "unknown-circle",
        "file": "roles/cook.yaml",
        "line": "3",
        "time": "0",
    }
    (failure,) = case.iter("failure")
    assert failure.get("message") == "There is no circle kitchn."
    assert failure.text == "roles/cook.yaml:3:9: There is no circle kitchn.\n    Write kitchen."
    assert (root.get("failures"), suite(root).get("failures")) == ("1", "1")


def test_findings_of_a_rule_in_one_file_are_one_test() -> None:
    root = junit([finding(line=3), finding(line=9), finding(path="roles/baker.yaml")])
    cases = list(suite(root).iter("testcase"))
    assert [case.get("name") for case in cases] == ["roles/cook.yaml", "roles/baker.yaml"]
    assert cases[0][0].get("message") == "2 findings"
    assert suite(root).get("tests") == "2"


def test_a_warning_is_told_and_fails_only_when_strict() -> None:
    (case,) = suite(junit([finding(severity="warning")])).iter("testcase")
    assert [child.tag for child in case] == ["system-out"]
    (case,) = suite(junit([finding(severity="warning")], strict=True)).iter("testcase")
    assert [child.tag for child in case] == ["failure"]
    (case,) = suite(junit([finding(severity="notice")], strict=True)).iter("testcase")
    assert [child.tag for child in case] == ["system-out"]


def test_a_suite_has_the_properties_of_its_rule() -> None:
    properties = suite(junit([])).find("properties")
    assert properties is not None
    assert {each.get("name"): each.get("value") for each in properties} == {
        "severity": "error",
        "group": "references",
    }


def test_counts_are_those_of_the_tests() -> None:
    root = junit([finding(), finding(path="a"), finding(path="b", severity="notice")])
    assert root.get("tests") == str(len(list(root.iter("testcase"))))
    assert root.get("failures") == str(len(list(root.iter("failure"))))


def test_in_dutch() -> None:
    root = junit([], translator=Translator("nl"))
    assert next(root.iter("testcase")).get("name") == "alle bestanden"


@pytest.mark.parametrize("text", [*ATTACKS.values(), *INJECTIONS, *ODD])
@pytest.mark.parametrize("severity", ["error", "notice"])
def test_it_is_well_formed_and_steers_nothing(text: str, severity: str) -> None:
    found = finding(text, text, path=f"roles/{text}", severity=severity)  # type: ignore[arg-type]
    written = report([found], "junit", ENGLISH)
    assert written.isascii()
    assert not STEERING.search(written)
    assert "##[" not in written
    assert not [line for line in written.splitlines() if line.lstrip().startswith("::")]
    root = ET.fromstring(written)  # noqa: S314 (ours)
    assert len(list(root.iter("testcase"))) == len(RULES)
    for said in root.itertext():
        assert not STEERING.search(said)
        assert not [line for line in said.splitlines() if line.lstrip().startswith("::")]


def test_markup_in_a_text_stays_text() -> None:
    root = junit([finding("<b>]]></b> & co.", path="roles/<x>.yaml")])
    (case,) = suite(root).iter("testcase")
    assert case.get("name") == "roles/<x>.yaml"
    assert case[0].get("message") == "<b>]]></b> & co."


def test_naughty_strings_stay_well_formed(real_data: Path) -> None:
    naughty = json.loads((real_data / "naughty-strings.json").read_bytes())
    root = junit([finding(text, text, path=f"roles/{text}") for text in naughty])
    assert len(list(root.iter("failure"))) == len({f"roles/{text}" for text in naughty})
