"""Read the organisation of a repository: as its files are, as staged, or at a revision."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from orgcode.actions.progress import Progress, silent
from orgcode.adapters.git.cache import Cache, DamagedError
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.objects import Commit, Objects
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.git.working_tree import WorkingTree
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import Snapshot
from orgcode.model.span import day_named
from orgcode.resources import package_digest

T = TypeVar("T")


def read_org(
    directory: Path,
    today: date,
    *,
    at: str | None = None,
    staged: bool = False,
    progress: Progress = silent,
) -> Org:
    """The organisation in whose repository `directory` lies.

    Raises `OrgcodeError` where there is no repository, or no organisation in it.
    """
    repository = find(directory)
    snapshot = snapshot_of(repository, at=at, staged=staged)
    return with_kept(repository, snapshot, "check", today, Kept.open, progress=progress)


def snapshot_of(
    repository: Repository, *, at: str | None = None, staged: bool = False
) -> WorkingTree | Objects:
    """The files as they are, as staged, or at a revision or on a day."""
    if at is not None:
        day = day_named(at)
        return repository.commit(at) if day is None else repository.commit_on(day)
    return repository.index() if staged else repository.working_tree()


def _nothing_in(snapshot: Snapshot) -> OrgcodeError:
    if isinstance(snapshot, Commit):
        return OrgcodeError(
            message(
                "In commit {commit}, of {day}, there is no org.yaml, nor any other file of an "
                "organisation.",
                commit=snapshot.id[:10],
                day=snapshot.committed_at.date(),
            ),
            message("Choose another day or revision; 'orgcode log' tells since when there is one."),
        )
    return OrgcodeError(
        message("There is no org.yaml here, nor any other file of an organisation."),
        message("Name the folder of an organisation with -C, or make one with 'orgcode init'."),
    )


def with_kept(
    repository: Repository,
    snapshot: Snapshot,
    name: str,
    today: date,
    work: Callable[[Kept], T],
    *,
    progress: Progress = silent,
    is_last: bool = False,
) -> T:
    """Do some work with the organisation and what is kept of it from an earlier run.

    Where what is kept turns out to be damaged, everything is done anew without it. `is_last` is
    for work whose result reads nothing of it any more.
    """

    def tell(done: int, total: int) -> None:
        progress(message("Reading files"), done, total)

    def attempt(cache: Cache) -> T:
        kept = Kept(cache, snapshot, name, today, tell, like)
        if not kept.org.files:
            raise _nothing_in(snapshot)
        return work(kept)

    like = "check"
    if isinstance(snapshot, WorkingTree):
        root = blake2b(os.fsencode(snapshot.root), digest_size=12).hexdigest()
        name, like = f"{name} {root}", f"{like} {root}"
    cache = Cache.open(repository.common_folder, package_digest())
    try:
        result = attempt(cache)
    except DamagedError:
        cache.forget()
        return attempt(Cache(None))
    if is_last:
        cache.close()
    return result
