"""The branch that holds the organisation as it is decided, and what a proposal would make of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import with_kept
from orgcode.adapters.git.branches import HEADS
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.git.result import Result
from orgcode.adapters.git.sights import digest_between
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.org import Org

DEFAULT = "main"


class Target(Struct, frozen=True, kw_only=True):
    """A branch, and the organisation that it holds."""

    directory: Path
    repository: Repository
    ref: str
    tip: str
    kept: Kept
    """What is kept of what it leads to, all of it open."""

    @property
    def org(self) -> Org:
        """The organisation."""
        return self.kept.org

    @property
    def name(self) -> str:
        """What people call the branch."""
        return self.ref.removeprefix(HEADS)

    @property
    def organisation_id(self) -> str:
        """The id by which responses are bound to this organisation."""
        return self.org.organisation.id if self.org.organisation else ""

    def change_digest(self, result: Result, proposal: str) -> str:
        """What responses to a proposal bind to, as its head stands now."""
        commits = self.repository.commits
        return digest_between(commits, self.organisation_id, proposal, result.unlike)


def target_of(
    directory: Path, today: date, named: str | None = None, progress: Progress = silent
) -> Target:
    """The branch that was named, else `main`, else in a bare repository the one that its HEAD
    names; raises `OrgcodeError` where it leads to no organisation.
    """
    repository = find(directory)
    ref = target_ref(repository, named)
    tip = repository.branches.tip(ref)
    if tip is None:
        raise OrgcodeError(
            message(
                "There is no branch {name} that holds the organisation.",
                name=ref.removeprefix(HEADS),
            ),
            message("Name the branch on which decisions are kept with '--target'."),
        )
    snapshot = repository.commit(tip)
    kept = with_kept(repository, snapshot, "check", today, _opened, progress=progress)
    return Target(directory=directory, repository=repository, ref=ref, tip=tip, kept=kept)


def target_ref(repository: Repository, named: str | None = None) -> str:
    """The full name of the branch that holds the organisation as it is decided."""
    if named:
        return HEADS + named.removeprefix(HEADS)
    if repository.is_bare:
        return repository.branch
    return HEADS + DEFAULT


def _opened(kept: Kept) -> Kept:
    kept.open()
    return kept
