"""orgcode as people start it, on organisations that are up to no good."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.cli.conftest import DAY, quiet_environment

PROGRAM = """
import os, resource, sys
from orgcode.cli.main import main
usage, process, leave = sys.argv.pop(1), os.getpid(), os._exit
def measured(code):
    if os.getpid() != process:
        leave(code)
    used = resource.getrusage(resource.RUSAGE_SELF)
    kilobytes = used.ru_maxrss
    try:  # the kernel adds to that what the tests' own process had when it started this one
        with open("/proc/self/status") as status:
            kilobytes = next(int(line.split()[1]) for line in status if line[:6] == "VmHWM:")
    except OSError:
        pass
    with open(usage, "w") as file:
        print(used.ru_utime + used.ru_stime, kilobytes // 1024, file=file)
    leave(code)
os._exit = measured  # with which the program ends
main()
"""
"""The command line, and at its end what it took: seconds and megabytes."""

SUBCOMMANDS = (
    ("check",),
    ("check", "--format", "json"),
    ("check", "--format", "github"),
    ("show", "org"),
    ("show", "circles/buurt"),
    ("show", "roles/kok"),
    ("show", "people/sara", "--format", "json"),
    ("list", "roles", "--open"),
    ("list", "circles", "--circle", "buurt"),
    ("who-decides", "governance"),
    ("who-decides", "roles/kok"),
    ("who-decides", "role", "--format", "json"),
    ("what-binds", "roles/kok"),
    ("what-binds", "org", "--format", "json"),
    ("build",),
)
"""Every command that reads an organisation, in its forms."""


class Answer(NamedTuple):
    """What a command answered, and what it took."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: int


def orgcode(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None, now: str = DAY
) -> Answer:
    """Run a command; whatever happens, it shows no traceback and finds no bug in itself."""
    usage = folder.parent / f".usage-of-{folder.name}"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(usage), "--now", now, *arguments],
        cwd=folder,
        env={**quiet_environment(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode in {0, 1, 2}, f"{arguments}: {done.returncode}\n{err}"
    assert "Traceback" not in out + err
    seconds, megabytes = usage.read_text().split()
    usage.unlink()
    return Answer(done.returncode, out, err, float(seconds), int(megabytes))


class Found(NamedTuple):
    """A finding, as `check --format json` tells it."""

    path: str
    rule: str
    line: int
    column: int
    cause: str


def findings(answer: Answer) -> list[Found]:
    """What `check --format json` found."""
    return [
        Found(*(found[key] for key in Found._fields))
        for found in json.loads(answer.out)["findings"]
    ]
