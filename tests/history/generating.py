"""Histories made by dice, in real repositories: merges of two and more lines, renames, things that
go and come back, files that cannot be read, clocks that are wrong.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

Files = dict[str, str]

_DOING = ["cook", "bake", "clean", "plan", "buy", "repair", "teach", "welcome", "count", "write"]
_WHAT = [
    "bread",
    "soup",
    "rooms",
    "bicycles",
    "budgets",
    "guests",
    "letters",
    "seeds",
    "tools",
    "songs",
]
_PEOPLE = ["sara", "omar", "els", "kim", "jan", "noor"]
_FIRST = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())


@dataclass(slots=True)
class Line:
    """A line of work: the mark of its last commit and the files there."""

    mark: int
    files: Files = field(default_factory=dict)


def generate(folder: Path, seed: int, commits: int = 60) -> None:
    """Make a repository whose branch `main` has a history, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 (the same every time is the point)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    stream = "".join(_History(dice).tell(commits))
    subprocess.run(
        ["git", "-C", str(folder), "fast-import", "--quiet", "--force"],
        input=stream.encode(),
        check=True,
    )
    subprocess.run(["git", "-C", str(folder), "reset", "-q", "--hard"], check=True)


class _History:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.mark = 0
        self.names = 0

    def tell(self, commits: int) -> Iterator[str]:
        main = Line(0)
        for _ in range(3):
            main.files[self.new_path()] = written(self.role())
        yield self.commit(main, [], "Begin")
        lines = [main]
        while self.mark < commits:
            what = self.dice.random()
            if what < 0.15 and len(lines) < 4:
                start = self.dice.choice(lines)
                lines.append(Line(start.mark, dict(start.files)))
            elif what < 0.35 and len(lines) > 1:
                yield self.merge(lines)
            else:
                line = self.dice.choice(lines)
                self.edit(line.files)
                yield self.commit(line, [line.mark], f"Change {self.mark + 1}")
        while len(lines) > 1:
            yield self.merge(lines, into=main)
        yield f"reset refs/heads/main\nfrom :{main.mark}\n\n"

    def merge(self, lines: list[Line], into: Line | None = None) -> str:
        """Bring lines together; the second and further of them end, unless they are the main."""
        target = into or self.dice.choice(lines)
        others = [line for line in lines if line is not target]
        many = min(len(others), 2 if self.dice.random() < 0.2 else 1)
        chosen = self.dice.sample(others, many)
        files: Files = {}
        sides = [target, *chosen]
        for path in sorted({path for line in sides for path in line.files}):
            texts = [line.files.get(path) for line in sides]
            if len(set(texts)) == 1:
                picked = texts[0]
            elif self.dice.random() < 0.4 and all(map(_is_sound, texts)):
                picked = written(self.mixed([json.loads(text) for text in texts if text]))
            else:
                picked = self.dice.choice(texts)
            if picked is not None:
                files[path] = picked
        target.files = files
        for line in chosen:
            if line is not lines[0]:
                lines.remove(line)
        return self.commit(target, [target.mark, *(line.mark for line in chosen)], "Merge")

    def mixed(self, sides: list[dict[str, object]]) -> dict[str, object]:
        """Of each field what one side says, of lists something of each."""
        made: dict[str, object] = {}
        for key in dict.fromkeys(key for side in sides for key in side):
            values = [side[key] for side in sides if key in side]
            if all(isinstance(value, list) for value in values):
                items = {json.dumps(item): item for value in values for item in value}  # type: ignore[attr-defined]
                made[key] = [item for item in items.values() if self.dice.random() < 0.9]
            else:
                made[key] = self.dice.choice(values)
        made["accountabilities"] = made.get("accountabilities") or [self.work()]
        return made

    def edit(self, files: Files) -> None:
        what = self.dice.random()
        path = self.dice.choice(sorted(files)) if files else ""
        if not files or what < 0.1:
            files[self.new_path()] = written(self.role())
        elif what < 0.16:
            del files[path]
        elif what < 0.19:
            files[path] = "name: [broken\n"
        elif not _is_sound(files[path]):
            files[path] = written(self.role())
        elif what < 0.40:
            self.rename(files, path)
        else:
            role = json.loads(files[path])
            for _ in range(self.dice.randint(1, 3)):
                self.alter(role)
            files[path] = written(role)

    def rename(self, files: Files, path: str) -> None:
        """With an alias, with the same content, or with something altered."""
        role = json.loads(files.pop(path))
        how, new = self.dice.random(), self.new_path()
        if how < 0.4:
            role["aliases"] = [path.removeprefix("roles/").removesuffix(".yaml")]
        if how < 0.3 or how > 0.7:
            self.alter(role)
        files[new] = written(role)

    def alter(self, role: dict[str, object]) -> None:
        works = role["accountabilities"]
        holders = role.setdefault("holders", [])
        assert isinstance(works, list)
        assert isinstance(holders, list)
        match self.dice.randrange(8):
            case 0:
                role["name"] = self.work()
            case 1:
                role["purpose"] = {"nl": self.work(), "en": self.work()}
            case 2:
                works.append(self.work())
            case 3:
                self.dice.shuffle(works)
            case 4:
                place = self.dice.randrange(len(works))
                works[place] = f"{works[place]} {self.dice.choice(_WHAT)}"
            case 5 if len(works) > 1:
                works.pop(self.dice.randrange(len(works)))
            case 6 if holders:
                held = self.dice.choice(holders)
                held["until"] = f"2027-0{self.dice.randint(1, 9)}-01"
            case _:
                since = f"2026-0{self.dice.randint(1, 9)}-01"
                holders.append({"person": self.dice.choice(_PEOPLE), "since": since})

    def role(self) -> dict[str, object]:
        return {
            "name": self.work(),
            "circle": "house",
            "purpose": self.work(),
            "accountabilities": [self.work() for _ in range(self.dice.randint(1, 4))],
            "holders": [{"person": self.dice.choice(_PEOPLE), "since": "2025-01-01"}],
        }

    def work(self) -> str:
        pick = self.dice.choice
        return f"{pick(_DOING)} the {pick(_WHAT)} for {pick(_PEOPLE)} and {pick(_WHAT)}"

    def new_path(self) -> str:
        self.names += 1
        return f"roles/role-{self.names}.yaml"

    def commit(self, line: Line, parents: list[int], text: str) -> str:
        self.mark += 1
        line.mark = self.mark
        who = f"{self.dice.choice(_PEOPLE)} <someone@example.org>"
        when = _FIRST + self.mark * 40_000 + self.dice.choice((0, 0, 0, -400_000, 400_000))
        parts = [f"commit refs/heads/work\nmark :{self.mark}\n"]
        parts.append(f"author {who} {when} +0100\ncommitter {who} {when} +0100\n{_data(text)}")
        parts += [f"{'merge' if place else 'from'} :{mark}\n" for place, mark in enumerate(parents)]
        parts.append("deleteall\n")
        for path, content in sorted(line.files.items()):
            parts.append(f"M 100644 inline {path}\n{_data(content)}")
        return "".join((*parts, "\n"))


def written(data: Mapping[str, object]) -> str:
    """JSON, which is YAML too."""
    return json.dumps(data, indent=1) + "\n"


def _is_sound(text: str | None) -> bool:
    return text is None or text.startswith("{")


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"
