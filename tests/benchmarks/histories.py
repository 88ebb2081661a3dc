"""A large organisation with a long history, always the same.

python -m tests.benchmarks.histories FOLDER (long | wide)

`long` has 20,000 commits over 2,650 files, `wide` 2,000 commits over 26,500. One commit in eight
is a merge; every other alters up to three files a little.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.organisation import DAY, LARGE, SEED, Size, files

_END = int(datetime.fromisoformat(f"{DAY}T10:00:00").replace(tzinfo=UTC).timestamp())
_STEP = 3600
_ROUND = 8
"""So many commits make a round: some on the main line, some beside it, and their merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How many commits over an organisation of which size."""

    commits: int
    size: Size


LONG = Length(commits=20_000, size=Size(roles=2_000, people=500, circles=100, policies=50))
WIDE = Length(commits=2_000, size=LARGE)
SHORT = Length(commits=60, size=Size(roles=60, people=15, circles=4, policies=3))

THING = "roles/role-00007"
"""A thing that changes every now and then."""
OTHERS = ("roles/role-00011", "roles/role-00012", "roles/role-00013")
_OFTEN = 50
"""Every so many commits it does."""


def write(folder: Path, length: Length) -> None:
    """Write the repository; its working tree is that of the last commit."""
    _git(folder, "init", "--quiet", "--initial-branch=main")
    importing = subprocess.Popen(
        ["git", "fast-import", "--quiet", "--depth=50"], cwd=folder, stdin=subprocess.PIPE
    )
    assert importing.stdin is not None
    for part in _stream(length):
        importing.stdin.write(part.encode())
    importing.stdin.close()
    if importing.wait():
        raise RuntimeError(importing.returncode)
    _git(folder, "reset", "--quiet", "--hard")


def go_on(folder: Path, turn: int, things: tuple[str, ...] = OTHERS) -> None:
    """A commit more to each of these things."""
    who = ("-c", "user.name=B", "-c", "user.email=b@example.org")
    for number, thing in enumerate(things):
        file = folder / f"{thing}.yaml"
        file.write_text(_altered(file.read_text("utf-8"), f"{turn} {number}"), "utf-8")
        _git(folder, *who, "commit", "--quiet", "--message", f"More {turn}", f"{thing}.yaml")


def _stream(length: Length) -> Iterator[str]:
    dice = random.Random(SEED)  # noqa: S311 (the same every time is the point)
    texts = dict(files(length.size))
    begin = _END - length.commits * _STEP
    yield _head(1, begin, "A large organisation", [])
    yield from (_file(path, text) for path, text in texts.items())
    paths = [path for path in texts if path.startswith(("roles/", "people/", "policies/"))]
    main = side = 1
    beside: set[str] = set()
    for mark in range(2, length.commits + 1):
        place = mark % _ROUND
        when = begin + mark * _STEP
        if place == 0 and side != main:
            yield _head(mark, when, f"Merge of {mark}", [main, side])
            yield from (_file(path, texts[path]) for path in sorted(beside))
            main = side = mark
            beside = set()
            continue
        chosen = dice.sample(paths, dice.randint(1, 3))
        if mark % _OFTEN == 0 and f"{THING}.yaml" not in chosen:
            chosen.append(f"{THING}.yaml")
        if place in (4, 5, 6):
            yield _head(mark, when, f"Work on {mark}", [main if place == 4 else side])
            side = mark
            beside.update(chosen)
        else:
            chosen = [path for path in chosen if path not in beside] or ["README.md"]
            yield _head(mark, when, f"Change {mark}", [main])
            side = mark if side == main else side
            main = mark
        for path in chosen:
            texts[path] = _altered(texts.get(path, "purpose: x\n"), str(mark))
            yield _file(path, texts[path])
    yield f"reset refs/heads/main\nfrom :{main}\n\n"


def _altered(text: str, by: str) -> str:
    """What people alter: a purpose or title, or one more thing to count on."""
    if text.startswith("name:") and "accountabilities:\n" in text and len(by) % 2:
        return text.replace(
            "accountabilities:\n", f"accountabilities:\n  - Number {by} of all\n", 1
        )
    return re.sub(r"^(purpose|title|name): (.*)$", rf"\1: As of {by}", text, count=1, flags=re.M)


def _head(mark: int, when: int, text: str, parents: list[int]) -> str:
    who = f"Person {mark % 40} <person-{mark % 40}@example.org> {when} +0000"
    before = "".join(
        f"{'merge' if place else 'from'} :{parent}\n" for place, parent in enumerate(parents)
    )
    head = f"commit refs/heads/work\nmark :{mark}\nauthor {who}\ncommitter {who}\n"
    return f"{head}{_data(text)}{before}"


def _file(path: str, text: str) -> str:
    return f"M 100644 inline {path}\n{_data(text)}"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _git(folder: Path, *arguments: str) -> None:
    nobodys = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=folder, env=os.environ | nobodys, check=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]), {"long": LONG, "wide": WIDE}[sys.argv[2]])
