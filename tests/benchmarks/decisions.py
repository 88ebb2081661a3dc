"""A history of decisions, each with three signed responses: for measuring an audit.

    python -m tests.benchmarks.decisions [FOLDER]

Makes an organisation of some 300 files and 1,000 decisions, in FOLDER if it is to stay; audits it
in a fresh process; and prints a row for the README of this folder.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.check import PROGRAMS, compile_orgcode, run
from tests.benchmarks.streams import DAY, FIRST, Proposing, commit, gone, pair
from tests.builder import Builder
from tests.proposing import FILES, ORG

PEOPLE = ("cas", "kim", "rob")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much there is of it."""

    decisions: int
    files: int


THOUSAND = Amount(decisions=1000, files=300)
FEW = Amount(decisions=6, files=30)


def write(folder: Path, amount: Amount) -> None:
    """The repository, by one stream that git reads."""
    builder = Builder.make(folder)
    stream = b"".join(_stream(amount))
    builder.git("fast-import", "--quiet", "--done", stdin=stream)


def measure(amount: Amount, folder: Path) -> str:
    """Audit it, and give the row of a table."""
    if not (folder / ".git").exists():
        write(folder, amount)
    compile_orgcode()
    cost = run([PROGRAMS / "orgcode", "--now", "2037-01-01", "audit"], folder)
    each = 1000 * cost.processor / amount.decisions
    return (
        f"| orgcode audit, {amount.decisions:,} decisions over {amount.files} files |"
        f" {cost.seconds:.2f} | {cost.processor:.2f} | {cost.megabytes:.0f} MB |"
        f" **{each:.1f}** ms of a processor for each decision |"
    )


def _stream(amount: Amount) -> Iterator[bytes]:
    pairs = {person: pair(number) for number, person in enumerate(PEOPLE, start=1)}
    files = {**FILES, "org.yaml": FILES["org.yaml"] + "assurance: {people: {default: signed}}\n"}
    for person, own in pairs.items():
        files[f"people/{person}.yaml"] = f"name: {person.title()}\nkeys: [{{key: {own.line}}}]\n"
    policies = [f"policies/p{number}.yaml" for number in range(amount.files - len(files))]
    files |= {path: _policy(path, 0) for path in policies}
    yield commit("main", FIRST, {path: text.encode() for path, text in files.items()})
    proposing = Proposing(organisation=ORG, pairs=pairs)
    for number in range(amount.decisions):
        path, id, at = policies[number % len(policies)], f"d{number}", FIRST + (number + 1) * DAY
        after = _policy(path, number + 1)
        commits, new = proposing.proposal(id, at, [(path, files[path], after)])
        yield commits
        yield commit("main", at + 60, new, merge=f"refs/heads/proposal/{id}")
        yield gone(f"proposal/{id}")
        files[path] = after
    yield b"done\n"


def _policy(path: str, number: int) -> str:
    return f"title: {path}\ncircle: house\ntext: Version {number}.\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(measure(THOUSAND, Path(sys.argv[1] if len(sys.argv) > 1 else name)))  # noqa: T201
