"""Findings as SARIF 2.1.0 (OASIS), the form in which services for code scanning take them.

One run with every rule and every finding. Places are relative to the root of the repository, and
columns count characters. A finding keeps its fingerprint when lines above it come and go, on
another day, and in another language.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from orgcode.checking.change_rules import EVERY_RULE
from orgcode.checking.documentation import Example, documentation, summary
from orgcode.checking.rule import Rule
from orgcode.i18n.translator import Translator
from orgcode.model.finding import Finding, Severity
from orgcode.model.message import Message, message
from orgcode.reporting.json import write_json

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
FINGERPRINT = "orgcodeFinding/v1"

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "notice": "note"}
_ON_GITHUB: Mapping[Severity, str] = {
    "error": "error",
    "warning": "warning",
    "notice": "recommendation",
}
_LINK = re.compile(r"\](?=\()")


def write_sarif(findings: Sequence[Finding], translator: Translator, version: str) -> str:
    """All findings as one log with one run."""
    driver = {
        "name": "orgcode",
        "version": version,
        "rules": [_rule(rule, translator) for rule in EVERY_RULE],
    }
    run = {
        "tool": {"driver": driver},
        "language": translator.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": _message(_root(), translator)}},
        "results": [
            _result(finding, mark, translator)
            for finding, mark in zip(findings, fingerprints(findings), strict=True)
        ],
    }
    return write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """For each finding a mark by which it is known again: of its rule, file and cause, without
    numbers and dates; of findings that are alike in these, also which of them it is.
    """
    seen: Counter[str] = Counter()
    marks = []
    for finding in findings:
        what = repr((finding.rule, finding.path, _gist(finding.cause)))
        seen[what] += 1
        text = f"{what} {seen[what]}"
        marks.append(hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest())
    return marks


def _gist(value: object) -> object:
    """A message without what changes from day to day or line to line."""
    match value:
        case Message():
            return (value.id, *(_gist(value.arguments[name]) for name in sorted(value.arguments)))
        case str():
            return value
        case Mapping():
            return tuple((str(key), _gist(value[key])) for key in sorted(value, key=str))
        case tuple() | list():
            return tuple(_gist(part) for part in value)
    return None


def _result(finding: Finding, mark: str, translator: Translator) -> dict[str, object]:
    text = f"{translator.say(finding.cause)} {translator.say(finding.way_out)}"
    place = {
        "artifactLocation": {"uri": _address(finding.path), "uriBaseId": ROOT},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _LINK.sub("] ", text)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: mark},
    }


_INDEX = {rule.name: place for place, rule in enumerate(EVERY_RULE)}


def _rule(rule: Rule, translator: Translator) -> dict[str, object]:
    return {
        "id": rule.name,
        "shortDescription": _message(summary(rule), translator),
        "help": {
            "text": "\n\n".join(_help(rule, translator, markdown=False)),
            "markdown": "\n\n".join(_help(rule, translator, markdown=True)),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.group], "problem.severity": _ON_GITHUB[rule.severity]},
    }


def _help(rule: Rule, translator: Translator, *, markdown: bool) -> Iterable[str]:
    for part in documentation(rule):
        if not isinstance(part, Example):
            yield translator.say(part)
        elif markdown:
            yield f"```yaml\n{part.text}\n```"
        else:
            yield part.text


def _message(said: Message, translator: Translator) -> dict[str, str]:
    return {"text": translator.say(said)}


def _root() -> Message:
    return message("The root of the organisation's repository.")


def _address(path: str) -> str:
    """A path as a relative reference; bytes of a name that are no UTF-8 stay those bytes."""
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, errors="surrogatepass")
