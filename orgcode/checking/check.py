"""Run the rules over an organisation and place what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from orgcode.checking.rule import Rule
from orgcode.checking.rules import RULES
from orgcode.documents.spots import find_spot
from orgcode.model.finding import Finding, Problem, Severity, Spot
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable

_TOP = Spot(1, 1)


def check(org: Org, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """What is wrong with an organisation, by path, line, column and rule."""
    found: dict[str, list[tuple[Rule, Severity, Problem]]] = defaultdict(list)
    for rule in rules:
        severity = severity_of(rule, org)
        if severity is not None:
            for problem in rule.check(org):
                found[problem.path].append((rule, severity, problem))
    return tuple(finding for path in sorted(found) for finding in _placed(org, path, found[path]))


def severity_of(rule: Rule, org: Org) -> Severity | None:
    """How severe a rule is in an organisation; None where it is switched off.

    Ruleset and then org.yaml may alter it, but an error stays one, and what depends on today's
    date never becomes one: the same commit must not fail tomorrow.
    """
    if rule.severity == "error":
        return "error"
    own = org.organisation.severities if org.organisation else {}
    asked = own.get(rule.name, org.ruleset.severities.get(rule.name, rule.severity))
    if asked == "error" and rule.depends_on_date:
        return "warning"
    return _SEVERITIES.get(asked, rule.severity)


_SEVERITIES: Mapping[str, Severity | None] = {
    "error": "error",
    "warning": "warning",
    "notice": "notice",
    "off": None,
}


def _placed(
    org: Org, path: str, problems: list[tuple[Rule, Severity, Problem]]
) -> Iterator[Finding]:
    content = org.snapshot.read(path)
    findings = []
    for rule, severity, problem in problems:
        spot = problem.spot or _spot(content, problem)
        findings.append(
            Finding(
                rule=rule.name,
                severity=severity,
                path=path,
                line=spot.line,
                column=spot.column,
                cause=problem.cause,
                way_out=problem.way_out,
            )
        )
    yield from sorted(findings, key=lambda f: (f.line, f.column, f.rule, str(f.cause)))


def _spot(content: bytes | Unreadable, problem: Problem) -> Spot:
    if isinstance(content, Unreadable) or not problem.pointer:
        return _TOP
    spot = find_spot(content, problem.pointer, on_key=problem.on_key)
    return _within(content, spot, problem.within) if problem.within else spot


def _within(content: bytes, spot: Spot, words: str) -> Spot:
    """Where words stand in a value that begins at a spot; its beginning if they are not found."""
    lines = content.decode("utf-8", "replace").split("\n")
    start = spot.column - 1
    for number, line in enumerate(lines[spot.line - 1 :], spot.line):
        column = line.find(words, start)
        if column >= 0:
            return Spot(number, column + 1)
        start = 0
    return spot
