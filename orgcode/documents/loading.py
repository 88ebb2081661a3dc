"""From a snapshot to the organisation: each file's facts and entity, when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Protocol, TypeVar, cast

from orgcode.documents import building, rulesets
from orgcode.documents.facts import read_facts
from orgcode.model.entities import Organisation, Response, Thing
from orgcode.model.facts import Facts, Identity, Kind, identify, path_of
from orgcode.model.org import FIELDS, Org
from orgcode.model.postings import Posting, postings
from orgcode.model.reads import ByPath, Reads, RecordedSnapshot, Things
from orgcode.model.snapshot import Snapshot, Unreadable

T = TypeVar("T")

ReadFacts = Callable[[Kind, bytes | Unreadable], Facts]

Content = Thing | tuple[Response, ...] | None
"""What one file holds: a thing, or the entries of a response; None where nothing could be read."""


class Source(Protocol):
    """Where the facts of files and their postings come from: read here, or kept from before."""

    def facts(self, path: str) -> Facts:
        """The facts of a file of a thing."""
        ...

    def content(self, path: str) -> Content:
        """What a file of a thing holds."""
        ...

    def postings(self, index: str, key: str) -> tuple[tuple[str, str], ...]:
        """Paths of the files with a posting, in order, each with the note of the posting."""
        ...


def load(snapshot: Snapshot, today: date, read_facts: ReadFacts = read_facts) -> Org:
    """The organisation that a snapshot holds, read for one day, file by file when asked for."""
    return organisation_of(snapshot, today, ReadAtOnce(snapshot, read_facts))


def organisation_of(snapshot: Snapshot, today: date, source: Source) -> Org:
    """The organisation that a snapshot holds, its facts taken from a source.

    Whatever is wrong with its files is kept in `Org.files` as flaws; what could be read of them
    is in the entities. Where org.yaml names no ruleset that orgcode has, the default one serves,
    and a rule reports it.
    """
    reads = Reads()
    content, entries = source.content, snapshot.entries

    def is_there(path: str, kind: str | None = None) -> bool:
        identity = identify(path) if path in entries else None
        return identity is not None and kind in (None, identity.kind)

    def listed(kind: str | None = None) -> Iterator[tuple[str, Identity]]:
        found = ((path, identify(path)) for path in entries)
        return ((path, it) for path, it in found if it is not None and kind in (None, it.kind))

    def things(kind: str) -> Mapping[str, Any]:
        def ids() -> Iterator[str]:
            return (identity.id for _, identity in listed(kind))

        return Things(reads, content, partial(path_of, kind), is_there, ids, f"*{kind}")

    def by_path(load: Callable[[str], T], kind: str | None = None) -> Mapping[str, T]:
        def paths() -> Iterator[str]:
            return (path for path, _ in listed(kind))

        return ByPath(reads, load, partial(is_there, kind=kind), paths)

    def responses_at(path: str) -> tuple[Response, ...]:
        return cast("tuple[Response, ...]", content(path))

    organisation = (
        cast("Organisation | None", content("org.yaml")) if is_there("org.yaml") else None
    )
    return Org(
        today=today,
        snapshot=RecordedSnapshot(snapshot, reads),
        files=by_path(source.facts),
        postings=source.postings,
        ruleset=rulesets.ruleset_or_default(organisation.ruleset if organisation else ""),
        reads=reads,
        organisation=organisation,
        response_files=by_path(responses_at, "response"),
        **{field: things(kind) for kind, field in FIELDS.items()},
    )


class ReadAtOnce:
    """A source that reads every file itself, all of them as soon as a posting is asked for."""

    def __init__(self, snapshot: Snapshot, read_facts: ReadFacts = read_facts) -> None:
        self._snapshot = snapshot
        self._read_facts = read_facts
        self._facts: dict[str, Facts] = {}
        self._contents: dict[str, Content] = {}
        self._postings: dict[tuple[str, str], list[tuple[str, str]]] | None = None

    def facts(self, path: str) -> Facts:
        """The facts of a file of a thing."""
        if path not in self._facts:
            kind = _identity(path).kind
            self._facts[path] = self._read_facts(kind, self._snapshot.read(path))
        return self._facts[path]

    def content(self, path: str) -> Content:
        """What a file of a thing holds."""
        if path not in self._contents:
            self._contents[path] = content_of(path, self.facts(path))
        return self._contents[path]

    def postings(self, index: str, key: str) -> tuple[tuple[str, str], ...]:
        """Paths of the files with a posting, in order, each with the note of the posting."""
        if self._postings is None:
            self._postings = defaultdict(list)
            for path in self._snapshot.entries:
                if identify(path):
                    for posting in postings_of(self.facts(path), self.content(path)):
                        self._postings[posting.of, posting.key].append((path, posting.note))
        return tuple(self._postings.get((index, key), ()))


def postings_of(facts: Facts, content: Content) -> Iterator[Posting]:
    """Under what a file with these facts and this content is to be found from the other end."""
    if not facts.is_whole:
        yield Posting("broken", facts.kind, " ".join(facts.words or ()))
    if content is not None:
        yield from postings(content)


def content_of(path: str, facts: Facts) -> Content:
    """What the facts of a file say, as an entity (of a response: as its entries)."""
    identity = _identity(path)
    if identity.kind == "response":
        return tuple(_responses(facts.data, identity, path))
    if isinstance(facts.data, Mapping):
        return building.BUILDERS[identity.kind](facts.data, identity.id, path)
    return None


def _identity(path: str) -> Identity:
    identity = identify(path)
    if identity is None:
        raise KeyError(path)
    return identity


def _responses(data: object, identity: Identity, path: str) -> Iterator[Response]:
    for place, entry in enumerate(data if isinstance(data, list | tuple) else ()):
        if isinstance(entry, Mapping):
            yield building.response(entry, identity.proposal or "", identity.id, path, place)
