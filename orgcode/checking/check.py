"""Run the rules over an organisation and place what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from orgcode.checking.places import TOP, Places
from orgcode.checking.rule import Rule
from orgcode.checking.rules import RULES
from orgcode.model.finding import Finding, Problem, Severity
from orgcode.model.org import Org


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
    places = None
    findings = []
    for rule, severity, problem in problems:
        spot = problem.spot
        if spot is None and not problem.pointer:
            spot = TOP
        if spot is None:
            places = places or Places(org.snapshot.read(path))
            spot = places.spot(problem.pointer, on_key=problem.on_key, within=problem.within)
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
