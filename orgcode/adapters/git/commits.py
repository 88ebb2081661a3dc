"""Commits and how they are related, read as they stand in git's objects: nothing replaces one, no
file that promises to be faster is believed, and no name is ever mistaken for an option.

What is asked about two commits costs what lies between them, not what came before both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import heappop, heappush

import pygit2
from pygit2.enums import ObjectType

from orgcode.adapters.git.ancestry import RawCommit, parse_commit
from orgcode.adapters.git.folders import Folders
from orgcode.adapters.git.objects import GIT_FAILURES, damaged_object
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

LOG = "refs/orgcode/received"
"""Where a server notes what it received (`received`)."""

_ONE, _OTHER, _BEYOND = 1, 2, 4
_BOTH = _ONE | _OTHER


class Commits:
    """The commits of a repository by their full ids."""

    def __init__(self, git: pygit2.Repository) -> None:
        self._git = git
        self._read: dict[str, RawCommit] = {}

    @property
    def odb(self) -> pygit2.Odb:
        """The objects of the repository."""
        return self._git.odb

    @cached_property
    def folders(self) -> Folders:
        """The trees of the repository."""
        return Folders(self._git.odb)

    @property
    def is_shallow(self) -> bool:
        """Whether the repository lacks what came before some commits."""
        return self._git.is_shallow

    def commit(self, id: str) -> RawCommit:
        """One commit; where the repository is cut off, its parents that are not there are left
        out.
        """
        found = self._read.get(id)
        if found is None:
            found = self._read[id] = self._parse(id)
        return found

    def has(self, id: str) -> bool:
        """Whether a commit is there, whole."""
        try:
            self.commit(id)
        except OrgcodeError:
            return False
        return True

    def line(self, id: str) -> Iterator[RawCommit]:
        """A commit, its first parent, the first parent of that, and so on."""
        here: RawCommit | None = self.commit(id)
        while here is not None:
            yield here
            here = self.commit(here.parents[0]) if here.parents else None

    def is_on_line(self, one: str, id: str) -> bool:
        """Whether one commit is another, its first parent, the first parent of that, and so on."""
        return any(commit.id == one for commit in self.line(id))

    def base(self, target: str, head: str) -> str:
        """The one commit from which both went on; raises `OrgcodeError` where there is none, or
        not one alone.
        """
        found = self.bases(target, head)
        if len(found) == 1:
            return found[0]
        if found:
            raise OrgcodeError(
                message(
                    "{head} and {target} have been brought together more than once, crosswise, so"
                    " that nobody can say what the change is.",
                    head=head,
                    target=target,
                ),
                message("Propose the change anew, on the target as it is."),
            )
        raise OrgcodeError(
            message("{head} and {target} have no commit in common.", head=head, target=target),
            message("Fetch the rest with 'git fetch --unshallow'.")
            if self.is_shallow
            else message("Propose the change anew, on the target as it is."),
        )

    def bases(self, one: str, other: str) -> tuple[str, ...]:
        """The last commits that led to both, sorted: none of them led to another."""
        flags = self._painted((one,), (other,))
        found = {id for id, flag in flags.items() if flag == _BOTH}
        if len(found) > 1:  # clocks may have been wrong: look again, without them
            found = {id for id in found if not any(self._led_to(id, o) for o in found - {id})}
        return tuple(sorted(found))

    def beyond(self, known: str, tips: Iterable[str]) -> tuple[RawCommit, ...]:
        """Every commit that led to a tip and not to a known commit, the latest first. Where clocks
        were wrong there may be some that led to both.
        """
        flags = self._painted(tuple(tips), (known,))
        found = [self.commit(id) for id, flag in flags.items() if flag == _ONE]
        return tuple(sorted(found, key=lambda commit: (-commit.seconds, commit.id)))

    def is_before(self, one: str, other: str) -> bool:
        """Whether one commit led to another, or is it."""
        return self.bases(one, other) == (one,)

    def _painted(self, ones: tuple[str, ...], others: tuple[str, ...]) -> dict[str, int]:
        """To which side each commit led; what comes before one that led to both is `_BEYOND`."""
        flags: dict[str, int] = {}
        heap: list[tuple[int, str]] = []
        live: set[str] = set()

        def paint(id: str, flag: int) -> None:
            old = flags.get(id, 0)
            if old | flag == old:
                return
            flags[id] = old | flag
            heappush(heap, (-self.commit(id).seconds, id))
            if flags[id] & _BEYOND:
                live.discard(id)
            else:
                live.add(id)

        for ids, side in ((ones, _ONE), (others, _OTHER)):
            for id in ids:
                paint(id, side)
        while live:
            _, id = heappop(heap)
            live.discard(id)
            flag = flags[id]
            passed = flag | _BEYOND if flag & _BOTH == _BOTH else flag
            for parent in self.commit(id).parents:
                paint(parent, passed)
        return flags

    def _led_to(self, one: str, other: str) -> bool:
        pending, seen = [other], {other}
        while pending:
            here = pending.pop()
            if here == one:
                return True
            new = [parent for parent in self.commit(here).parents if parent not in seen]
            seen.update(new)
            pending.extend(new)
        return False

    def _parse(self, id: str) -> RawCommit:
        try:
            kind, content = self._git.odb.read(id)
        except GIT_FAILURES as error:
            raise damaged_object(id) from error
        if kind != ObjectType.COMMIT:
            raise damaged_object(id)
        commit = parse_commit(id, content)
        if self.is_shallow:
            there = tuple(parent for parent in commit.parents if parent in self._git.odb)
            commit = commit._replace(parents=there)
        return commit
