"""Errors that a change brings: those that were not there before, wherever in their file they stand.

How severe something is, is as it was before the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from orgcode.checking.check import Found, placed, severity_of
from orgcode.checking.rule import Rule
from orgcode.checking.rules import RULES
from orgcode.model.finding import Finding
from orgcode.model.org import Org


def new_errors(
    before: Org, after: Org, was: Callable[[], Iterable[Found]], now: Iterable[Found]
) -> tuple[Finding, ...]:
    """Of what is found on both sides wherever it may not be the same: the errors that are new.
    Mostly there are none afterwards; then nobody asks what there was.
    """
    rules = error_rules(before)
    found = placed(after, now, rules, severities_of=before)
    return tuple(beyond(found, placed(before, was(), rules, severities_of=before) if found else ()))


def error_rules(org: Org) -> tuple[Rule, ...]:
    """The rules that find errors in an organisation."""
    return tuple(rule for rule in RULES if severity_of(rule, org) == "error")


def beyond(findings: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """Those that are not among the others, each as often as it comes; lines may have moved."""
    left = Counter(map(_what, others))
    for finding in findings:
        if left[_what(finding)]:
            left[_what(finding)] -= 1
        else:
            yield finding


def _what(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.path, repr(finding.cause)
