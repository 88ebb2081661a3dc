"""The history of an organisation as it is seen from one commit: its main line, and what became of
each file along every line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from orgcode.adapters.git.cache import DamagedError
from orgcode.adapters.git.history_index import Change, Graph, HistoryIndex
from orgcode.adapters.git.history_log import ABSENT, Altered
from orgcode.model.history import Version

Key = tuple[int, str]
"""A version: the commit that made it, and its path."""

Renamed = Callable[[Altered, tuple[Altered, ...]], str | None]
"""From a file that is new, and those that its commit took away: the path it had before, if any."""


class History:
    """Everything that leads to one commit."""

    def __init__(self, index: HistoryIndex, tip: int, renamed: Renamed) -> None:
        self._index = index
        self._renamed = renamed
        self._changes: dict[str, Mapping[int, Change]] = {}
        self._steps: dict[str, list[int]] = {}
        self.tip = tip

    @property
    def graph(self) -> Graph:
        """Which commits there are; of other branches too."""
        return self._index.graph

    @cached_property
    def line(self) -> tuple[int, ...]:
        """The steps of the main line, the latest first."""
        return tuple(self.graph.line(self.tip))

    @property
    def is_cut_off(self) -> bool:
        """Whether the main line goes on where this clone of the repository ends."""
        return self.graph.id(self.line[-1]) in self._index.cut_off

    def altered(self, commit: int) -> tuple[Altered, ...]:
        """All that a commit changed, compared with its first parent, by path."""
        return self._index.altered(commit)

    def changes_of(self, path: str) -> Mapping[int, Change]:
        """What each commit that changed a path has made of it; of other branches too."""
        if path not in self._changes:
            self._changes[path] = self._index.changes_of(path)
        return self._changes[path]

    def state(self, commit: int, path: str) -> Change | None:
        """What a path was at a commit; None where there was nothing. Its `commit` is the one up
        the line of first parents that made it so.
        """
        changes, first, here = self.changes_of(path), self.graph.first, commit
        if not changes:
            return None
        if commit in self._on_line:
            steps = self._changing(path)
            place = bisect_right(steps, commit)
            here = steps[place - 1] if place else -1
        while here >= 0:
            if here in changes:
                found = changes[here]
                return None if found.blob == ABSENT else found
            here = first[here]
        return None

    @cached_property
    def _on_line(self) -> frozenset[int]:
        return frozenset(self.line)

    def _changing(self, path: str) -> list[int]:
        """The steps of the main line that changed a path, the earliest first: what comes before
        has a lower number.
        """
        if path not in self._steps:
            self._steps[path] = sorted(self._on_line.intersection(self.changes_of(path)))
        return self._steps[path]

    def steps_of(self, path: str) -> Iterator[int]:
        """The steps of the main line that changed a path, the latest first."""
        return reversed(self._changing(path))

    def names_of(self, path: str) -> Iterator[tuple[int, str]]:
        """The steps of the main line that changed a file, the latest first, each with the path
        that the file had from then on.
        """
        last = self.tip
        while last >= 0:
            changes = self.changes_of(path)
            mine = [step for step in self.steps_of(path) if step <= last]
            for step, older in pairwise([*mine, -1]):
                yield step, path
                was_there = older >= 0 and changes[older].blob != ABSENT
                is_new = changes[step].blob != ABSENT and not was_there
                name = next(self._name_before(step, path), path) if is_new else path
                if name != path:
                    last, path = self.graph.first[step], name
                    break
            else:
                return

    def name_now(self, path: str) -> str:
        """What a file of the main line is called now, or was when it went."""
        known = {path}
        while self.state(self.tip, path) is None:
            last = next(self.steps_of(path), None)
            new = [] if last is None else [one.path for one in self.altered(last) if not one.before]
            after = (name for name in new if path in self._name_before(last or 0, name))
            name = next(after, path)
            if name in known:
                return path
            known.add(name)
            path = name
        return path

    def brought_by(self, commits: Iterable[int]) -> Mapping[int, int]:
        """Of commits that lead to the tip: the step of the main line that brought each of them."""
        wanted = set(commits)
        found = {step: step for step in self.line if step in wanted}
        if len(found) == len(wanted):
            return found
        return {commit: self._step_of[commit] for commit in wanted if commit in self._step_of}

    def beside(self, step: int) -> list[int]:
        """The commits that a step brought in from beside the main line, the latest first."""
        found = [commit for commit, by in self._step_of.items() if by == step != commit]
        times, id = self.graph.times, self.graph.id
        return sorted(found, key=lambda commit: (times[commit], id(commit)), reverse=True)

    @cached_property
    def _step_of(self) -> Mapping[int, int]:
        found = {step: step for step in self.line}
        for step in reversed(self.line):
            pending = list(self.graph.others.get(step, ()))
            while pending:
                here = pending.pop()
                if here not in found:
                    found[here] = step
                    pending.extend(self.graph.parents(here))
        return found

    def versions(self, path: str, commit: int | None = None) -> list[Version]:
        """Every version that what is at a path at a commit (the tip) was made of, under whatever
        name; that one first, each before those that it was made of. Empty where nothing is there.
        """
        start = self._origin(self.tip if commit is None else commit, path)
        if start is None:
            return []
        before: dict[Key, list[Key]] = {}
        order: list[Key] = []
        pending: list[tuple[Key, bool]] = [(start, False)]
        while pending:
            here, is_done = pending.pop()
            if is_done:
                order.append(here)
            elif here not in before:
                before[here] = list(dict.fromkeys(self._before(*here)))
                pending.append((here, True))
                pending.extend((other, False) for other in reversed(before[here]))
        order.reverse()
        places = {key: place for place, key in enumerate(order)}
        return [
            Version(
                commit=key[0],
                path=key[1],
                blob=self.changes_of(key[1])[key[0]].blob,
                before=tuple(places[other] for other in before[key]),
            )
            for key in order
        ]

    def _origin(self, commit: int, path: str) -> Key | None:
        """The commit that made a path what it is at a commit, and no commit before had it so; of
        branches that both have it so the first counts.
        """
        while True:
            found = self.state(commit, path)
            if found is None:
                return None
            for other in self.graph.others.get(found.commit, ()):
                theirs = self.state(other, path)
                if theirs is not None and theirs[1:] == found[1:]:
                    commit = other
                    break
            else:
                return found.commit, path

    def _before(self, commit: int, path: str) -> Iterator[Key]:
        """The versions that one was made of, those of the first parent first."""
        parents = tuple(self.graph.parents(commit))
        origins = [self._origin(parent, path) for parent in parents]
        earlier = [
            name
            for parent, origin in zip(parents, origins, strict=True)
            if origin is not None and None in origins
            for name in self._earlier_names(parent, path)
        ]
        for parent, origin in zip(parents, origins, strict=True):
            if origin is not None:
                yield origin
                continue
            names = [name for name in earlier if self.state(commit, name) is None]
            if not any(origins) and parent == parents[0]:
                names = list(self._name_before(commit, path))
            for name in names:
                under_that = self._origin(parent, name)
                if under_that is not None:
                    yield under_that
                    break

    def _earlier_names(self, commit: int, path: str) -> Iterator[str]:
        """The names that a file had before, the latest first."""
        known = {path}
        while True:
            here = self._origin(commit, path)
            if here is None:
                return
            parents = tuple(self.graph.parents(here[0]))
            commit = next((p for p in parents if self.state(p, path) is not None), -1)
            if commit < 0:
                name = next(self._name_before(*here), None)
                if name is None or name in known:
                    return
                yield name
                known.add(name)
                commit, path = parents[0], name

    def _name_before(self, commit: int, path: str) -> Iterator[str]:
        """The name that a file had until a commit which has it as a new one."""
        if self.graph.first[commit] < 0:
            return
        altered = self.altered(commit)
        new = next((change for change in altered if change.path == path), None)
        gone = tuple(change for change in altered if change.after == ABSENT)
        if new is None:
            raise DamagedError
        name = self._renamed(new, gone) if gone else None
        if name is not None:
            yield name
