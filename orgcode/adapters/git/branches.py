"""Branches: where they lead, and commits on them that no checkout is needed for.

A commit is written in full before a branch is moved to it, and the branch is moved only if it is
still where it was when its commit was read. Working tree, index and HEAD stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import pygit2
from pygit2.enums import ObjectType

from orgcode.adapters.git.checkout import follow, lags, switch
from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.committing import (
    Move,
    checked_out,
    move_ref,
    sign,
    write_blob,
    write_commit,
)
from orgcode.adapters.git.folders import Laid, Unlike
from orgcode.adapters.git.objects import damaged_object
from orgcode.adapters.git.opening import Place
from orgcode.adapters.git.running import GitFailedError
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.snapshot import ORDINARY, Entry

HEADS = "refs/heads/"
REMOTES = "refs/remotes/"
TAGS = "refs/tags/"


class Branches:
    """The branches of a repository."""

    def __init__(self, place: Place, commits: Commits, author: tuple[str, str]) -> None:
        self._place = place
        self._commits = commits
        self._git = place.git
        self._author = author

    @property
    def checked_out(self) -> str | None:
        """The branch that HEAD names, as `refs/heads/main`; None where HEAD is a commit."""
        return checked_out(self._git)

    def tip(self, ref: str) -> str | None:
        """The commit to which a full name such as `refs/heads/main` leads; None: there is none."""
        try:
            return str(self._git.lookup_reference(ref).peel(ObjectType.COMMIT).id)
        except (KeyError, pygit2.InvalidSpecError):
            return None
        except pygit2.GitError as error:
            raise damaged_object(ref) from error

    def below(self, prefix: str) -> Mapping[str, str]:
        """The tips of all branches whose full name begins so, by what follows in their names."""
        tips = {name: self.tip(f"{prefix}{name}") for name in self.named(prefix)}
        return {name: tip for name, tip in tips.items() if tip is not None}

    def named(self, prefix: str) -> tuple[str, ...]:
        """What follows in the names of all references whose full name begins so, sorted."""
        names = (name for name in self._git.references if name.startswith(prefix))
        return tuple(name.removeprefix(prefix) for name in sorted(names))

    def remotes(self) -> Iterator[str]:
        """Where branches of other repositories stand that were fetched: `refs/remotes/origin/`."""
        names = {name.split("/")[2] for name in self._git.references if name.startswith(REMOTES)}
        return (f"{REMOTES}{name}/" for name in sorted(names))

    def write(
        self,
        base: str,
        changes: Mapping[str, bytes | Entry | None],
        parents: Sequence[str],
        text: str,
        at: datetime,
    ) -> str:
        """Write a commit that holds what the commit `base` does but for these paths: new content of
        an ordinary file, an entry that is known to git, or None for nothing. Gives its id; no
        branch leads to it yet.
        """
        with _room():
            entries = {path: self._entry(new) for path, new in sorted(changes.items())}
        tree = self._commits.commit(base).tree
        return self.write_tree(self._commits.folders.laid_over(tree, entries), parents, text, at)

    def write_tree(self, tree: Laid, parents: Sequence[str], text: str, at: datetime) -> str:
        """Write a commit of a tree that nobody has written yet; gives its id."""
        with _room():
            return write_commit(self._place, tree, parents, text, sign(*self._author, at))

    def move(self, move: Move, text: str, at: datetime) -> None:
        """Let a branch lead to a commit that is written; raises `MovedError` where it no longer
        leads where it did.
        """
        move_ref(self._place, move, text, sign(*self._author, at))

    def follow(self, old: str, new: str) -> tuple[str, ...]:
        """Bring the files that are checked out from one commit to another; gives the paths that
        were left as they are, since somebody has written something else there.
        """
        with _following(new):
            return follow(self._place, self._between(old, new))

    def lags(self, old: str, new: str) -> bool:
        """Whether what is checked out is as it was before it followed from one commit to another:
        the index, which is written last, has nothing of the new one.
        """
        with _following(new):
            return lags(self._place, self._between(old, new))

    def switch(self, ref: str, old: str, new: str) -> None:
        """Check out a branch; the files hold already what its commit changes of the old one, but
        for the record of the proposal, which appears.
        """
        unlike = self._between(old, new)
        records = {
            path: self._git.odb.read(each.after.blob)[1]
            for path, each in unlike.items()
            if path.startswith("proposals/") and each.after is not None and each.after.blob
        }
        with _following(new):
            switch(self._place, ref, unlike, records)

    def _between(self, old: str, new: str) -> Mapping[str, Unlike]:
        trees = [self._commits.commit(each).tree for each in (old, new)]
        return self._commits.folders.unlike(*trees)

    def _entry(self, new: bytes | Entry | None) -> Entry | None:
        return Entry(ORDINARY, write_blob(self._place, new)) if isinstance(new, bytes) else new


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except (OSError, pygit2.GitError) as error:
        raise OrgcodeError(
            message("The commit cannot be written ({reason}).", reason=str(error)),
            message("Make room or give yourself the right to write there, and try again."),
        ) from error


@contextmanager
def _following(commit: str) -> Iterator[None]:
    """The branch has moved; only what is checked out stays behind where it cannot be written."""
    try:
        yield
    except (OSError, pygit2.GitError, GitFailedError) as error:
        raise OrgcodeError(
            message(
                "The commit {commit} stands on its branch, but the files here could not follow "
                "({reason}).",
                commit=commit,
                reason=str(getattr(error, "reason", error)),
            ),
            message(
                "Make room or give yourself the right to write there; 'git status' shows what is "
                "left behind, and 'git restore' brings it along."
            ),
        ) from error
