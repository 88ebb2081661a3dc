"""Let something go wrong at one system call of orgcode: the process is killed there, or the call
fails. strace counts the calls in a run where nothing goes wrong, and strikes in another one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.cli.conftest import START, quiet_environment

MUTATING = (
    "write,pwrite64,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "ftruncate,fsync,fdatasync,symlink,symlinkat,chmod,fchmod"
)
"""The system calls by which something is changed on disk, apart from opening a new file, upon which
one of these follows."""

_CALL = re.compile(r"([a-z0-9]+)\(")


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
    done = _traced(folder, log, (), arguments)
    assert done.returncode == 0, done.stderr.decode()
    counts: Counter[str] = Counter()
    calls = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if found := _CALL.match(line):
            counts[found[1]] += 1
            calls.append(Call(found[1], counts[found[1]], line))
    return tuple(calls)


def strike(
    folder: Path, log: Path, what: str, call: Call, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    """Run orgcode, and let that call end in `signal=SIGKILL` or `error=ENOSPC`."""
    inject = ("-e", f"inject={call.name}:{what}:when={call.number}")
    return _traced(folder, log, inject, arguments)


def _traced(
    folder: Path, log: Path, inject: tuple[str, ...], arguments: tuple[str, ...]
) -> subprocess.CompletedProcess[bytes]:
    options = ("-qq", "-y", "-s", "0", "-o", str(log), "-e", f"trace={MUTATING}")
    return subprocess.run(
        ["strace", *options, *inject, *START, *arguments],
        cwd=folder,
        env={**quiet_environment(), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=300,
    )
