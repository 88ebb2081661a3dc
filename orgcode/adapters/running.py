"""Run another program, the only place where that is done; let nobody sway it.

Of the environment a program sees only where programs and folders of the user are, and what its
caller adds. It is found by absolute paths alone: a relative one would find programs in the folder
of a repository.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO, NamedTuple

PATIENCE = 600
"""Seconds; what takes a program longer was made to."""

AT_A_TIME = 1 << 20
_OBEYED = ("HOME", "LD_LIBRARY_PATH", "TMPDIR")


class ProgramMissingError(Exception):
    """There is no such program on this computer."""


class ProgramFailedError(Exception):
    """A program did not do what it was told; `reason` is the first line of what it said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def environment(also: Iterable[str] = ()) -> dict[str, str]:
    """What a program may see of the environment; `also` names more of it."""
    found = {name: os.environ[name] for name in (*_OBEYED, *also) if name in os.environ}
    paths = [path for path in os.get_exec_path() if Path(path).is_absolute()]
    return {**found, "LC_ALL": "C", "PATH": os.pathsep.join(paths) or "/usr/bin:/bin"}


def chunks(
    command: Sequence[str], folder: Path, surroundings: Mapping[str, str], stdin: bytes = b""
) -> Iterator[bytes]:
    """What a program says, as it comes. Neither what it is given nor what it complains of can hold
    it up, being in files. Whoever stops listening stops it, with all that it started.
    """
    with _file(stdin) as given, _file() as complaints:
        ends = _Ends(given, subprocess.PIPE, complaints)
        with _started(command, folder, surroundings, ends, alone=True) as process:
            is_late = Event()
            watch = Timer(PATIENCE, _expire, (process, is_late))
            watch.daemon = True
            watch.start()
            try:
                if process.stdout is not None:
                    while chunk := os.read(process.stdout.fileno(), AT_A_TIME):
                        yield chunk
                process.wait()
            finally:
                watch.cancel()
                watch.join()
                _kill(process)
        if is_late.is_set():
            raise ProgramFailedError("timeout")  # noqa: EM101 (shown as it is)
        if process.returncode:
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace").strip()
            first = said.splitlines()[0] if said else f"{command[0]}: {process.returncode}"
            raise ProgramFailedError(first)


def converse(
    command: Sequence[str], folder: Path, surroundings: Mapping[str, str], stdin: bytes
) -> bytes | None:
    """What a program answers that may ask something of whoever sits at the terminal, such as a
    passphrase. None where it failed: then it has told them itself why.
    """
    with _file(stdin) as given, _file() as answer:
        # It stays in the session of the terminal, for otherwise it could not ask.
        ends = _Ends(given, answer, None)
        with _started(command, folder, surroundings, ends, alone=False) as process:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                return None
            finally:
                process.kill()
        answer.seek(0)
        return None if process.returncode else answer.read()


def _file(content: bytes = b"") -> IO[bytes]:
    """A file without a name, for what a program reads or says."""
    try:
        file = TemporaryFile()  # noqa: SIM115 (for the caller to close)
    except OSError as error:
        raise ProgramFailedError(str(error)) from error
    try:
        file.write(content)
        file.seek(0)
    except OSError as error:  # there is no room for it, say
        with suppress(OSError):
            file.close()
        raise ProgramFailedError(str(error)) from error
    return file


class _Ends(NamedTuple):
    """What a program reads, and where what it says goes."""

    stdin: IO[bytes]
    stdout: IO[bytes] | int
    stderr: IO[bytes] | None


def _started(
    command: Sequence[str],
    folder: Path,
    surroundings: Mapping[str, str],
    ends: _Ends,
    *,
    alone: bool,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 (a program by its name, no shell)
            command,
            cwd=folder,
            env=surroundings,
            stdin=ends.stdin,
            stdout=ends.stdout,
            stderr=ends.stderr,
            start_new_session=alone,
        )
    except FileNotFoundError as error:
        if error.filename != command[0]:
            raise ProgramFailedError(str(error)) from error
        raise ProgramMissingError(command[0]) from error
    except OSError as error:
        raise ProgramFailedError(str(error)) from error


def _expire(process: subprocess.Popen[bytes], is_late: Event) -> None:
    is_late.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it started, if it still runs."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
