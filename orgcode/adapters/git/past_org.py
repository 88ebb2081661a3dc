"""The organisation as it was at a commit, for whoever asks by key: nothing is listed, however
large it is, and only what is asked for is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from orgcode.adapters.git.past import Past
from orgcode.documents import rulesets
from orgcode.documents.loading import content_of
from orgcode.model.entities import Organisation, Response, Thing
from orgcode.model.facts import FOLDER_OF, Facts, path_of
from orgcode.model.history import moment_of
from orgcode.model.org import FIELDS, Org
from orgcode.model.reads import Reads
from orgcode.model.snapshot import MAX_BYTES, Entry, Unreadable

T = TypeVar("T")


def org_at(past: Past, commit: int) -> Org:
    """The organisation at a commit, on the day of that commit; at -1, before the first, there is
    none. Of what is found from the other end, only what links to a page or picture is known.
    """
    entries = _Entries(past, commit)
    snapshot = _PastSnapshot(past, entries)

    def facts(path: str) -> Facts | None:
        entry = entries.get(path)
        return None if entry is None else past.facts(path, entry.blob or "", entry.mode)

    def content(path: str) -> Thing | tuple[Response, ...] | None:
        found = facts(path)
        return None if found is None else content_of(path, found)

    def responses_at(path: str) -> tuple[Response, ...] | None:
        return cast("tuple[Response, ...] | None", content(path))

    def things(kind: str) -> Mapping[str, Any]:
        def thing(id: str) -> Thing | None:
            return cast("Thing | None", content(path_of(kind, id)))

        return _Keyed(entries, thing, kind)

    def under(index: str, key: str) -> tuple[tuple[str, str], ...]:
        if index != "link" or commit < 0:
            return ()
        found = ((path, entries.get(path)) for path in past.files_linking(key))
        return tuple(
            (path, "")
            for path, entry in found
            if entry is not None and key in past.links(path, entry.blob or "", entry.mode)
        )

    organisation = cast("Organisation | None", content("org.yaml"))
    return Org(
        today=moment_of(past.history.graph.times[commit]).date(),
        snapshot=snapshot,
        files=_Keyed(entries, facts),
        postings=under,
        ruleset=rulesets.ruleset_or_default(organisation.ruleset if organisation else ""),
        reads=Reads(),
        organisation=organisation,
        response_files=_Keyed(entries, responses_at),
        **{field: things(kind) for kind, field in FIELDS.items()},
    )


class _PastSnapshot:
    def __init__(self, past: Past, entries: _Entries) -> None:
        self._past = past
        self.entries: Mapping[str, Entry] = entries

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        entry = self.entries.get(path)
        if entry is None:
            return Unreadable.MISSING
        return self._past.read(entry, most)


class _Entries(Mapping[str, Entry]):
    """What stands at each path; the paths themselves are found only when somebody wants all."""

    def __init__(self, past: Past, commit: int) -> None:
        self._past = past
        self._commit = commit

    def __getitem__(self, path: str) -> Entry:
        found = self._past.history.state(self._commit, path) if self._commit >= 0 else None
        if found is None:
            raise KeyError(path)
        return Entry(found.mode, found.blob)

    def __iter__(self) -> Iterator[str]:
        return iter(self._past.paths(self._commit)) if self._commit >= 0 else iter(())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Keyed(Mapping[str, T]):
    """What files hold, by path, or by the id of a kind of thing."""

    def __init__(
        self, entries: _Entries, load: Callable[[str], T | None], kind: str | None = None
    ) -> None:
        self._entries = entries
        self._load = load
        self._kind = kind

    def __getitem__(self, key: str) -> T:
        found = self._load(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        for path in self._entries:
            key = path if self._kind is None else _id_at(self._kind, path)
            if key is not None and self._load(key) is not None:
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _id_at(kind: str, path: str) -> str | None:
    folder = f"{FOLDER_OF.get(kind, f'{kind}s')}/"
    if not path.startswith(folder):
        return None
    id = path.removeprefix(folder).removesuffix("/proposal.yaml").removesuffix(".yaml")
    return id if path_of(kind, id) == path else None
