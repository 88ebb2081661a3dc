"""The history as git tells it: every commit with what it changed, in one run of `git log`.

Each commit is compared with its first parent alone. What a file was at any commit follows from
that: it is what the nearest commit up the line of first parents made of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

if TYPE_CHECKING:
    import subprocess

ABSENT = ""
"""Instead of a blob id, where there is no file."""

_CHUNK = 1 << 20
_FURTHEST = 1 << 60
_SETTINGS = (
    "core.commitGraph=false",
    f"core.hooksPath={os.devnull}",
    "diff.ignoreSubmodules=none",
    "log.showRoot=true",
    "log.showSignature=false",
)
_LOG = (
    *("log", "--stdin", "--topo-order", "--diff-merges=first-parent", "--raw", "-z", "--no-abbrev"),
    *("--no-renames", "--no-decorate", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--ignore-submodules=none", f"-O{os.devnull}", "--format=%x01%H,%ct,%P"),
)


class Altered(NamedTuple):
    """One path that a commit changed: the ids of its blob before and after (`ABSENT` where it was
    or is not there), and its mode after.
    """

    path: str
    before: str
    after: str
    mode: int


class Logged(NamedTuple):
    """One commit: its parents, the first of them first; when it was committed, in seconds since
    1970; and what it changed, compared with its first parent.
    """

    id: str
    parents: tuple[str, ...]
    committed: int
    altered: list[Altered]


def read_log(git_folder: Path, tip: str, known: Iterable[str] = ()) -> Iterator[Logged]:
    """Every commit that leads to `tip` and not to one of `known`, later ones before those they
    come from; raises `OrgcodeError` where git cannot tell them.
    """
    wanted = "".join(f"{line}\n" for line in (tip, *(f"^{id}" for id in known)))
    with _git(git_folder, *_LOG) as process:
        assert process.stdin is not None  # noqa: S101 (for the type checker: both are pipes)
        assert process.stdout is not None  # noqa: S101
        is_read = False
        try:
            with suppress(BrokenPipeError):  # git has ended; its code says why
                process.stdin.write(wanted.encode("ascii"))
                process.stdin.close()
            yield from _commits(_parts(process.stdout))
            is_read = True
        finally:
            if not is_read:
                process.kill()
        if code := process.wait():
            raise _unreadable(code)


def count_commits(git_folder: Path, tip: str) -> int:
    """How many commits lead to `tip`."""
    with _git(git_folder, "rev-list", "--count", "--end-of-options", tip) as process:
        told, _ = process.communicate()
    return int(told) if told.strip().isdigit() else 0


def _git(git_folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Git, obeying neither settings, grafts nor replaced objects, and fetching nothing."""
    import subprocess  # only here: mostly nothing is new, and nothing is to be run

    own = {
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    first = ("git", f"--git-dir={git_folder}", "--no-pager", "--no-replace-objects")
    try:
        return subprocess.Popen(  # noqa: S603 (git, no shell)
            [*first, *settings, *arguments],
            env=others | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise OrgcodeError(
            message("Git is not installed on this computer."),
            message("Install git from https://git-scm.com and try again."),
        ) from error


def _parts(stream: IO[bytes]) -> Iterator[list[bytes]]:
    """What stands between zero bytes, a piece of the stream at a time."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *parts, rest = (rest + chunk).split(b"\0")
        yield parts


def _commits(pieces: Iterable[list[bytes]]) -> Iterator[Logged]:
    """A part is the head of a commit, or the head of a change; its path is the part after."""
    here: Logged | None = None
    change: list[str] | None = None
    for parts in pieces:
        for part in parts:
            if change is not None:
                assert here is not None  # noqa: S101 (for the type checker)
                before, after = change[2], change[3]
                here.altered.append(
                    Altered(
                        part.decode("utf-8", "surrogateescape"),
                        before if before.strip("0") else ABSENT,
                        after if after.strip("0") else ABSENT,
                        int(change[1], 8),
                    )
                )
                change = None
            elif part[:1] == b"\x01":
                if here is not None:
                    yield here
                id, committed, parents = part[1:].decode("ascii").split(",")
                here = Logged(id, tuple(parents.split()), _moment(committed), [])
            elif part.strip():
                change = part.strip().decode("ascii").split(" ")
    if here is not None:
        yield here


def _moment(text: str) -> int:
    """Seconds since 1970, of which a commit can claim anything."""
    seconds = int(text) if text.lstrip("-").isdigit() else 0
    return max(-_FURTHEST, min(seconds, _FURTHEST))


def _unreadable(code: int) -> OrgcodeError:
    return OrgcodeError(
        message("The history cannot be read (git ended with {code}).", code=code),
        message("Run 'git fsck' to see what is lost, or clone the repository again."),
    )
