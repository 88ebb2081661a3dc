"""Let something go wrong at one system call of orgcode, or of the git that moves a branch for it:
the process is killed there, or the call fails. strace counts the calls in a run where nothing goes
wrong, and strikes in another one.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.cli.conftest import START, quiet_environment

MUTATING = (
    "write,pwrite64,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "ftruncate,fsync,fdatasync,symlink,symlinkat,chmod,fchmod,openat"
)
"""The system calls by which something is changed on disk; of `openat` only those that may make a
file."""

_CALL = re.compile(r"([a-z0-9]+)\(")
_MAKES = re.compile(r"\bO_(CREAT|TMPFILE)\b")


@dataclass(frozen=True, slots=True)
class Call:
    """A system call of the recorded run: the how manieth of its name it was, since strace counts
    each name by itself, and what strace wrote of it.
    """

    name: str
    number: int
    text: str

    def is_below(self, folder: Path) -> bool:
        """Whether it is about a file in a folder."""
        return str(folder) in self.text


def is_possible() -> bool:
    """Whether strace is there, and may trace."""
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], check=False)
    return done.returncode == 0


def record(folder: Path, log: Path, *arguments: str) -> tuple[Call, ...]:
    """Run orgcode, and give the calls of its own process that change something."""
    done = _run(folder, [*_trace(log), *START], arguments)
    assert done.returncode == 0, done.stderr.decode()
    return _calls_in(log)


def record_git(folder: Path, log: Path, *arguments: str) -> tuple[Call, ...]:
    """The same of the git that moves a branch."""
    done = _run(folder, START, arguments, _in_place_of_git(log))
    assert done.returncode == 0, done.stderr.decode()
    return _calls_in(log)


def strike(
    folder: Path, log: Path, what: str, call: Call, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    """Run orgcode, and let that call end in `signal=SIGKILL` or `error=ENOSPC`."""
    return _run(folder, [*_trace(log, what, call), *START], arguments)


def strike_git(
    folder: Path, log: Path, what: str, call: Call, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    """The same with a call of the git that moves a branch."""
    return _run(folder, START, arguments, _in_place_of_git(log, what, call))


def _calls_in(log: Path) -> tuple[Call, ...]:
    counts: Counter[str] = Counter()
    calls = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if found := _CALL.match(line):
            counts[found[1]] += 1
            if found[1] != "openat" or _MAKES.search(line):
                calls.append(Call(found[1], counts[found[1]], line))
    return tuple(calls)


def _trace(log: Path, what: str = "", call: Call | None = None) -> list[str]:
    inject = ["-e", f"inject={call.name}:{what}:when={call.number}"] if call else []
    return ["strace", "-qq", "-y", "-s", "0", "-o", str(log), "-e", f"trace={MUTATING}", *inject]


def _in_place_of_git(log: Path, what: str = "", call: Call | None = None) -> str:
    """A folder with a program that is git, traced where it moves a branch."""
    real, strace = shutil.which("git"), shutil.which("strace")
    assert real is not None
    assert strace is not None
    traced = shlex.join([strace, *_trace(log, what, call)[1:], real])
    program = log.with_name("programs") / "git"
    program.parent.mkdir(exist_ok=True)
    program.write_text(
        f'#!/bin/sh\ncase " $* " in *" update-ref "*) exec {traced} "$@" ;; esac\n'
        f'exec {shlex.quote(real)} "$@"\n'
    )
    program.chmod(0o755)
    return str(program.parent)


def _run(
    folder: Path, command: Sequence[str], arguments: tuple[str, ...], programs: str = ""
) -> subprocess.CompletedProcess[bytes]:
    environment = {**quiet_environment(), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    if programs:
        environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
    )
