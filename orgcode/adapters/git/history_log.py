"""The history as git tells it: every commit with what it changed, in one run of `git log`.

Each commit is compared with its first parent alone. What a file was at any commit follows from
that: it is what the nearest commit up the line of first parents made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

ABSENT = ""
"""Instead of a blob id, where there is no file."""

_FURTHEST = 1 << 60
_LOG = (
    *(
        "log",
        "--stdin",
        "--ignore-missing",
        "--topo-order",
        "--diff-merges=first-parent",
        "--raw",
        "-z",
        "--no-abbrev",
    ),
    *("--no-renames", "--no-decorate", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--ignore-submodules=none", "--format=%x01%H,%ct,%P"),
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


def read_log(common_folder: Path, tip: str, known: Iterable[str] = ()) -> Iterator[Logged]:
    """Every commit that leads to `tip` and not to one of `known`, later ones before those they
    come from; raises `OrgcodeError` where git cannot tell them. Of `known` some may be gone.
    """
    from orgcode.adapters.git.running import GitFailedError, only_objects, stream  # seldom needed

    wanted = "".join(f"{line}\n" for line in (tip, *(f"^{id}" for id in known)))
    try:
        with only_objects(common_folder) as folder:
            yield from _commits(stream(folder, *_LOG, stdin=wanted.encode("ascii")))
    except GitFailedError as error:
        raise _unreadable(error.reason) from error


def count_commits(common_folder: Path, tip: str) -> int:
    """How many commits lead to `tip`."""
    from orgcode.adapters.git.running import GitFailedError, only_objects, run

    try:
        with only_objects(common_folder) as folder:
            return int(run(folder, "rev-list", "--count", "--end-of-options", tip))
    except GitFailedError as error:
        raise _unreadable(error.reason) from error


def _commits(parts: Iterable[bytes]) -> Iterator[Logged]:
    """A part is the head of a commit, or the head of a change; its path is the part after."""
    here: Logged | None = None
    change: list[str] | None = None
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


def _unreadable(reason: str) -> OrgcodeError:
    return OrgcodeError(
        message("The history cannot be read ({reason}).", reason=reason),
        message("Run 'git fsck' to see what is lost, or clone the repository again."),
    )
