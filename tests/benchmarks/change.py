"""How long it takes to see what a change means, and how the whole stood before it.

    python -m tests.benchmarks.change

Makes the large organisation with some commits of three files each; tells what such a commit means,
and checks the organisation as it was at an earlier one, beside a check of nothing changed; and
prints a table for the README of this folder.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from tests.benchmarks.check import PROGRAMS, Cost, alter, compile_orgcode, machine, row, run, settle
from tests.benchmarks.history import TIMES, median
from tests.benchmarks.organisation import DAY, LARGE, Size, write


def orgcode(folder: Path, *arguments: str) -> Cost:
    """This program on the day of the organisation, with what it has kept."""
    return run([PROGRAMS / "orgcode", "--now", f"{DAY}T12:00:00Z", *arguments], folder)


def commit(folder: Path, turn: int) -> None:
    """A commit that changes three files."""
    alter(folder, turn)
    nobodys = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=B", "-c", "user.email=b@example.org")
    command = ("git", *who, "commit", "--quiet", "--all", "--message", f"Change {turn}")
    subprocess.run(command, cwd=folder, env=os.environ | nobodys, check=True)


def measure(size: Size = LARGE, times: int = TIMES) -> str:
    """Measure it all, and give the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write(folder, size)
        for turn in range(times + 1):
            commit(folder, turn)
        settle()
        for _ in range(2):
            orgcode(folder, "check")
            for back in range(times + 1):  # the facts of every file at every commit
                orgcode(folder, "--at", f"HEAD~{back}", "check")
        names = ("help", "check", "diff", "other diff", "as-of", "other as-of")
        costs: dict[str, list[Cost]] = {name: [] for name in names}
        orgcode(folder, "diff", "HEAD~1..HEAD")
        for back in range(times):
            costs["help"].append(orgcode(folder, "--help"))
            costs["check"].append(orgcode(folder, "check"))
            step = f"HEAD~{back + 1}..HEAD~{back}"
            costs["other diff"].append(orgcode(folder, "diff", step))
            costs["diff"].append(orgcode(folder, "diff", step))
        for back in range(times):
            costs["other as-of"].append(orgcode(folder, "--at", f"HEAD~{back}", "check"))
            costs["as-of"].append(orgcode(folder, "--at", f"HEAD~{back}", "check"))
    found = {name: median(those) for name, those in costs.items()}
    help, check = found["help"], found["check"]

    def beside(name: str) -> str:
        seconds = found[name].seconds
        of_check = f"**{seconds / check.seconds:.2f}** of a check"
        of_help = f", **{seconds / help.seconds:.1f}** of help" if "diff" in name else ""
        return of_check + of_help

    rows = (
        row("orgcode --help", help),
        row("orgcode check, nothing changed", check),
        row("orgcode diff of a commit of three files", found["other diff"], beside("other diff")),
        row("the same once more", found["diff"], beside("diff")),
        row(
            "orgcode --at REV check, another each time", found["other as-of"], beside("other as-of")
        ),
        row("the same once more", found["as-of"], beside("as-of")),
    )
    return "\n".join(
        (
            f"{size.files:,} files:",
            "",
            "| | seconds | of a processor | memory at the peak | |",
            "|---|---:|---:|---:|---|",
            *rows,
        )
    )


if __name__ == "__main__":
    compile_orgcode()
    print(f"{machine()}\n\n{measure()}")  # noqa: T201 (a program that prints)
