"""How long it takes to look back, beside git itself.

    python -m tests.benchmarks.history [FOLDER]

Makes a long and a wide history (`histories`), in FOLDER if they are to stay; reads each with git
and with orgcode, every time in a fresh process; and prints tables for the README of this folder.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.check import PROGRAMS, Cost, compile_orgcode, machine, row, run, settle
from tests.benchmarks.histories import LONG, OTHERS, THING, WIDE, Length, go_on, write

TIMES = 9
"""How often what is short is measured; the median counts."""


def git(folder: Path, *arguments: str) -> Cost:
    """Git, as it is."""
    return run(["git", "-C", folder, *arguments], folder)


def orgcode(folder: Path, *arguments: str) -> Cost:
    """This program, with what it has kept."""
    return run([PROGRAMS / "orgcode", *arguments], folder)


def forget(folder: Path) -> None:
    """Throw away what is kept."""
    shutil.rmtree(folder / ".git" / "orgcode", ignore_errors=True)


def median(costs: Sequence[Cost]) -> Cost:
    """The one in the middle."""
    return sorted(costs, key=lambda cost: cost.seconds)[len(costs) // 2]


def measure(length: Length, folder: Path, times: int = TIMES) -> str:
    """Measure one history, and give the table."""
    compile_orgcode()
    if not (folder / ".git").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, length)
        settle()
    few = max(1, times // 3)
    raw, first = [], []
    for _ in range(few):
        raw.append(git(folder, "log", "-m", "--raw", "-z", "--no-abbrev"))
        forget(folder)
        first.append(orgcode(folder, "log", THING))
    pairs: dict[str, list[Cost]] = {name: [] for name in ("log", "follow", "ours", "gits")}
    orgcode(folder, "blame", THING)
    for _ in range(times):
        pairs["log"].append(orgcode(folder, "log", THING))
        pairs["follow"].append(git(folder, "log", "--follow", "--", f"{THING}.yaml"))
        pairs["ours"].append(orgcode(folder, "blame", THING))
        pairs["gits"].append(git(folder, "blame", f"{THING}.yaml"))
    new, own, helps = [], [], []
    for turn in range(times):
        go_on(folder, turn)
        new.append(orgcode(folder, "log", THING))
        helps.append(orgcode(folder, "--help"))
    for turn in range(few):
        go_on(folder, turn + times, (*OTHERS[:2], THING))
        own.append(orgcode(folder, "log", THING))
    found = {name: median(costs) for name, costs in pairs.items()}
    git_raw, help = median(raw), median(helps)
    rows = (
        row("git log -m --raw -z --no-abbrev", git_raw),
        row("orgcode log THING, nothing kept", median(first), _of(median(first), git_raw, "git's")),
        row("orgcode --help", help),
        row("orgcode log THING, three new commits", median(new), _of(median(new), help, "help")),
        row("the same, one of them to THING", median(own), _of(median(own), help, "help")),
        row("git log --follow -- FILE", found["follow"]),
        row("orgcode log THING", found["log"], _faster(found["follow"], found["log"])),
        row("git blame FILE", found["gits"]),
        row("orgcode blame THING", found["ours"], _faster(found["gits"], found["ours"])),
    )
    return "\n".join(
        (
            f"{length.commits:,} commits over {length.size.files:,} files:",
            "",
            "| | seconds | of a processor | memory at the peak | |",
            "|---|---:|---:|---:|---|",
            *rows,
        )
    )


def _of(ours: Cost, other: Cost, name: str) -> str:
    return f"**{ours.seconds / other.seconds:.2f}** of {name}"


def _faster(other: Cost, ours: Cost) -> str:
    return f"**{other.seconds / ours.seconds:.1f}** times faster"


def main(folder: Path) -> None:
    """Measure both histories."""
    print(machine())  # noqa: T201 (a program that prints)
    for name, length in (("long", LONG), ("wide", WIDE)):
        print(f"\n{measure(length, folder / name)}")  # noqa: T201 (likewise)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
