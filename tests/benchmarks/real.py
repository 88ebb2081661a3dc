"""How long `orgcode check` takes on three real organisations, with the facts of files kept.

    python -m tests.benchmarks.real

Imports them from the public data that the tests read too (`ORGCODE_REAL_DATA`), and prints a table
for the README of this folder: a check while nothing is kept, one with nothing changed, and one on
another day, for which only the facts can be used again.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.check import (
    PROGRAMS,
    Cost,
    compile_orgcode,
    machine,
    orgcode_check,
    row,
    run,
    settle,
)
from tests.benchmarks.organisation import DAY

DATA = Path(os.environ.get("ORGCODE_REAL_DATA") or Path(__file__).parents[3] / "shared" / "data")
SOURCES = {
    "rust-team": "rust-team.bundle",
    "kubernetes-sigs": "kubernetes-sigs.bundle",
    "peribolos": "kubernetes-org",
}


def check_on(folder: Path, days: int) -> Cost:
    """Check on a day some days later."""
    day = date.fromisoformat(DAY) + timedelta(days=days)
    return run([PROGRAMS / "orgcode", "--now", f"{day}T12:00:00Z", "check"], folder)


def measure() -> str:
    """Measure everything, and give the table."""
    rows = []
    compile_orgcode()
    with tempfile.TemporaryDirectory() as name:
        for source, file in SOURCES.items():
            folder = Path(name) / source
            imported = run(
                [PROGRAMS / "orgcode", "import", source, DATA / file, "--into", folder], Path(name)
            )
            settle()
            first = orgcode_check(folder)
            orgcode_check(folder)
            files = sum(1 for path in folder.rglob("*.yaml") if ".git" not in path.parts)
            rows += [
                row(f"{source}, {files:,} files: import", imported),
                row("check, nothing kept", first),
                row("check, nothing changed", orgcode_check(folder)),
                row("check on another day, facts kept", check_on(folder, 1)),
            ]
    heading = [
        "",
        "| | seconds | of a processor | memory at the peak | |",
        "|---|---:|---:|---:|---|",
    ]
    return "\n".join([machine(), *heading, *rows])


if __name__ == "__main__":
    print(measure())  # noqa: T201 (a program that prints)
