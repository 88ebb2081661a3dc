"""Run the rules over an organisation, thing by thing, and place what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from orgcode.changes.change import Change
from orgcode.checking.change_rules import CHANGE_RULES
from orgcode.checking.places import TOP, Places
from orgcode.checking.rule import Check, Rule, Share, Subject
from orgcode.checking.rules import RULES
from orgcode.checking.texts import texts_in
from orgcode.model.facts import identify
from orgcode.model.finding import Finding, Pointer, Problem, Severity, Spot
from orgcode.model.org import Org


class Found(NamedTuple):
    """What a rule found about one thing; a problem stands in the file that was looked at."""

    rule: str
    what: Problem | Share


Row = tuple[tuple[str, Check], ...]
Table = Mapping[Subject, Row]
"""The rules for each subject, by name."""


def check(org: Org, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """What is wrong with an organisation, by path, line, column and rule."""
    asked = tuple(rule for rule in rules if severity_of(rule, org) is not None)
    table = table_of(asked)
    found = problems_at(org, None, table)
    for path in org.snapshot.entries:
        found += problems_at(org, path, table)
    return placed(org, found, asked)


def problems_at(org: Org, path: str | None, table: Table | None = None) -> list[Found]:
    """What the rules find about the file at a path: the file, the thing in it, the core roles or
    entries of that thing. Without a path: about the organisation as a whole.

    All of it stands in that file (or in org.yaml), and the organisation is read by keyed look-ups
    only, so that it stays true until something changes that was looked up.
    """
    rules = _TABLE if table is None else table
    found: list[Found] = []
    if path is None:
        _run(rules["organisation"], org, org.organisation, found)
        return found
    identity = identify(path)
    if identity is None:
        _run(rules["other-path"], org, path, found)
        return found
    kind = identity.kind
    _run(rules["file"], org, path, found)
    facts = org.files[path]
    if rules["texts"]:
        _run(rules["texts"], org, texts_in(path, facts), found)
    if facts.flaws:
        _run(rules["flawed-file"], org, path, found)
    if kind == "response":
        if entries := org.response_files.get(path):
            _run(rules[kind], org, entries, found)
    elif kind != "org":
        thing = _THINGS[kind](org).get(identity.id)
        if thing is not None:
            _run(rules[kind], org, thing, found)
            if kind == "circle":
                for role in org.core_roles_in.get(identity.id, ()):
                    _run(rules["core-role"], org, role, found)
    return found


def check_change(change: Change, rules: Sequence[Rule] = CHANGE_RULES) -> tuple[Finding, ...]:
    """What is wrong with a change; how severe that is, is as it was before."""
    org = change.after
    found = [Found(rule.name, what) for rule in rules for what in rule.check(org, change)]
    return placed(org, found, rules, severities_of=change.before)


def placed(
    org: Org,
    found: Iterable[Found],
    rules: Sequence[Rule] = RULES,
    *,
    severities_of: Org | None = None,
) -> tuple[Finding, ...]:
    """Findings of what was found everywhere, by path, line, column and rule."""
    law = severities_of or org
    by_path: dict[str, list[tuple[Rule, Severity, Problem]]] = defaultdict(list)
    shares: dict[str, list[Share]] = defaultdict(list)
    on = {rule.name: (rule, severity) for rule in rules if (severity := severity_of(rule, law))}
    for name, what in found:
        if isinstance(what, Share):
            shares[name].append(what)
        elif name in on:
            by_path[what.path].append((*on[name], what))
    for name, (rule, severity) in on.items():
        for problem in rule.gather(org, shares[name]) if rule.gather and shares[name] else ():
            by_path[problem.path].append((rule, severity, problem))
    return tuple(
        finding for path in sorted(by_path) for finding in _placed(org, path, by_path[path])
    )


def table_of(rules: tuple[Rule, ...]) -> Table:
    """The rules sorted by what they are about."""
    return defaultdict(
        tuple,
        {
            subject: tuple((rule.name, rule.check) for rule in rules if subject in rule.subjects)
            for subject in {subject for rule in rules for subject in rule.subjects}
        },
    )


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


_TABLE = table_of(RULES)

_THINGS: Mapping[str, Callable[[Org], Mapping[str, Any]]] = {
    "circle": lambda org: org.circles,
    "role": lambda org: org.roles,
    "person": lambda org: org.people,
    "policy": lambda org: org.policies,
    "agreement": lambda org: org.agreements,
    "objective": lambda org: org.objectives,
    "tension": lambda org: org.tensions,
    "proposal": lambda org: org.proposals,
}


def _run(row: Row, org: Org, thing: object, found: list[Found]) -> None:
    for name, rule in row:
        for what in rule(org, thing):
            found.append(Found(name, what))


Where = tuple[str, Pointer, bool]
"""The path, the pointer and whether it is the key's place that counts."""


def located(org: Org, found: Iterable[Found], known: Mapping[Where, Spot]) -> list[Found]:
    """The same, with the places of all problems; those that are not known are looked up."""
    places: dict[str, Places] = {}
    located = []
    for each in found:
        what = each.what
        if isinstance(what, Problem) and what.spot is None:
            spot = None if what.within else known.get((what.path, what.pointer, what.on_key))
            each = each._replace(what=replace(what, spot=spot or _spot(org, what, places)))
        located.append(each)
    return located


def places_in(found: Iterable[Found], changed: Collection[str]) -> Mapping[Where, Spot]:
    """The places of problems, as they were found, but not those in files that have changed; words
    within a text have others each time.
    """
    return {
        (what.path, what.pointer, what.on_key): what.spot
        for _, what in found
        if isinstance(what, Problem)
        and what.spot is not None
        and not what.within
        and what.path not in changed
    }


def _spot(org: Org, problem: Problem, places: dict[str, Places]) -> Spot:
    if not problem.pointer:
        return TOP
    if problem.path not in places:
        places[problem.path] = Places(org.snapshot.read(problem.path))
    return places[problem.path].spot(problem.pointer, on_key=problem.on_key, within=problem.within)


def _placed(org: Org, path: str, problems: list[tuple[Rule, Severity, Problem]]) -> list[Finding]:
    places: dict[str, Places] = {}
    findings = []
    for rule, severity, problem in problems:
        spot = problem.spot or _spot(org, problem, places)
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
    return sorted(findings, key=lambda f: (f.line, f.column, f.rule, str(f.cause)))
