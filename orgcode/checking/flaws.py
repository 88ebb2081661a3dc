"""What was wrong with the text or shape of files, as problems of the rule of that name."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.model.finding import Problem
from orgcode.model.org import Org


def flaws_of(org: Org, rule: str) -> Iterator[Problem]:
    """The flaws of one rule that were found while reading."""
    for path, facts in org.files.items():
        for flaw in facts.flaws:
            if flaw.rule == rule:
                yield Problem(path=path, spot=flaw.spot, cause=flaw.cause, way_out=flaw.way_out)


def is_whole(org: Org, path: str) -> bool:
    """Whether everything in a file could be read, so that what is absent is truly absent."""
    facts = org.files.get(path)
    return facts is not None and facts.is_whole
