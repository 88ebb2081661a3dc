"""All commits that led to one, as they stand in git's objects, parents before children.

Nothing but objects is read: no grafts, no replacements, no files that only promise to be faster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pygit2
from pygit2.enums import ObjectType

from orgcode.adapters.git.objects import GIT_FAILURES, Objects, damaged_object, list_tree
from orgcode.model.snapshot import Entry

_ORIGIN = re.compile(rb"tree [0-9a-f]{40}\n(?:parent [0-9a-f]{40}\n)*")
_ID = re.compile(rb"[0-9a-f]{40}")


class RawCommit(NamedTuple):
    """A commit as it was written; its people as `name <address> seconds zone`."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: bytes
    committer: bytes
    encoding: bytes | None
    text: bytes

    @property
    def seconds(self) -> int:
        """When it was committed, in seconds since 1970; 0 where that cannot be told."""
        digits = self.committer.rpartition(b"> ")[2].partition(b" ")[0]
        return int(digits) if digits.isdigit() and len(digits) < 15 else 0


class Ancestry:
    """A commit and all before it."""

    def __init__(self, git: pygit2.Repository, tip: str) -> None:
        self._git = git
        self.commits = _in_order(self._read_all(tip), tip)
        """Parents first, the tip last; what was cut off has no parents."""

    @property
    def tip(self) -> RawCommit:
        """The commit that all others led to."""
        return self.commits[-1]

    @property
    def is_shallow(self) -> bool:
        """Whether the repository lacks what came before some commits."""
        return self._git.is_shallow

    def entries(self, commit: RawCommit) -> Mapping[str, Entry]:
        """Every path at a commit."""
        return list_tree(self._git.odb, commit.tree)

    def snapshot(self, entries: Mapping[str, Entry]) -> Objects:
        """Entries of any of these commits, to be read."""
        return Objects(entries, self._git.odb)

    def _read_all(self, tip: str) -> dict[str, RawCommit]:
        found: dict[str, RawCommit] = {}
        missing: set[str] = set()
        waiting = [tip]
        while waiting:
            id = waiting.pop()
            if id in found or id in missing:
                continue
            try:
                kind, content = self._git.odb.read(id)
            except GIT_FAILURES as error:
                if self.is_shallow and id != tip:
                    missing.add(id)
                    continue
                raise damaged_object(id) from error
            if kind != ObjectType.COMMIT:
                raise damaged_object(id)
            found[id] = parse_commit(id, content)
            waiting += found[id].parents
        if missing:
            for id, commit in found.items():
                kept = tuple(parent for parent in commit.parents if parent not in missing)
                found[id] = commit._replace(parents=kept)
        return found


def parse_commit(id: str, content: bytes) -> RawCommit:
    """A commit from the bytes of its object; raises `OrgcodeError` where it names no tree, or where
    git would not see the same parents: it looks for them right behind the tree, and nowhere else.
    """
    head, _, text = content.partition(b"\n\n")
    origin = _ORIGIN.match(head + b"\n")
    if origin is None:
        raise damaged_object(id)
    rest: dict[bytes, bytes] = {}
    for line in head[origin.end() :].split(b"\n"):
        key, _, value = line.partition(b" ")
        rest.setdefault(key, value)
    if rest.keys() & {b"tree", b"parent"}:
        raise damaged_object(id)
    tree, *parents = _ID.findall(origin[0])
    return RawCommit(
        id=id,
        tree=tree.decode("ascii"),
        parents=tuple(dict.fromkeys(parent.decode("ascii") for parent in parents)),
        author=rest.get(b"author", b""),
        committer=rest.get(b"committer", b""),
        encoding=rest.get(b"encoding"),
        text=text,
    )


def _in_order(commits: Mapping[str, RawCommit], tip: str) -> tuple[RawCommit, ...]:
    """Parents before children; of several, the first with all before it comes first."""
    done: dict[str, RawCommit] = {}
    waiting = [(tip, False)]
    while waiting:
        id, parents_done = waiting.pop()
        if id in done:
            continue
        if parents_done:
            done[id] = commits[id]
        else:
            waiting.append((id, True))
            waiting += [(parent, False) for parent in reversed(commits[id].parents)]
    return tuple(done.values())
