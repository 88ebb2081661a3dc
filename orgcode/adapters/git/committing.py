"""Write a commit: git objects first, then one reference that is compared and swapped."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pygit2
from pygit2.enums import FileMode, ObjectType

from orgcode.adapters.git.folders import EMPTY, Folders, Laid
from orgcode.adapters.git.objects import GIT_FAILURES, damaged_object
from orgcode.adapters.git.opening import Place
from orgcode.adapters.git.replay import Replay
from orgcode.adapters.git.running import GitFailedError, run
from orgcode.adapters.paths import is_safe
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.snapshot import ORDINARY, Entry

FEW = 100
"""So many objects are brought to the disk one by one; more of them all at once, which takes as long
as a few. Either way they are there before a reference names them.
"""
_ABSENT = "0" * 40
_ELSEWHERE = (
    "but expected",
    "already exists",
    "unable to resolve reference",
)
"""What git says where a reference is not where it was."""
_LOCKED = re.compile(r"Unable to create '(.+\.lock)': File exists")
"""What it says where somebody is just moving it, or was stopped in doing so."""
_PATIENCE = 10
"""Seconds to wait for another who is just moving the reference."""
_UNSIGNABLE = re.compile(r"[\x00-\x1f\x7f<>]")


_is_each_lasting: ContextVar[bool] = ContextVar("is_each_lasting", default=True)


@contextmanager
def lasting_together() -> Iterator[None]:
    """Bring what is written meanwhile to the disk all at once, at the end: for what can be made
    again from the beginning, since what a failing computer leaves of it may be damaged.
    """
    before = _is_each_lasting.set(False)
    try:
        yield
        os.sync()
    finally:
        _is_each_lasting.reset(before)


def add_files(
    place: Place,
    files: Mapping[str, bytes],
    text: str,
    signature: pygit2.Signature,
    ref: str,
) -> str:
    """Commit new files on top of `ref`; give the id of the commit.

    Where `ref` is what is checked out, the files appear in the working tree and the index too.
    Nothing that exists is overwritten: the commit is refused before anything is written.
    """
    _refuse_unsafe(files)
    is_checked_out = place.root is not None and checked_out(place.git) == ref
    if place.root is not None and is_checked_out:
        _refuse_existing(place.root, files)
    one_by_one = len(files) <= FEW
    pygit2.settings.enable_fsync_gitdir(one_by_one)
    old = _target(place.git, ref)
    blobs = {path: place.git.create_blob(content) for path, content in sorted(files.items())}
    tree = _tree(place.git, old, blobs)
    new = place.git.create_commit(None, signature, signature, text, tree, [old.id] if old else [])
    if not one_by_one:
        os.sync()
    move_ref(place, Move(ref, str(old.id) if old else None, str(new)), text, signature)
    if place.root is not None and is_checked_out:
        _write_working_tree(place.root, files)
        _write_index(place, blobs)
    return str(new)


def write_commit(
    place: Place,
    tree: Laid,
    parents: Sequence[str],
    text: str,
    signature: pygit2.Signature,
) -> str:
    """Write a commit that no reference names yet; gives its id."""
    pygit2.settings.enable_fsync_gitdir(_is_each_lasting.get())
    for content in tree.trees.values():
        place.git.odb.write(ObjectType.TREE, content)
    oids = [pygit2.Oid(hex=parent) for parent in parents]
    made = place.git.create_commit(None, signature, signature, text, pygit2.Oid(hex=tree.id), oids)
    return str(made)


def write_blob(place: Place, content: bytes) -> str:
    """Write the content of a file; gives its id."""
    pygit2.settings.enable_fsync_gitdir(_is_each_lasting.get())
    return str(place.git.create_blob(content))


class Move(NamedTuple):
    """A reference, and where it led and leads; None: it was not there. `held` are other references,
    and where these must lead still.
    """

    ref: str
    old: str | None
    new: str
    held: Mapping[str, str] = {}


class MovedError(OrgcodeError):
    """A reference was not where it was expected; nothing was changed."""


def move_ref(place: Place, move: Move, text: str, signature: pygit2.Signature) -> None:
    """Let a reference lead elsewhere, if it still leads where it did; raises `MovedError` where it
    does not. `git update-ref` compares under its lock, which git's library does not do for a new
    one.
    """
    ref, old, new, held = move
    orders = [f"update {ref}\0{new}\0{old or _ABSENT}\0"]
    orders += [f"verify {name}\0{tip}\0" for name, tip in held.items()]
    try:
        run(
            place.git_folder,
            "update-ref",
            "--create-reflog",
            "-m",
            f"commit: {text.partition(chr(10))[0]}",
            "--stdin",
            "-z",
            stdin="".join(orders).encode(),
            settings={
                "committer.name": signature.name,
                "committer.email": signature.email,
                "core.filesRefLockTimeout": str(1000 * _PATIENCE),
                **({} if _is_each_lasting.get() else {"core.fsync": "none"}),
            },
        )
    except GitFailedError as error:
        if not _was_elsewhere(error.reason) and _leads_to(place.git, ref, new):
            return  # it was stopped only afterwards
        _refuse_left_lock(place.git_folder, ref, error.reason)
        kind = MovedError if _was_elsewhere(error.reason) else OrgcodeError
        raise kind(
            message(
                "The branch {ref} could not be moved ({reason}).", ref=ref, reason=error.reason
            ),
            message("Nothing was changed; look at 'git log' and try again."),
        ) from error


def _was_elsewhere(reason: str) -> bool:
    """Whether somebody else moved the reference, or is just doing so."""
    return any(sign in reason for sign in _ELSEWHERE) or _LOCKED.search(reason) is not None


def _leads_to(git: pygit2.Repository, ref: str, commit: str) -> bool:
    try:
        return str(git.lookup_reference(ref).target) == commit
    except GIT_FAILURES:
        return False


def _refuse_left_lock(git_folder: Path, ref: str, reason: str) -> None:
    """A lock that has stood as long as we waited is of somebody who was stopped: those who move a
    reference hold it for a moment.
    """
    found = _LOCKED.search(reason)
    if found is None:
        return
    lock = Path(os.path.normpath(git_folder / found[1]))
    with suppress(FileNotFoundError):
        if time.time() - lock.stat().st_mtime >= _PATIENCE:
            raise OrgcodeError(
                message("The branch {ref} is locked by the file {file}.", ref=ref, file=lock),
                message(
                    "Nothing was changed. A program that was just moving the branch was stopped: "
                    "see that none is at work here, remove that file, and try again."
                ),
            )


def write_replay(place: Place, replay: Replay, files: Mapping[str, bytes]) -> str:
    """Write commits to a branch that has none; `files` are those of the last one, and appear in the
    working tree and the index. Gives its id.
    """
    _refuse_unsafe(files)
    if place.root is not None:
        _refuse_existing(place.root, files)
    run(
        place.git_folder,
        "fast-import",
        "--quiet",
        "--done",
        "--date-format=raw-permissive",
        stdin=replay.stream(),
        settings={"core.ignoreCase": "false", "fastimport.unpackLimit": "1"},
    )
    if place.root is not None:
        _write_working_tree(place.root, files)
        blobs = {path: pygit2.Oid(hex=replay.blob(content)) for path, content in files.items()}
        _write_index(place, blobs)
    return str(place.git.lookup_reference(replay.branch).target)


def sign(name: str, email: str, at: datetime) -> pygit2.Signature:
    """A signature in UTC, without what git cannot keep in one."""
    kept = (_UNSIGNABLE.sub("", text).strip() for text in (name, email))
    clean_name, clean_email = (text or "orgcode" for text in kept)
    return pygit2.Signature(clean_name, clean_email, int(at.timestamp()), 0)


def checked_out(git: pygit2.Repository) -> str | None:
    """The branch that HEAD names, born or not; None where HEAD is a commit."""
    try:
        target = git.lookup_reference("HEAD").target
    except GIT_FAILURES:
        return None
    return target if isinstance(target, str) else None


def _refuse_unsafe(files: Mapping[str, bytes]) -> None:
    for path in files:
        if not is_safe(path):
            raise OrgcodeError(
                message("No file can be called {path}.", path=path),
                message("Choose a path without special characters, inside the repository."),
            )


def _refuse_existing(root: Path, files: Mapping[str, bytes]) -> None:
    """A link or file where a folder is needed is as much in the way as a file of that name."""
    for path in sorted(files):
        folder = root
        for name in path.split("/")[:-1]:
            folder /= name
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                raise _in_the_way(str(folder))
        if os.path.lexists(root / path):
            raise _in_the_way(str(root / path))


def _in_the_way(path: str) -> OrgcodeError:
    return OrgcodeError(
        message("There is already a file {path}, and it is not overwritten.", path=path),
        message("Move it elsewhere, or choose an empty folder."),
    )


def _target(git: pygit2.Repository, ref: str) -> pygit2.Commit | None:
    try:
        return git.lookup_reference(ref).peel(ObjectType.COMMIT)
    except (KeyError, pygit2.InvalidSpecError):
        return None
    except pygit2.GitError as error:
        raise damaged_object(ref) from error


def _tree(
    git: pygit2.Repository, parent: pygit2.Commit | None, blobs: Mapping[str, pygit2.Oid]
) -> pygit2.Oid:
    for path in blobs:
        if parent and path in parent.tree:
            raise _in_the_way(path)
    entries = {path: Entry(ORDINARY, str(blob)) for path, blob in blobs.items()}
    laid = Folders(git.odb).laid_over(str(parent.tree_id) if parent else EMPTY, entries)
    for content in laid.trees.values():
        git.odb.write(ObjectType.TREE, content)
    return pygit2.Oid(hex=laid.id)


def _write_working_tree(root: Path, files: Mapping[str, bytes]) -> None:
    for path, content in sorted(files.items()):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with file.open("xb") as stream:
                stream.write(content)
        except FileExistsError as error:
            raise _in_the_way(str(file)) from error


def _write_index(place: Place, blobs: Mapping[str, pygit2.Oid]) -> None:
    index = pygit2.Index(str(place.git_folder / "index"))
    for path, blob in blobs.items():
        index.add(pygit2.IndexEntry(path, blob, FileMode.BLOB))
    index.write()
