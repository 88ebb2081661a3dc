"""Run git for what its library cannot do, or does too slowly; obey nobody in doing so.

Of the environment, git sees only where programs and folders of the user are. It reads no
configuration of a user or a computer, runs no hooks, replaces no objects, asks nothing and fetches
nothing. It does read the configuration of the repository that it works in; what may not be swayed
by that either is asked in `only_objects`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Event, Timer
from typing import IO

from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message

PATIENCE = 600
"""Seconds; what takes git longer was made to."""

_AT_A_TIME = 1 << 20
_OBEYED = ("HOME", "LD_LIBRARY_PATH", "TMPDIR")
_ENVIRONMENT = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
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
        (folder / "objects").rmdir()
        (folder / "objects").symlink_to(common_folder.absolute() / "objects")
        if (common_folder / "shallow").is_file():
            shutil.copyfile(common_folder / "shallow", folder / "shallow")
        yield folder


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
    """What git says. Neither what it is given nor what it complains of can hold it up, being in
    files.
    """
    with TemporaryFile() as given, TemporaryFile() as complaints:
        given.write(stdin)
        given.seek(0)
        chosen = [f"{name}={value}" for name, value in {**_SETTINGS, **settings}.items()]
        options = [part for each in chosen for part in ("-c", each)]
        command = ("git", "--no-pager", "--git-dir=.", *options, *arguments)
        with _started(folder, command, protocol, given, complaints) as process:
            is_late = Event()
            watch = Timer(PATIENCE, _expire, (process, is_late))
            watch.daemon = True
            watch.start()
            try:
                if process.stdout is not None:
                    while chunk := os.read(process.stdout.fileno(), _AT_A_TIME):
                        yield chunk
                process.wait()
            finally:
                watch.cancel()
                watch.join()
                _kill(process)
        if is_late.is_set():
            raise GitFailedError("timeout")  # noqa: EM101 (shown as it is)
        if process.returncode:
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace").strip()
            raise GitFailedError(said.splitlines()[0] if said else f"git: {process.returncode}")


def _started(
    folder: Path, command: tuple[str, ...], protocol: str, given: IO[bytes], complaints: IO[bytes]
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 (git, no shell)
            command,
            cwd=folder,
            env={**_environment(), "GIT_ALLOW_PROTOCOL": protocol},
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        if error.filename != command[0]:
            raise GitFailedError(str(error)) from error
        raise OrgcodeError(
            message("Git is not installed on this computer."),
            message("Install git from https://git-scm.com and try again."),
        ) from error
    except OSError as error:
        raise GitFailedError(str(error)) from error


def _environment() -> dict[str, str]:
    """A path that is relative would find programs in the folder of the repository."""
    found = {name: os.environ[name] for name in _OBEYED if name in os.environ}
    paths = [path for path in os.get_exec_path() if Path(path).is_absolute()]
    return {**found, **_ENVIRONMENT, "PATH": os.pathsep.join(paths) or "/usr/bin:/bin"}


def _expire(process: subprocess.Popen[bytes], is_late: Event) -> None:
    is_late.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End git and whatever it started, if it still runs."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
