"""Where an import reads: a folder, a git repository or a git bundle, as a snapshot.

Nothing of a source is obeyed: no hooks, no configuration, no links. A bundle is unpacked by git
into a repository of its own, which is gone afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from orgcode.adapters.git.ancestry import Ancestry
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.git.running import GitFailedError, make_bare, run
from orgcode.adapters.git.working_tree import list_working_tree
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.snapshot import Snapshot

_SIGNATURES = (b"# v2 git bundle\n", b"# v3 git bundle\n")


class Source(Struct, frozen=True):
    """A snapshot, and the repository that it comes from, if there is one."""

    snapshot: Snapshot
    _repository: Repository | None = None
    _rev: str = "HEAD"

    def days(self, folders: tuple[str, ...]) -> Mapping[str, date]:
        """For each path below these folders, the day since which a file stands there: that of the
        step of the main line in which it came. Nothing where there is no history.
        """
        found: dict[str, date] = {}
        if self._repository is not None:
            for folder in folders:
                found.update(self._repository.arrivals(self._rev, folder))
        return found

    def ancestry(self) -> Ancestry:
        """The commit that was asked for, or that is checked out, with all before it.

        Raises `OrgcodeError` where the source has no history.
        """
        if self._repository is None:
            raise OrgcodeError(
                message("The source has no history: it is no git repository with commits."),
                message("Name a repository or a bundle, or leave out --history."),
            )
        return self._repository.ancestry(self._rev)


@contextmanager
def open_source(path: Path, rev: str | None) -> Iterator[Source]:
    """The source at a path, at a revision (otherwise: a folder as it is, else the tip).

    Raises `OrgcodeError` where there is none that can be read.
    """
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, ValueError):
        is_folder = is_file = False
    if is_folder:
        yield _folder(path, rev)
    elif is_file and _is_bundle(path):
        with _unpacked(path) as repository:
            yield _at(repository, rev or "HEAD")
    elif is_file:
        raise OrgcodeError(
            message("{file} is neither a folder nor a git bundle.", file=path),
            message("Name a folder, a git repository, or a file made by 'git bundle create'."),
        )
    else:
        raise OrgcodeError(
            message("There is nothing at {path} to import.", path=path),
            message("Check how it is spelled; it is to be a folder, a repository or a bundle."),
        )


def _folder(path: Path, rev: str | None) -> Source:
    is_working_tree = os.path.lexists(path / ".git")
    if is_working_tree or _is_bare(path):
        repository = find(path)
        if rev is None and is_working_tree:
            return Source(repository.working_tree(), repository if repository.has_tip else None)
        return _at(repository, rev or "HEAD")
    if rev is not None:
        raise OrgcodeError(
            message("{folder} is no git repository, so it has no revisions.", folder=path),
            message("Leave out --rev, or name the folder in which the repository begins."),
        )
    return Source(list_working_tree(path, (), dict))


def _is_bare(path: Path) -> bool:
    return (path / "HEAD").is_file() and (path / "objects").is_dir() and (path / "refs").is_dir()


def _at(repository: Repository, rev: str) -> Source:
    return Source(repository.commit(rev), repository, rev)


def _is_bundle(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SIGNATURES[0])) in _SIGNATURES
    except OSError as error:
        raise OrgcodeError(
            message("{file} cannot be read ({reason}).", file=path, reason=error.strerror),
            message("Give yourself the right to read it, or ask whoever owns it."),
        ) from error


@contextmanager
def _unpacked(bundle: Path) -> Iterator[Repository]:
    with TemporaryDirectory(prefix="orgcode-") as name:
        folder, file = Path(name), str(bundle.absolute())
        make_bare(folder)
        every = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
        fetch = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc")
        try:
            run(folder, *fetch, "--", file, *every, protocol="file")
            branch = _main_branch(run(folder, "bundle", "list-heads", file), bundle)
            run(folder, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
        except GitFailedError as error:
            raise OrgcodeError(
                message(
                    "Git cannot unpack the bundle {file} ({reason}).",
                    file=bundle,
                    reason=error.reason,
                ),
                message("Fetch it again, or make it anew with 'git bundle create FILE main'."),
            ) from error
        yield find(folder)


def _main_branch(listed: bytes, bundle: Path) -> str:
    """The branch at the commit that the bundle calls HEAD; else main, master, or the only one."""
    lines = listed.decode("utf-8", "replace").splitlines()
    heads = {name: id for id, _, name in (line.partition(" ") for line in lines)}
    prefix = "refs/heads/"
    branches = {n.removeprefix(prefix): id for n, id in heads.items() if n.startswith(prefix)}
    wanted = [name for name, id in branches.items() if id == heads.get("HEAD")]
    usual = [name for name in ("main", "master") if name in branches]
    for names in ([n for n in usual if n in wanted], wanted, usual, sorted(branches)):
        if names:
            return names[0]
    raise OrgcodeError(
        message("The bundle {file} has no branch in it.", file=bundle),
        message("Make it with 'git bundle create FILE main'."),
    )
