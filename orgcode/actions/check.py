"""Check the organisation of a repository: what has changed since the last time, and what of the
rest that is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from orgcode.actions.noting import Readers
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import snapshot_of, with_kept
from orgcode.actions.sharing import by_circle
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.repository import find
from orgcode.adapters.processes import FEW, Tick, divide, share
from orgcode.checking.check import Found, Where, located, placed, places_in, problems_at, table_of
from orgcode.checking.coding import found_in, plain_found
from orgcode.checking.new_errors import error_rules, new_errors
from orgcode.checking.rule import Share
from orgcode.model.coding import decode, encode
from orgcode.model.facts import identify
from orgcode.model.finding import Finding, Spot
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.ruleset import Ruleset

WHOLE = ""
"""The unit of work that is about the organisation as a whole; the others are paths."""

Units = dict[str, list[Any]]
"""By unit what was found there, as plain data; those without anything are left out."""


class Checked(NamedTuple):
    """What was found, and the ruleset in whose words to say it."""

    findings: tuple[Finding, ...]
    ruleset: Ruleset


def check(directory: Path, today: date) -> tuple[Finding, ...]:
    """Everything found in the files as they are."""
    return check_in_words(directory, today).findings


def check_in_words(
    directory: Path,
    today: date,
    *,
    at: str | None = None,
    staged: bool = False,
    progress: Progress = silent,
) -> Checked:
    """Everything found in the files as they are, as staged, or at a revision."""
    repository = find(directory)
    snapshot = snapshot_of(repository, at=at, staged=staged)
    return with_kept(
        repository,
        snapshot,
        "check",
        today,
        lambda kept: Checked(check_kept(kept, progress), kept.org.ruleset),
        progress=progress,
        is_last=True,
    )


def check_kept(
    kept: Kept, progress: Progress = silent, *, severities_of: Org | None = None
) -> tuple[Finding, ...]:
    """Everything found; only what may be otherwise than the last time is looked for again.

    How severe that is, the organisation itself says, or another one: as it was before a change.
    """
    org = kept.org
    before = kept.results()
    units: Units = before if isinstance(before, dict) else {}
    if not isinstance(before, dict):
        kept.start_anew()
        stale = frozenset({WHOLE, *org.snapshot.entries})
    else:
        stale = kept.stale()
    work = _Work(kept)
    if stale:
        work.look_at(stale, progress)
        for unit in stale:
            units.pop(unit, None)
        units.update(work.units)
    everything = (found for data in units.values() for found in found_in(data))
    findings = placed(org, everything, severities_of=severities_of)
    if stale or kept.is_unsettled:
        kept.save(units, work.noted.numbers, work.noted.by_read, work.noted.digests)
    return findings


def check_beside(kept: Kept, org: Org, stale: Iterable[str]) -> tuple[Finding, ...]:
    """Everything found in an organisation beside one whose results are kept and current; only
    what may be otherwise there is looked for.
    """
    results = kept.results()
    units: Units = dict(results) if isinstance(results, dict) else {}
    for unit in stale:
        units.pop(unit, None)
        if unit == WHOLE or unit in org.snapshot.entries:
            units[unit] = plain_found(located(org, problems_at(org, unit or None), {}))
    return placed(org, (found for data in units.values() for found in found_in(data)))


def new_errors_beside(kept: Kept, org: Org, stale: Iterable[str]) -> tuple[Finding, ...]:
    """Errors in an organisation beside one whose results are kept and current, that are not there
    in that one; only what may be otherwise is looked for, on both sides.
    """
    rules, units = error_rules(kept.org), frozenset(stale)
    table = table_of(rules)
    gathering = {rule.name for rule in rules if rule.gather}
    shares = tuple(_shares(kept, units, gathering)) if gathering else ()

    def found(there: Org) -> list[Found]:
        looked = sorted(unit for unit in units if unit == WHOLE or unit in there.snapshot.entries)
        own = (each for unit in looked for each in problems_at(there, unit or None, table))
        return [*shares, *own]

    return new_errors(kept.org, org, lambda: found(kept.org), found(org))


def _shares(kept: Kept, units: Collection[str], gathering: Collection[str]) -> Iterator[Found]:
    """What all but these units add to the problems that many have together."""
    results = kept.results()
    for unit, data in results.items() if isinstance(results, dict) else ():
        for each in found_in(data) if unit not in units else ():
            if each.rule in gathering and isinstance(each.what, Share):
                yield each


class _Work:
    """Looking at units, and noting who read what; divided over processes if they are many."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._org = kept.org
        self._groups: Sequence[Sequence[str]] = ()
        self.noted = Readers(kept.org)
        self.units: Units = {}

    def look_at(self, units: Iterable[str], progress: Progress) -> None:
        """Look at all of these units, and find the places of what was found."""
        entries = self._kept.listing
        there = sorted(unit for unit in units if unit == WHOLE or unit in entries)
        files = [unit for unit in there if identify(unit) is not None]
        if len(files) > FEW:
            self._kept.prepare()
            self._groups = by_circle(self._org, files)
            telling = partial(progress, message("Checking"))
            divide(self, len(files), telling, meanwhile=self._kept.keep_facts)
            # The rest reads content, for which git's library may not be used in a child.
            there = [unit for unit in there if identify(unit) is None]
        for unit in there:
            self._look(unit)
        self.noted.note_answers()
        self.units = {unit: self._located(data) for unit, data in self.units.items()}

    def do(self, part: int, parts: int, tick: Tick) -> None:
        """Look at a part of each group of files."""
        for unit in chain.from_iterable(share(group, part, parts) for group in self._groups):
            self._look(unit)
            tick()

    def report(self) -> bytes:
        """What was found in this process, and who read what."""
        return encode((self.units, self.noted.report()))

    def hear(self, report: bytes) -> None:
        """Take over what another process has found."""
        units, noted = decode(report)
        self.units.update(units)
        self.noted.hear(noted)

    def _look(self, unit: str) -> None:
        found = self.noted.note(unit, lambda: problems_at(self._org, unit or None))
        if found:
            self.units[unit] = plain_found(found)

    def _located(self, data: list[Any]) -> list[Any]:
        """With places, which are looked up here: git's library may not be used in a child."""
        return plain_found(located(self._org, found_in(data), self._places))

    @cached_property
    def _places(self) -> Mapping[Where, Spot]:
        """Where things stand in files that are as they were, from the results of another day."""
        earlier = self._kept.earlier_results()
        units = earlier if isinstance(earlier, dict) else {}
        found = (found for data in units.values() for found in found_in(data))
        return places_in(found, self._kept.changed)
