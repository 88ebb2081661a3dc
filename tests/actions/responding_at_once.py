"""Many people who respond to one proposal at once, each in a process of their own.

`python -m tests.actions.responding_at_once [PROCESSES [TIMES]]` measures it: 50 processes that
respond 20 times each, unless told otherwise.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from orgcode.actions.responding import respond
from tests.proposing import PROPOSAL, House

PEOPLE = ("kim", "rob", "cas", "p3", "p4", "p5")
"""Of several processes, some speak for the same person."""


def house_of_many(folder: Path) -> House:
    """An organisation with these people, and a proposal."""
    more = {f"people/{id}.yaml": f"name: {id.title()}\n" for id in PEOPLE[3:]}
    house = House.make(folder, more)
    house.propose(assents=False)
    return house


def respond_at_once(root: Path, processes: int, times: int) -> None:
    """Respond so many times in each of so many processes; fails where one of them does."""
    started = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.actions.responding_at_once",
                "--one",
                str(root),
                str(number),
                str(times),
            ],
            stderr=subprocess.PIPE,
        )
        for number in range(processes)
    ]
    errors = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * processes, errors


def said(house: House) -> Mapping[str, list[Mapping[str, str | None]]]:
    """Every entry on the branch, by person."""
    git, folder = house.builder.git, f"proposals/{PROPOSAL}/responses/"
    names = git("ls-tree", "--name-only", f"proposal/{PROPOSAL}", folder).split("\n")
    return {
        Path(name).stem: yaml.safe_load(git("show", f"proposal/{PROPOSAL}:{name}"))
        for name in names
    }


def _one(root: Path, number: int, times: int) -> None:
    person = PEOPLE[number % len(PEOPLE)]
    for count in range(times):
        respond(
            root,
            PROPOSAL,
            "concern",
            datetime(2027, 1, 3, tzinfo=UTC),
            reason=f"{number}-{count}",
            person=person,
            sign=False,
        )


def _measure(processes: int, times: int) -> None:
    with TemporaryDirectory() as name:
        house = house_of_many(Path(name))
        begin = time.monotonic()
        respond_at_once(house.builder.root, processes, times)
        seconds = time.monotonic() - begin
        kept = sum(len(entries) for entries in said(house).values())
    count = processes * times
    sys.stdout.write(
        f"{processes} processes, {times} responses each: {kept} of {count} kept, "
        f"{seconds:.1f} s, {1000 * seconds / count:.0f} ms each\n"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        numbers = [int(text) for text in sys.argv[1:]]
        _measure(*(numbers + [50, 20][len(numbers) :]))
