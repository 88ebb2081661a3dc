"""What would become of a target if a head were adopted: the target's files, and at the paths that
the head changed since both went apart what it made of them. Texts are never merged: a path that
both changed otherwise is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import Folders, Laid, Unlike
from orgcode.adapters.git.objects import Objects, list_tree
from orgcode.model.facts import identify
from orgcode.model.snapshot import FOLDER, Entry


class Result(Struct, frozen=True, kw_only=True):
    """The outcome of laying a head over a target, of which nothing has been written."""

    target: str
    head: str
    base: str
    """The commit from which both went on."""
    unlike: Mapping[str, Unlike]
    """By path what the result has otherwise than the target."""
    conflicts: tuple[str, ...]
    """Paths that both changed, otherwise; of these the result has what the target has."""
    laid: Laid
    """The tree of the result."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths at which the result is not the target, in order."""
        return tuple(self.unlike)


class EntriesAfter(Mapping[str, Entry]):
    """The entries of a snapshot with some paths otherwise. They are put in order only when somebody
    goes through all of them: most ask for a few.
    """

    def __init__(self, entries: Mapping[str, Entry], unlike: Mapping[str, Unlike]) -> None:
        self._entries = entries
        self.altered = {path: change.after for path, change in unlike.items()}
        """What stands at each path that is otherwise, folders that are called like a file among
        them.
        """
        folders = {folder for path in unlike for folder in _folders_above(path) if identify(folder)}
        for folder in sorted(folders):
            if any(path.startswith(f"{folder}/") for path in self._paths()):
                self.altered[folder] = Entry(FOLDER)
            elif self.get(folder) == Entry(FOLDER):
                self.altered[folder] = None
        for path in folders & self.altered.keys():
            if self.altered[path] == entries.get(path):
                del self.altered[path]

    def __getitem__(self, path: str) -> Entry:
        if path not in self.altered:
            return self._entries[path]
        entry = self.altered[path]
        if entry is None:
            raise KeyError(path)
        return entry

    def __iter__(self) -> Iterator[str]:
        return iter(self._in_order)

    def __len__(self) -> int:
        return len(self._in_order)

    @cached_property
    def _in_order(self) -> tuple[str, ...]:
        return tuple(sorted(self._paths()))

    def _paths(self) -> set[str]:
        gone = {path for path, entry in self.altered.items() if entry is None}
        return (self._entries.keys() | self.altered.keys()) - gone


def result_of(commits: Commits, target: str, head: str) -> Result:
    """The result for two commits by their full ids; raises `OrgcodeError` where they do not have
    one commit alone in common, or where a tree is not as git writes it.
    """
    folders = commits.folders
    base = commits.base(target, head)
    trees = [commits.commit(id).tree for id in (base, target, head)]
    theirs = folders.unlike(trees[0], trees[1])
    ours = folders.unlike(trees[0], trees[2])
    conflicts = {
        path
        for path, change in ours.items()
        if path in theirs and theirs[path].after != change.after
    }
    wanted = {path: change.after for path, change in ours.items() if path not in theirs}
    in_the_way = _in_the_way(folders, trees[1], wanted)
    conflicts |= in_the_way
    changes = {path: entry for path, entry in wanted.items() if path not in in_the_way}
    return Result(
        target=target,
        head=head,
        base=base,
        unlike={path: Unlike(ours[path].before, entry) for path, entry in changes.items()},
        conflicts=tuple(sorted(conflicts)),
        laid=folders.laid_over(trees[1], changes),
    )


def snapshot_after(commits: Commits, result: Result) -> Objects:
    """The files of the result."""
    tree = commits.commit(result.target).tree
    return Objects(EntriesAfter(list_tree(commits.odb, tree), result.unlike), commits.odb)


def _in_the_way(folders: Folders, tree: str, wanted: Mapping[str, Entry | None]) -> set[str]:
    """Paths of files that are to stand where the target has a folder, or the other way round."""
    found: set[str] = set()
    for path, entry in wanted.items():
        if entry is None:
            continue
        for above in _folders_above(path):
            there = folders.at(tree, above)
            if there is not None and there.mode != FOLDER and above not in wanted:
                found |= {path, above}
        there = folders.at(tree, path)
        if there is not None and there.mode == FOLDER and there.blob is not None:
            below = (f"{path}/{name}" for name in folders.files(there.blob))
            if left := {name for name in below if name not in wanted}:
                found |= {path, *left}
    return found


def _folders_above(path: str) -> tuple[str, ...]:
    names = path.split("/")
    return tuple("/".join(names[:count]) for count in range(1, len(names)))
