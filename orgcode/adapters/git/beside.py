"""An organisation beside one that is kept: most of its files are the same, so that only those few
that are not have to be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from orgcode.adapters.git.bulk import kind_at, postings_at, read_file
from orgcode.documents.loading import Content, Source, content_of, organisation_of
from orgcode.model.facts import Facts, identify
from orgcode.model.org import Org
from orgcode.model.reads import touched
from orgcode.model.snapshot import Snapshot


class Base(Source, Protocol):
    """The organisation beside which another one is read."""

    @property
    def listing(self) -> Collection[str]:
        """Every path of it."""
        ...

    def read_by(self, reads: Iterable[str], other: Org) -> frozenset[str]:
        """Which units of work read any of these and may find something else in another one."""
        ...


class Beside:
    """The organisation of a snapshot; `changed` are the paths at which it is not the kept one."""

    def __init__(self, kept: Base, snapshot: Snapshot, changed: Iterable[str], today: date) -> None:
        self._kept = kept
        self._changed = frozenset(changed)
        self._facts: dict[str, Facts] = {
            path: read_file(snapshot, path)[0]
            for path in sorted(self._changed)
            if path in snapshot.entries and identify(path) is not None
        }
        self._postings: dict[str, list[tuple[str, str]]] = {}
        for path, facts in self._facts.items():
            for key, note in postings_at(path, facts):
                self._postings.setdefault(key, []).append((path, note))
        self._snapshot = snapshot
        self.org: Org = organisation_of(snapshot, today, self)

    def stale(self) -> frozenset[str]:
        """The units of work whose results may be others than those that are kept."""
        found: set[str] = set(self._changed)
        reads: set[str] = set()
        for path in self._changed:
            kind = kind_at(path) if identify(path) is not None else None
            here, there = self._postings_here(path), self._postings_there(path)
            reads.update(touched(path, kind, here, there))
        return frozenset(found) | self._kept.read_by(reads, self.org)

    # What `documents.loading` asks of a source

    def facts(self, path: str) -> Facts:
        """The facts of a file of a thing."""
        return self._facts[path] if path in self._changed else self._kept.facts(path)

    def content(self, path: str) -> Content:
        """What a file of a thing holds."""
        if path in self._changed:
            return content_of(path, self._facts[path])
        return self._kept.content(path)

    def postings(self, index: str, key: str) -> tuple[tuple[str, str], ...]:
        """Paths of the files with a posting, in order, each with the note of the posting."""
        own = self._postings.get(f"{index}:{key}", ())
        rest = [each for each in self._kept.postings(index, key) if each[0] not in self._changed]
        return tuple(sorted((*rest, *own)) if own else rest)

    def _postings_here(self, path: str) -> frozenset[tuple[str, str]] | None:
        if path not in self._snapshot.entries:
            return None
        return postings_at(path, self._facts[path]) if path in self._facts else frozenset()

    def _postings_there(self, path: str) -> frozenset[tuple[str, str]] | None:
        if path not in self._kept.listing:
            return None
        is_thing = identify(path) is not None
        return postings_at(path, self._kept.facts(path)) if is_thing else frozenset()
