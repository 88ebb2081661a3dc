"""How long `orgcode check` and `orgcode --help` take, beside programs that one can compare.

    python -m tests.benchmarks.check

Makes the large organisation; checks it with orgcode while nothing is kept, with nothing changed
since, and after three files have changed; checks it with check-jsonschema and our schemas (one
process for each kind of file); and prints a table for the README of this folder.
"""

from __future__ import annotations

import compileall
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import orgcode
from orgcode.model.facts import FOLDERS
from tests.benchmarks.organisation import DAY, LARGE, Size, write

SCHEMAS = Path(__file__).parents[2] / "schema"
PACKAGE = Path(orgcode.__file__).parent
PROGRAMS = Path(sys.executable).parent
KEPT = ".git/orgcode"
STARTS = 40
"""How often each short program is started; the median counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What running a program took."""

    seconds: float
    processor: float
    """Seconds of a processor, those of the processes that it divides its work over included."""
    megabytes: float
    """Of memory, at its peak."""

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        return Cost(
            seconds=self.seconds + other.seconds,
            processor=self.processor + other.processor,
            megabytes=max(self.megabytes, other.megabytes),
        )


def run(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a program to its end; it must succeed, or the comparison would mean nothing."""
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            raise RuntimeError(output.read(4000).decode("utf-8", "replace"))
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    processor = usage.ru_utime + usage.ru_stime
    return Cost(seconds=seconds, processor=processor, megabytes=kilobytes / 1024)


def compile_orgcode() -> None:
    """Compile the code as whoever installs it does; those of other programs are compiled too."""
    if not compileall.compile_dir(PACKAGE, quiet=2):
        raise RuntimeError(PACKAGE)


def orgcode_check(folder: Path) -> Cost:
    """Everything that orgcode knows about an organisation, from its working tree."""
    return run([PROGRAMS / "orgcode", "--now", f"{DAY}T12:00:00Z", "check"], folder)


def check_jsonschema(folder: Path) -> Cost:
    """The shape of every file that has a folder, and of org.yaml."""
    cost = Cost(seconds=0, processor=0, megabytes=0)
    patterns = {"org.yaml": "org"} | {f"{f}/*.yaml": kind for f, kind in FOLDERS.items()}
    for pattern, kind in patterns.items():
        files = sorted(folder.glob(pattern))
        if files:
            schema = SCHEMAS / f"{kind}.schema.json"
            cost += run([PROGRAMS / "check-jsonschema", "--schemafile", schema, *files], folder)
    return cost


def starts(times: int = STARTS) -> tuple[float, float]:
    """Seconds that `orgcode --help` and a bare Python take, in turn; the median of each."""
    here = Path.cwd()
    ours, bare = [], []
    for _ in range(times):
        ours.append(run([PROGRAMS / "orgcode", "--help"], here).seconds)
        bare.append(run([sys.executable, "-c", "pass"], here).seconds)
    return statistics.median(ours), statistics.median(bare)


def alter(folder: Path, turn: int = 0) -> None:
    """Alter three files as people do: a role's purpose, a person's name, a policy's title."""
    for kind, key in (("roles", "purpose"), ("people", "name"), ("policies", "title")):
        files = sorted((folder / kind).glob("*.yaml"))
        file = files[(7 + turn) % len(files)]
        text = file.read_text("utf-8")
        altered = re.sub(rf"^{key}: ", f"{key}: Nieuw {turn} ", text, count=1, flags=re.MULTILINE)
        assert altered != text
        file.write_text(altered, "utf-8")


def settle() -> None:
    """Wait until files that were just written are no longer taken for such."""
    time.sleep(2.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What a check costs: with nothing kept, with nothing changed, with three files changed."""

    first: Cost
    unchanged: Cost
    altered: Cost


def checks(folder: Path, times: int) -> Checks:
    """Check an organisation in each state, the median of several each. What was just written is on
    the disk before, and at hand, as it is for the peer.
    """
    os.sync()
    settle()
    orgcode_check(folder)
    first, unchanged, altered = [], [], []
    for _ in range(min(times, 3)):
        shutil.rmtree(folder / KEPT)
        first.append(orgcode_check(folder))
    for turn in range(times):
        unchanged.append(orgcode_check(folder))
        alter(folder, turn)
        altered.append(orgcode_check(folder))
        settle()
        orgcode_check(folder)
    return Checks(first=_median(first), unchanged=_median(unchanged), altered=_median(altered))


def _median(costs: Sequence[Cost]) -> Cost:
    return sorted(costs, key=lambda cost: cost.seconds)[len(costs) // 2]


def measure(size: Size = LARGE, times: int = STARTS) -> str:
    """Measure everything, and give the table."""
    compile_orgcode()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, size)
        ours = checks(folder, max(1, times // 8))
        schema = check_jsonschema(folder)
    helping, bare = starts(times)
    return "\n".join(
        (
            f"{size.files:,} files. {machine()}",
            "",
            "| | seconds | of a processor | memory at the peak | |",
            "|---|---:|---:|---:|---|",
            row("check-jsonschema", schema),
            row("orgcode check, nothing kept", ours.first, _faster(schema, ours.first)),
            row(
                "orgcode check, nothing changed",
                ours.unchanged,
                _faster(schema, ours.unchanged),
            ),
            row(
                "orgcode check, three files changed",
                ours.altered,
                f"**{ours.altered.seconds / ours.unchanged.seconds:.2f}** of nothing changed",
            ),
            f"| `orgcode --help` | {helping:.3f} | | | **{helping / bare:.1f}** of a bare start |",
            f"| `python -c pass` | {bare:.3f} | | | |",
        )
    )


def _faster(peer: Cost, ours: Cost) -> str:
    return f"**{peer.seconds / ours.seconds:.1f}** times faster"


def row(name: str, cost: Cost, remark: str = "") -> str:
    """A row of the table."""
    times = f"{cost.seconds:.2f} | {cost.processor:.2f}"
    return f"| {name} | {times} | {cost.megabytes:.0f} MB | {remark} |"


def machine() -> str:
    packages = ("orgcode", "check-jsonschema", "ruamel.yaml", "pyyaml", "jsonschema-rs", "pygit2")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"Python {platform.python_version()}, {versions}; "
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores ({_processor()})."
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text("utf-8").splitlines() if information.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


if __name__ == "__main__":
    print(measure())  # noqa: T201 (a program that prints)
