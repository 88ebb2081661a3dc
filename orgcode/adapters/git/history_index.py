"""The history kept beside the facts: of each commit its parents, time and changes, and of each path
the commits that changed it.

A commit never changes, so what is kept of one holds for ever, whichever branch it is asked for: a
new commit is added, a branch that was rewritten leaves behind what nobody asks for. Everything is
made anew where git's idea of what comes before what has changed (a shallow clone that was
deepened), where too much was left behind, and where something is damaged.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from orgcode.adapters.git.cache import Cache, DamagedError
from orgcode.adapters.git.history_log import Altered, Logged, count_commits, read_log
from orgcode.adapters.git.pieces import Pieces
from orgcode.model.coding import CodingError, decode, encode
from orgcode.model.errors import OrgcodeError
from orgcode.model.shelf import Shelf
from orgcode.model.snapshot import ORDINARY

STATE = "history"
MENTIONS = ("mentions", "links")
"""Tables that others make of all commits, by their numbers."""
_BLOCK = 64
"""So many commits in a row have their changes in one piece."""
_MOST_TIPS = 32
"""With more ends that lead nowhere, most of what is kept is of branches that are gone."""
_ID = 20

Tell = Callable[[int, int], None]
"""Is told how many commits have been read, of how many."""


class Change(NamedTuple):
    """What a commit made of a path: the id of its blob (`ABSENT` where it took it away) and
    its mode.
    """

    commit: int
    blob: str
    mode: int


class Graph:
    """Which commits there are and what comes before what; a commit is a number here, and those
    before it have lower ones.
    """

    def __init__(self, ids: bytes, first: array[int], times: array[int]) -> None:
        self.ids = bytearray(ids)
        self.first = first
        """Of each commit the first parent; -1 where it has none."""
        self.times = times
        """Of each commit when it was committed, in seconds since 1970."""
        self.others: dict[int, list[int]] = {}
        """Of each merge the parents after the first."""

    def __len__(self) -> int:
        return len(self.first)

    def id(self, number: int) -> str:
        """The full id of a commit."""
        return self.ids[number * _ID : (number + 1) * _ID].hex()

    def number(self, id: str) -> int | None:
        """The number of a commit; None where it is not known."""
        wanted, at = bytes.fromhex(id), -1
        while (at := self.ids.find(wanted, at + 1)) >= 0:
            if at % _ID == 0:
                return at // _ID
        return None

    def parents(self, number: int) -> Iterator[int]:
        """All parents of a commit, the first one first."""
        if self.first[number] >= 0:
            yield self.first[number]
            yield from self.others.get(number, ())

    def line(self, number: int) -> Iterator[int]:
        """A commit, its first parent, the first parent of that, and so on."""
        first = self.first
        while number >= 0:
            yield number
            number = first[number]

    def add(self, id: str, parents: list[int], committed: int) -> None:
        """Add a commit whose parents are there."""
        self.ids += bytes.fromhex(id)
        self.first.append(parents[0] if parents else -1)
        self.times.append(committed)
        if len(parents) > 1:
            self.others[len(self) - 1] = parents[1:]


class HistoryIndex:
    """The history up to one or more commits, as it is kept."""

    def __init__(self, cache: Cache, common_folder: Path, cut_off: frozenset[str]) -> None:
        """`cut_off` are the commits at which a shallow clone ends."""
        self._common_folder = common_folder
        self.cut_off = cut_off
        self._pieces = Pieces(cache, STATE)
        self._tips: list[str] = []
        self._changes: dict[int, list[list[list[object]]]] = {}
        self._altered: set[int] = set()
        self._is_anew = False
        self._paths = Shelf("paths", self._pieces.one)
        self.graph = Graph(b"", array("i"), array("q"))
        if not self._load():
            self._forget()

    def extend(self, tip: str, tell: Tell) -> int:
        """See that `tip` and all that leads to it is there, and keep it; gives its number."""
        number = self.graph.number(tip)
        if number is not None:
            return number
        if len(self._tips) > _MOST_TIPS:
            self._forget()
        total = 0 if len(self.graph) else count_commits(self._common_folder, tip)
        new: list[Logged] = []
        try:
            for commit in read_log(self._common_folder, tip, self._tips):
                new.append(commit)
                if total:
                    tell(len(new), max(total, len(new)))
        except OrgcodeError:
            if not self._tips:
                raise
            self._forget()  # git may have thrown away half of a branch that nobody needs
            return self.extend(tip, tell)
        self._add(new)
        self._keep()
        found = self.graph.number(tip)
        if found is None:
            raise DamagedError
        return found

    def changes_of(self, path: str) -> Mapping[int, Change]:
        """What each commit that changed a path has made of it, by the commit's number."""
        return {change.commit: change for change in map(_change, self._paths.get(path))}

    def altered(self, commit: int) -> tuple[Altered, ...]:
        """All that a commit changed, compared with its first parent, by path."""
        block = self._block(commit // _BLOCK)
        try:
            # Types are those that `_add` wrote; the checksums of what is kept vouch for them.
            found = [Altered(*item) for item in block[commit % _BLOCK]]  # type: ignore[arg-type]
        except (IndexError, TypeError) as error:
            raise DamagedError from error
        return tuple(sorted(found))

    def _add(self, commits: list[Logged]) -> None:
        graph = self.graph
        numbers: dict[str, int] = {}
        changes: dict[str, list[str]] = {}
        leading: set[str] = set()

        def number(id: str) -> int:
            found = numbers.get(id)
            if found is None:
                found = graph.number(id)
                if found is None:
                    raise DamagedError
                numbers[id] = found
            return found

        was_empty = not len(graph)
        for commit in reversed(commits):
            if not was_empty and graph.number(commit.id) is not None:
                continue
            here = len(graph)
            graph.add(commit.id, [number(parent) for parent in commit.parents], commit.committed)
            numbers[commit.id] = here
            leading.update(commit.parents)
            if here % _BLOCK == 0:
                self._changes[here // _BLOCK] = []
            self._block(here // _BLOCK).append([list(change) for change in commit.altered])
            self._altered.add(here // _BLOCK)
            for path, _, after, mode in commit.altered:
                changes.setdefault(path, []).append(_text(here, after, mode))
        self._tips = [id for id in self._tips if id not in leading]
        self._tips += [commit.id for commit in commits[:1]]
        self._is_anew = was_empty
        if was_empty:
            self._paths = Shelf("paths")
            self._paths.fill(changes)
        else:
            for path, texts in changes.items():
                self._paths.add(path, texts)

    def _block(self, number: int) -> list[list[list[object]]]:
        if number not in self._changes:
            self._changes[number] = decode(self._pieces.one(f"changes/{number}"))
        return self._changes[number]

    def _keep(self) -> None:
        graph = self.graph
        pieces = {
            "head": encode([self._tips, sorted(self.cut_off)]),
            "graph": encode(
                [bytes(graph.ids), graph.first.tobytes(), graph.times.tobytes(), graph.others]
            ),
        }
        blocks = {f"changes/{n}": encode(self._changes[n]) for n in sorted(self._altered)}
        if self._is_anew:
            pieces |= {name: encode(0) for name in MENTIONS}  # found in numbers that hold no more
        self._pieces.keep({**pieces, **blocks, **dict(self._paths.altered())}, ())

    def _load(self) -> bool:
        """Take what is kept; False where there is nothing, or not of this history."""
        head = self._pieces.get("head")
        if head is None:
            return False
        try:
            tips, cut_off = decode(head)
            ids, first, times, others = decode_graph(self._pieces.one("graph"))
        except (CodingError, TypeError, ValueError) as error:
            raise DamagedError from error
        if cut_off != sorted(self.cut_off):
            return False
        self._tips = tips
        self.graph = Graph(ids, first, times)
        self.graph.others = others
        return True

    def _forget(self) -> None:
        self._tips = []
        self._changes = {}
        self._paths = Shelf("paths")
        self.graph = Graph(b"", array("i"), array("q"))


def decode_graph(content: bytes) -> tuple[bytes, array[int], array[int], dict[int, list[int]]]:
    """The parts of a graph from bytes; raises `CodingError` or `ValueError`."""
    ids, parents, moments, others = decode(content)
    first, times = array("i"), array("q")
    first.frombytes(parents)
    times.frombytes(moments)
    if not len(ids) == len(first) * _ID == len(times) * _ID:
        raise ValueError(len(ids))
    return ids, first, times, others


def _text(commit: int, blob: str, mode: int) -> str:
    return f"{commit} {blob}" if mode in (0, ORDINARY) else f"{commit} {blob} {mode:o}"


def _change(text: str) -> Change:
    commit, blob, *mode = text.split(" ")
    return Change(int(commit), blob, int(mode[0], 8) if mode else ORDINARY if blob else 0)
