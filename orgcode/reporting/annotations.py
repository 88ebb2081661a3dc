"""Findings as workflow commands, of which GitHub makes annotations.

A line of a log that begins with `::`, or in which `##[` stands, is a command to GitHub's runner.
Text of the repository therefore stands only in the properties and the message of our own
commands, escaped, or in lines that begin with our own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from orgcode.i18n.translator import Translator
from orgcode.model.finding import SEVERITIES, Finding, Severity
from orgcode.model.message import messages
from orgcode.reporting.terminal import one_line, visible

SHOWN = 10
"""GitHub shows so many annotations of each severity for a step, and drops the others."""


def annotate(findings: Sequence[Finding], translator: Translator) -> str:
    """A command for each finding that GitHub will show, a plain line for each of the others."""
    count: Counter[Severity] = Counter()
    commands: list[str] = []
    others: list[str] = []
    for finding in sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        count[finding.severity] += 1
        if count[finding.severity] <= SHOWN:
            commands.append(_command(finding, translator))
        else:
            others.append(_line(finding, translator))
    if others:
        more = messages(
            "{count} more finding, beyond what GitHub shows:",
            "{count} more findings, beyond what GitHub shows:",
            len(others),
        )
        others.insert(0, translator.say(more))
    return "".join(f"{line}\n" for line in [*commands, *others])


def command_for(severity: Severity, title: str, text: str) -> str:
    """A command for something that stands in no file."""
    return f"::{severity} title={_property(title)}::{_data(visible(text))}"


def _command(finding: Finding, translator: Translator) -> str:
    properties = ",".join(
        f"{name}={_property(str(value))}"
        for name, value in (
            ("file", finding.path),
            ("line", finding.line),
            ("col", finding.column),
            ("title", finding.rule),
        )
    )
    text = f"{translator.say(finding.cause)}\n{translator.say(finding.way_out)}"
    return f"::{finding.severity} {properties}::{_data(visible(text))}"


def _line(finding: Finding, translator: Translator) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    said = f"{translator.say(finding.cause)} {translator.say(finding.way_out)}"
    return f"- {_no_command(one_line(f'{place}: {said} [{finding.rule}]'))}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return _no_command(escaped)


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def _no_command(text: str) -> str:
    return text.replace("##[", "## [")
