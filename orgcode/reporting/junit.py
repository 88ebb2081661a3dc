"""Findings as JUnit XML, the form in which CI services take the results of tests.

A suite for each rule, in it a test for each file in which the rule found something, or one that
passes. What counts as an error fails; the rest is told in the output of a test that passes.
Whatever stands in the files, the XML is well-formed and steers no log.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from orgcode.checking.change_rules import EVERY_RULE
from orgcode.checking.rule import Rule
from orgcode.checking.rules import RULES
from orgcode.i18n.translator import Translator
from orgcode.model.finding import Finding, Severity
from orgcode.model.message import Message, message, messages
from orgcode.reporting.terminal import in_lines, one_line

_NO_XML = re.compile("[\ufffe\uffff]")


def write_junit(
    findings: Sequence[Finding],
    translator: Translator,
    *,
    strict: bool,
    with_change: bool = False,
) -> str:
    """All rules as suites of tests; with `strict`, warnings fail too. The rules about changes are
    among them only where a change was checked.
    """
    rules = EVERY_RULE if with_change else RULES
    failing: frozenset[Severity] = frozenset({"error", "warning"} if strict else {"error"})
    by_rule: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        by_rule[finding.rule][finding.path].append(finding)
    suites = [_suite(rule, by_rule.get(rule.name, {}), failing, translator) for rule in rules]
    root = ET.Element("testsuites", {"name": "orgcode check", **_counts(suites), "time": "0"})
    root.extend(suites)
    ET.indent(root)
    written = ET.tostring(root, encoding="us-ascii", xml_declaration=False)  # whatever the locale
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written.decode("ascii")}\n'


def _counts(suites: Sequence[ET.Element]) -> dict[str, str]:
    names = ("tests", "failures", "errors", "skipped")
    return {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in names}


def _suite(
    rule: Rule,
    files: dict[str, list[Finding]],
    failing: frozenset[Severity],
    translator: Translator,
) -> ET.Element:
    failures = sum(any(f.severity in failing for f in found) for found in files.values())
    suite = ET.Element(
        "testsuite",
        {
            "name": rule.name,
            "tests": str(len(files) or 1),
            "failures": str(failures),
            "errors": "0",
            "skipped": "0",
            "time": "0",
        },
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in (("severity", rule.severity), ("group", rule.group)):
        ET.SubElement(properties, "property", {"name": name, "value": value})
    if not files:
        _case(suite, rule, translator.say(message("all files")))
    for path, found in files.items():
        case = _case(suite, rule, path, found[0])
        serious = [finding for finding in found if finding.severity in failing]
        if serious:
            first = translator.say(_headline(serious))
            attributes = {"message": _safe(one_line(first)), "type": rule.name}
            failure = ET.SubElement(case, "failure", attributes)
            failure.text = _told(serious, translator)
        if others := [finding for finding in found if finding.severity not in failing]:
            ET.SubElement(case, "system-out").text = _told(others, translator)
    return suite


def _case(suite: ET.Element, rule: Rule, name: str, first: Finding | None = None) -> ET.Element:
    attributes = {"name": _safe(one_line(name)), "classname": rule.name, "time": "0"}
    if first is not None:
        attributes |= {"file": _safe(one_line(first.path)), "line": str(first.line)}
    return ET.SubElement(suite, "testcase", attributes)


def _headline(findings: Sequence[Finding]) -> Message:
    if len(findings) == 1:
        return findings[0].cause
    return messages("{count} finding", "{count} findings", len(findings))


def _told(findings: Sequence[Finding], translator: Translator) -> str:
    """Findings as the text format has them, a line and its way out for each."""
    lines = []
    for finding in findings:
        place = one_line(f"{finding.path}:{finding.line}:{finding.column}")
        cause = one_line(translator.say(finding.cause))
        lines.append(f"{place}: {cause}\n    {one_line(translator.say(finding.way_out))}")
    return _safe(in_lines("\n".join(lines)))


def _safe(text: str) -> str:
    """Text that no log obeys, without what XML cannot hold; `visible` saw to the rest of that."""
    shown = _NO_XML.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
    return shown.replace("##[", "## [")
