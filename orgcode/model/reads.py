"""What has been asked of an organisation, so that an answer is worked out again only when
something that it was made of has changed.

Every read is a text: the path of a file; `?` and a path (whether there is such a file or folder);
`*` and a kind (all files of it), `**` (all paths); `index:key` (which files have that posting);
`=name` (an answer of `Org.kept`, which itself was made of such reads); `history:key` (what
is told of the past: of a path, a month, a circle, a person).
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import TypeVar

from orgcode.model.snapshot import MAX_BYTES, Entry, Snapshot, Unreadable

T = TypeVar("T")


class Reads:
    """The reads of whoever is being answered now."""

    __slots__ = ("asked", "unit")

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.unit = ""

    def of(self, work: Callable[[], T], unit: str = "") -> tuple[T, set[str]]:
        """Do some work: its result, and all that it asked but not what was asked around it.

        `unit` is for work about the file at that path, which is done again anyway when that file
        changes, or another that stands beside it (`Org.beside`).
        """
        around = self.asked, self.unit
        self.asked, self.unit = set(), unit
        try:
            return work(), self.asked
        finally:
            self.asked, self.unit = around


class Things(Mapping[str, T]):
    """The things of one kind by id, each read from its file when it is asked for."""

    __slots__ = ("_every", "_ids", "_is_there", "_kept", "_load", "_path", "_reads")

    def __init__(
        self,
        reads: Reads,
        load: Callable[[str], T | None],
        path: Callable[[str], str],
        is_there: Callable[[str], bool],
        ids: Callable[[], Iterable[str]],
        every: str,
    ) -> None:
        """`load` reads the file at a path, `path` gives that of an id, `is_there` tells whether
        there is one; `ids` gives all in order, to whoever asks for all.
        """
        self._reads = reads
        self._load = load
        self._path = path
        self._is_there = is_there
        self._ids = ids
        self._every = every
        self._kept: dict[str, tuple[str, T | None]] = {}

    def _find(self, id: str) -> tuple[str, T | None]:
        found = self._kept.get(id)
        if found is None:
            path = self._path(id)
            found = self._kept[id] = (path, self._load(path) if self._is_there(path) else None)
        return found

    def __getitem__(self, id: str) -> T:
        path, thing = self._find(id)
        self._reads.asked.add(path)
        if thing is None:
            raise KeyError(id)
        return thing

    def get(self, id: str, default: object = None) -> T | object:  # type: ignore[override]
        """The thing with that id, or the default where there is none that can be read."""
        path, thing = self._find(id)
        self._reads.asked.add(path)
        return default if thing is None else thing

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.get(id) is not None

    def _all(self) -> Iterator[tuple[str, T]]:
        self._reads.asked.add(self._every)
        for id in self._ids():
            thing = self._find(id)[1]
            if thing is not None:
                yield id, thing

    def __iter__(self) -> Iterator[str]:
        return (id for id, _ in self._all())

    def __len__(self) -> int:
        return sum(1 for _ in self._all())

    def values(self) -> ValuesView[T]:
        """Every thing that can be read, in order; one read for all of them."""
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        """Every thing that can be read with its id, in order; one read for all of them."""
        return _Items(self)


class ByPath(Mapping[str, T]):
    """What files hold by their path, each read when it is asked for; each path holds something."""

    __slots__ = ("_is_there", "_kept", "_load", "_paths", "_reads")

    def __init__(
        self,
        reads: Reads,
        load: Callable[[str], T],
        is_there: Callable[[str], bool],
        paths: Callable[[], Iterable[str]],
    ) -> None:
        """`paths` gives all in order, to whoever asks for all."""
        self._reads = reads
        self._load = load
        self._is_there = is_there
        self._paths = paths
        self._kept: dict[str, T] = {}

    def __getitem__(self, path: str) -> T:
        self._reads.asked.add(path)
        found = self._kept.get(path)
        if found is None:
            if not self._is_there(path):
                raise KeyError(path)
            found = self._kept[path] = self._load(path)
        return found

    def __contains__(self, path: object) -> bool:
        self._reads.asked.add(f"?{path}")
        return isinstance(path, str) and self._is_there(path)

    def __iter__(self) -> Iterator[str]:
        self._reads.asked.add("**")
        return iter(self._paths())

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Values(ValuesView[T]):
    _mapping: Things[T]

    def __iter__(self) -> Iterator[T]:
        return (thing for _, thing in self._mapping._all())


class _Items(ItemsView[str, T]):
    _mapping: Things[T]

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return self._mapping._all()


class Answers(Mapping[str, T]):
    """What is worked out for each key when it is asked for, as by `Org.kept`."""

    __slots__ = ("_answer", "_keys")

    def __init__(
        self, answer: Callable[[str], T | None], keys: Callable[[], Iterable[str]]
    ) -> None:
        """`answer` gives what a key stands for, None for nothing; `keys` all that may have any."""
        self._answer = answer
        self._keys = keys

    def __getitem__(self, key: str) -> T:
        found = self._answer(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: object = None) -> T | object:  # type: ignore[override]
        """What a key stands for, or the default."""
        found = self._answer(key)
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._answer(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._keys() if self._answer(key) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class RecordedSnapshot:
    """A snapshot that tells what is asked of it."""

    def __init__(self, snapshot: Snapshot, reads: Reads) -> None:
        self._snapshot = snapshot
        self._reads = reads
        self.entries: Mapping[str, Entry] = _Entries(snapshot.entries, reads)

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """The bytes of one entry, or why they are not to be had."""
        self._reads.asked.add(path)
        return self._snapshot.read(path, most)


class _Entries(Mapping[str, Entry]):
    def __init__(self, entries: Mapping[str, Entry], reads: Reads) -> None:
        self._entries = entries
        self._reads = reads

    def __getitem__(self, path: str) -> Entry:
        self._reads.asked.add("?" + path)
        return self._entries[path]

    def __contains__(self, path: object) -> bool:
        self._reads.asked.add(f"?{path}")
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        self._reads.asked.add("**")
        return iter(self._entries)

    def __len__(self) -> int:
        self._reads.asked.add("**")
        return len(self._entries)


def touched(
    path: str,
    kind: str | None,
    before: frozenset[tuple[str, str]] | None,
    after: frozenset[tuple[str, str]] | None,
) -> Iterator[str]:
    """What may be read otherwise because one file has changed.

    `before` and `after` are its postings as `index:key` and note; None where there is no such
    file.
    """
    yield path
    if kind is not None:
        yield f"*{kind}"
    if before is None or after is None:
        yield "**"
        yield f"?{path}"
        folder = path
        while folder := folder.rpartition("/")[0]:
            yield f"?{folder}"
    for posting, _ in (before or frozenset()) ^ (after or frozenset()):
        yield posting


def stale(
    changed: Iterable[str],
    readers: Callable[[str], Iterable[str]],
    is_other_now: Callable[[str], bool],
) -> set[str]:
    """Who has read something that has changed, also by way of answers that were kept (`=name`).

    An answer that is the same as before although what it was made of has changed goes no further.
    """
    waiting = list(changed)
    seen: set[str] = set()
    found: set[str] = set()
    while waiting:
        for reader in readers(waiting.pop()):
            if reader in seen:
                continue
            seen.add(reader)
            if not reader.startswith("="):
                found.add(reader)
            elif is_other_now(reader[1:]):
                waiting.append(reader)
    return found
