"""Run git for what its library cannot do, or does too slowly; obey nobody in doing so.

It reads no configuration of a user or a computer, runs no hooks, replaces no objects, asks nothing
and fetches nothing. It does read the configuration of the repository that it works in; what may not
be swayed by that either is asked in `only_objects`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from orgcode.adapters.git.quarantine import quarantine
from orgcode.adapters.running import (
    ProgramFailedError,
    ProgramMissingError,
    chunks,
    environment,
)
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

_ENVIRONMENT = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
_SETTINGS = {
    "core.attributesFile": os.devnull,
    "core.commitGraph": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "log.showSignature": "false",
}


class GitFailedError(OrgcodeError):
    """Git did not do what it was told; `reason` is the first line of what it said."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            message("Git could not do its part of the work ({reason}).", reason=reason),
            message("Run 'git fsck' to see whether the repository is damaged, and try again."),
        )
        self.reason = reason


def run(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    settings: Mapping[str, str] | None = None,
    protocol: str = "",
) -> bytes:
    """What git says when it does something with the repository whose git folder this is.

    `protocol` is what it may fetch by: `file` for a bundle. Raises `GitFailedError` where git fails
    or takes too long.
    """
    return b"".join(_chunks(folder, arguments, stdin, settings or {}, protocol))


def stream(folder: Path, *arguments: str, stdin: bytes = b"") -> Iterator[bytes]:
    """The same, piece by piece as it comes: for answers under `-z`, in which each ends with a NUL.

    Whoever stops listening stops git. Raises `GitFailedError` at the end where git failed: until
    then one does not know that all pieces are there.
    """
    begun: list[bytes] = []
    for chunk in _chunks(folder, arguments, stdin, {}, ""):
        first, *others = chunk.split(b"\0")
        begun.append(first)
        if others:
            yield b"".join(begun)
            begun = [others.pop()]
            yield from others
    if any(begun):
        yield b"".join(begun)


@contextmanager
def only_objects(common_folder: Path) -> Iterator[Path]:
    """A git folder with the objects of a repository and nothing else of it: no configuration,
    grafts, attributes or names, so that commits go by their ids. Where history was cut off it is.
    """
    with TemporaryDirectory(prefix="orgcode-") as name:
        folder = Path(name)
        make_bare(folder)
        _borrow_objects(folder / "objects", common_folder)
        if (common_folder / "shallow").is_file():
            shutil.copyfile(common_folder / "shallow", folder / "shallow")
        yield folder


def _borrow_objects(objects: Path, common_folder: Path) -> None:
    """In a hook, what is being pushed is seen as well; its folder leads on to all others."""
    pushed = quarantine(common_folder)
    objects.rmdir()
    if pushed is None:
        objects.symlink_to(common_folder.absolute() / "objects")
        return
    (objects / "info").mkdir(parents=True)
    folders = (common_folder.resolve() / "objects", pushed)
    lines = "".join(f"{_as_alternate(folder)}\n" for folder in folders)
    (objects / "info" / "alternates").write_text(lines, "utf-8", "surrogateescape")


def _as_alternate(folder: Path) -> str:
    """A folder as git reads it in a list of alternates."""
    text = str(folder)
    if text.startswith(("#", '"')) or "\n" in text or "\\" in text:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return text


def make_bare(folder: Path) -> None:
    """Make an empty folder a bare repository in which nothing stands that a template brings."""
    (folder / "HEAD").write_text("ref: refs/heads/main\n", "ascii")
    (folder / "config").write_text(
        "[core]\n\trepositoryformatversion = 0\n\tbare = true\n", "ascii"
    )
    (folder / "objects").mkdir()
    (folder / "refs").mkdir()


def _chunks(
    folder: Path,
    arguments: tuple[str, ...],
    stdin: bytes,
    settings: Mapping[str, str],
    protocol: str,
) -> Iterator[bytes]:
    chosen = [f"{name}={value}" for name, value in {**_SETTINGS, **settings}.items()]
    options = [part for each in chosen for part in ("-c", each)]
    command = ("git", "--no-pager", "--git-dir=.", *options, *arguments)
    surroundings = {**environment(), **_ENVIRONMENT, "GIT_ALLOW_PROTOCOL": protocol}
    try:
        yield from chunks(command, folder, surroundings, stdin)
    except ProgramFailedError as error:
        raise GitFailedError(error.reason) from error
    except ProgramMissingError as error:
        raise OrgcodeError(
            message("Git is not installed on this computer."),
            message("Install git from https://git-scm.com and try again."),
        ) from error
