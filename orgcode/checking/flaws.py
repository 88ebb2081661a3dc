"""What was wrong with the text or shape of a file, as problems of the rule of that name."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.model.facts import Facts
from orgcode.model.finding import Flaw, Problem
from orgcode.model.org import Org


def flaws_of(org: Org, path: str, rule: str) -> Iterator[Problem]:
    """The flaws of one rule that were found while reading a file."""
    facts = org.files.get(path)
    for flaw in facts.flaws if facts else ():
        if facts and _rule_of(flaw, facts) == rule:
            yield Problem(path=path, spot=flaw.spot, cause=flaw.cause, way_out=flaw.way_out)


def _rule_of(flaw: Flaw, facts: Facts) -> str:
    """Text lost to YAML is restored; but where it left nothing to read, that is an error."""
    return "yaml-syntax" if flaw.rule == "text-lost" and facts.data is None else flaw.rule


def is_whole(org: Org, path: str) -> bool:
    """Whether everything in a file could be read, so that what is absent is truly absent."""
    facts = org.files.get(path)
    return facts is not None and facts.is_whole
