"""Findings in one of the forms in which they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from orgcode.i18n.translator import Translator
from orgcode.model.finding import SEVERITIES, Finding, Severity
from orgcode.model.message import Message, message, messages
from orgcode.reporting.annotations import annotate
from orgcode.reporting.json import write_json
from orgcode.reporting.terminal import in_lines, one_line, quoted

Format = Literal["text", "json", "github", "sarif", "junit"]

_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "notice": "36"}
WORDS: dict[Severity, Message] = {
    "error": message("error"),
    "warning": message("warning"),
    "notice": message("notice"),
}


def report(
    findings: Sequence[Finding],
    format: Format,
    translator: Translator,
    *,
    colour: bool = False,
    strict: bool = False,
    version: str = "",
    with_change: bool = False,
) -> str:
    """All findings, with a summary.

    `text` is for people: place, severity, cause and rule in one line, the way out below it.

    `json` is for programs, and its fields stay: `findings`, a list of objects with `rule`,
    `severity` ("error", "warning" or "notice"), `path`, `line`, `column` (both from 1), `cause`
    and `way_out` (both in the chosen language); and `summary`, with `errors`, `warnings` and
    `notices`.

    `github` is for the log of a workflow, where GitHub makes annotations of it; `sarif` for
    services that scan code, with the `version` of orgcode; `junit` for services that show the
    results of tests, where with `strict` warnings fail as well; among these are the rules about a
    change `with_change` only.
    """
    match format:
        case "sarif":
            from orgcode.reporting.sarif import write_sarif  # only where asked for: imports much

            return write_sarif(findings, translator, version)
        case "junit":
            from orgcode.reporting.junit import write_junit  # likewise

            return write_junit(findings, translator, strict=strict, with_change=with_change)
        case "json":
            return _json(findings, translator)
        case "github":
            return annotate(findings, translator) + one_line(summary(findings, translator)) + "\n"
        case "text":
            lines = [_text(finding, translator, colour=colour) for finding in findings]
            return "\n".join([*lines, summary(findings, translator)]) + "\n"


def summary(findings: Sequence[Finding], translator: Translator) -> str:
    """How many findings of each severity, in how many files, in one sentence."""
    if not findings:
        return translator.say(message("Nothing to remark: all files are right."))
    counts = tuple(_counts(findings))
    files = messages("in {count} file", "in {count} files", len({f.path for f in findings}))
    return translator.say(message("{counts} {files}.", counts=counts, files=files))


def _counts(findings: Sequence[Finding]) -> Iterator[Message]:
    count = Counter(finding.severity for finding in findings)
    if count["error"]:
        yield messages("{count} error", "{count} errors", count["error"])
    if count["warning"]:
        yield messages("{count} warning", "{count} warnings", count["warning"])
    if count["notice"]:
        yield messages("{count} notice", "{count} notices", count["notice"])


def _text(finding: Finding, translator: Translator, *, colour: bool) -> str:
    place = in_lines(one_line(f"{finding.path}:{finding.line}:{finding.column}"))
    severity = translator.say(WORDS[finding.severity])
    cause = quoted(translator.say(finding.cause))
    way_out = quoted(translator.say(finding.way_out))
    rule = f"[{finding.rule}]"
    if colour:
        severity = f"\x1b[1;{_COLOURS[finding.severity]}m{severity}\x1b[0m"
        rule = f"\x1b[2m{rule}\x1b[0m"
    return f"{place}: {severity}: {cause} {rule}\n    {way_out}"


def _json(findings: Sequence[Finding], translator: Translator) -> str:
    count = Counter(finding.severity for finding in findings)
    data = {
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "path": finding.path,
                "line": finding.line,
                "column": finding.column,
                "cause": translator.say(finding.cause),
                "way_out": translator.say(finding.way_out),
            }
            for finding in findings
        ],
        "summary": {f"{severity}s": count[severity] for severity in SEVERITIES},
    }
    return write_json(data)
