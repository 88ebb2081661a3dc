"""An organisation along the steps of its history, in memory: each step costs what it changes. It
reads nothing that was kept, and keeps nothing.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from msgspec import Struct

from orgcode.adapters.git.beside import Beside
from orgcode.adapters.git.bulk import kind_at, postings_at
from orgcode.adapters.git.folders import Unlike
from orgcode.adapters.git.objects import Objects
from orgcode.adapters.git.result import EntriesAfter
from orgcode.checking.check import Found, problems_at
from orgcode.checking.new_errors import error_rules, new_errors
from orgcode.checking.rule import Share
from orgcode.documents.facts import read_facts
from orgcode.documents.loading import Content, content_of, organisation_of
from orgcode.model.facts import Facts, identify
from orgcode.model.finding import Finding
from orgcode.model.org import Org
from orgcode.model.postings import those_beside
from orgcode.model.reads import stale
from orgcode.model.snapshot import Entry

_WHOLE = ""


class Ahead(Struct, frozen=True, kw_only=True):
    """The organisation after a change, beside where the walk stands."""

    org: Org
    new_errors: tuple[Finding, ...]
    """Errors that are not there before it, as severe as before."""
    beside: Beside
    units: Mapping[str, list[Found]]
    reads: Mapping[str, Collection[str]]


class Walk:
    """Where the walk stands: a state of the organisation, and who reads what of it."""

    def __init__(self, snapshot: Objects, day: date) -> None:
        """`day` is for checking alone, in which no error depends on the day."""
        self._facts: dict[str, Facts] = {}
        self._contents: dict[str, Content] = {}
        self._postings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._own: dict[str, frozenset[tuple[str, str]]] = {}
        self._units: dict[str, list[Found]] = {}
        self._reads: dict[str, Collection[str]] = {}
        self._readers: dict[str, set[str]] = defaultdict(set)
        self._snapshot = snapshot
        self.day = day
        for path in snapshot.entries:
            if identify(path) is not None:
                self._put(path, read_facts(kind_at(path), snapshot.read(path)))
        self.org = organisation_of(snapshot, day, self)
        units = [_WHOLE, *snapshot.entries]
        self._note(*_looked_at(self.org, units), self.org)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every path where it stands."""
        return self._snapshot.entries

    @property
    def listing(self) -> Mapping[str, Entry]:
        """The same, as `Beside` asks for it."""
        return self._snapshot.entries

    def after(self, unlike: Mapping[str, Unlike], day: date) -> Org:
        """The organisation with some paths otherwise, read for a day."""
        return self._beside(unlike, day).org

    def ahead(self, unlike: Mapping[str, Unlike]) -> Ahead:
        """The same, checked."""
        beside = self._beside(unlike, self.day)
        org = beside.org
        units = beside.stale()
        if "org.yaml" in unlike:
            units = frozenset({_WHOLE, *self._snapshot.entries, *org.snapshot.entries})
        found, reads = _looked_at(org, units)
        return Ahead(
            org=org,
            new_errors=self._new_errors(org, units, found),
            beside=beside,
            units={unit: found.get(unit, []) for unit in units},
            reads={unit: reads.get(unit, ()) for unit in units},
        )

    def advance(self, ahead: Ahead, unlike: Mapping[str, Unlike]) -> None:
        """Go there."""
        entries = EntriesAfter(self._snapshot.entries, unlike)
        self._snapshot = Objects(dict(entries), self._snapshot.odb)
        for path, entry in entries.altered.items():
            self._take(path)
            if entry is not None and identify(path) is not None:
                self._put(path, ahead.beside.facts(path))
        self.org = ahead.org
        self._note(ahead.units, ahead.reads, ahead.org)

    # What `documents.loading` and `Beside` ask of a source

    def facts(self, path: str) -> Facts:
        """The facts of a file of a thing."""
        return self._facts[path]

    def content(self, path: str) -> Content:
        """What a file of a thing holds."""
        if path not in self._contents:
            self._contents[path] = content_of(path, self._facts[path])
        return self._contents[path]

    def postings(self, index: str, key: str) -> tuple[tuple[str, str], ...]:
        """Paths of the files with a posting, in order, each with the note of the posting."""
        return tuple(self._postings.get(f"{index}:{key}", ()))

    def read_by(self, reads: Iterable[str], other: Org) -> frozenset[str]:
        """Which units of work read any of these, where an answer is the same in another
        organisation no further.
        """

        def readers(read: str) -> Iterator[str]:
            yield from self._readers.get(read, ())
            index, _, key = read.partition(":")
            yield from those_beside(index, key, (path for path, _ in self.postings(index, key)))
            yield from those_beside(index, key, (path for path, _ in other.postings(index, key)))

        def is_other(name: str) -> bool:
            digest = other.digest(name)
            return digest is None or digest != self.org.digest(name)

        return frozenset(stale(reads, readers, is_other))

    def _beside(self, unlike: Mapping[str, Unlike], day: date) -> Beside:
        entries = EntriesAfter(self._snapshot.entries, unlike)
        return Beside(self, Objects(entries, self._snapshot.odb), entries.altered, day)

    def _new_errors(
        self, org: Org, units: Collection[str], found: Mapping[str, list[Found]]
    ) -> tuple[Finding, ...]:
        shares: list[Found] = []
        if gathering := {rule.name for rule in error_rules(self.org) if rule.gather}:
            shares = [
                each
                for unit, those in self._units.items()
                if unit not in units
                for each in those
                if each.rule in gathering and isinstance(each.what, Share)
            ]

        def errors(here: Mapping[str, list[Found]]) -> list[Found]:
            return [*shares, *(each for unit in units for each in here.get(unit, ()))]

        return new_errors(self.org, org, lambda: errors(self._units), errors(found))

    def _note(
        self, units: Mapping[str, list[Found]], reads: Mapping[str, Collection[str]], org: Org
    ) -> None:
        for unit, found in units.items():
            for read in self._reads.pop(unit, ()):
                self._readers[read].discard(unit)
            self._units.pop(unit, None)
            if found:
                self._units[unit] = found
        for unit, asked in reads.items():
            if asked:
                self._reads[unit] = asked
            for read in asked:
                self._readers[read].add(unit)
        for name, asked in org.answers():
            for read in asked:
                self._readers[read].add(f"={name}")

    def _put(self, path: str, facts: Facts) -> None:
        self._facts[path] = facts
        self._own[path] = postings_at(path, facts)
        for key, note in self._own[path]:
            insort(self._postings[key], (path, note))

    def _take(self, path: str) -> None:
        self._facts.pop(path, None)
        self._contents.pop(path, None)
        for key, note in self._own.pop(path, ()):
            self._postings[key].remove((path, note))


def _looked_at(
    org: Org, units: Iterable[str]
) -> tuple[dict[str, list[Found]], dict[str, Collection[str]]]:
    """What is found in each unit that is there, and what was read for it."""
    found: dict[str, list[Found]] = {}
    reads: dict[str, Collection[str]] = {}
    for unit in sorted(units):
        if unit == _WHOLE or unit in org.snapshot.entries:
            work = partial(problems_at, org, unit or None)
            found[unit], asked = org.reads.of(work, unit)
            asked.discard(unit)
            reads[unit] = asked
    return found, reads
