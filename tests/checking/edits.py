"""The table of edits: what is done to the demo organisation, and everything that is found then.

`edits.yaml` has a row for each edit. `python -m tests.checking.edits` writes what is found into it
anew, to be looked at before it is committed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orgcode.checking.check import check
from orgcode.checking.rule import Rule
from orgcode.checking.rules import RULES
from orgcode.documents.facts import read_facts
from orgcode.documents.loading import load
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable
from tests.checking.demo import DAY, demo
from tests.checking.examples import Tree

TABLE = Path(__file__).with_name("edits.yaml")

_SPECIAL = {
    "a link": Unreadable.LINK,
    "a submodule": Unreadable.SUBMODULE,
    "a folder": Unreadable.DIRECTORY,
    "too large": Unreadable.TOO_LARGE,
    "not allowed": Unreadable.NOT_ALLOWED,
}


_READ = cache(read_facts)


@dataclass(frozen=True)
class Edit:
    """One row. `found` and `gone` tell how the findings differ from those of the demo as it is.

    `steps` are done one after the other, each to the file it names: `replace` (exactly one place)
    `by`; `append`; `write` (a new file, or in the place of the old one); `delete`; `rename_to`;
    `encode` (in another encoding); `is` (a link, a submodule, ...).
    """

    name: str
    steps: Sequence[Mapping[str, str]]
    found: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@cache
def edits() -> tuple[Edit, ...]:
    """All rows of the table."""
    return tuple(
        Edit(row["edit"], row["steps"], tuple(row.get("found", ())), tuple(row.get("gone", ())))
        for row in yaml.safe_load(TABLE.read_text("utf-8"))
    )


def edited(edit: Edit) -> Org:
    """The demo organisation after an edit."""
    files: dict[str, bytes | Unreadable] = dict(demo())
    for step in edit.steps:
        _do(files, step)
    return demo_with(files)


def demo_with(files: Mapping[str, bytes | Unreadable]) -> Org:
    """An organisation of these files; what stays the same is read once for all tests."""
    return load(Tree(files), DAY, _READ)


def findings(org: Org, rules: Iterable[Rule] = RULES) -> list[str]:
    """What is found in an organisation, a line each: rule, severity, file, line and column."""
    return [
        f"{found.rule} ({found.severity}) {found.path}:{found.line}:{found.column}"
        for found in check(org, rules)
    ]


@cache
def of_demo() -> tuple[str, ...]:
    """What is found in the demo as it is."""
    return tuple(findings(demo_with(demo())))


def difference(now: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is found that was not in the demo as it is, and what is no longer found."""
    before, after = Counter(of_demo()), Counter(now)
    return tuple((after - before).elements()), tuple((before - after).elements())


def _do(files: dict[str, bytes | Unreadable], step: Mapping[str, str]) -> None:
    path = step["file"]
    content = files.get(path, b"")
    old = "" if isinstance(content, Unreadable) else content.decode()
    if "replace" in step:
        if old.count(step["replace"]) != 1:
            problem = f"{path}: {old.count(step['replace'])} times {step['replace']!r}"
            raise ValueError(problem)
        files[path] = old.replace(step["replace"], step["by"]).encode()
    elif "append" in step:
        if path not in files:
            raise ValueError(path)
        files[path] = (old + step["append"]).encode()
    elif "write" in step:
        files[path] = step["write"].encode()
    elif "rename_to" in step:
        files[step["rename_to"]] = files.pop(path)
    elif "encode" in step:
        files[path] = old.encode(step["encode"])
    elif "is" in step:
        files[path] = _SPECIAL[step["is"]]
    elif "delete" in step:
        del files[path]
    else:
        raise ValueError(step)


def _written(rows: Iterable[Edit]) -> str:
    """The table as it stands in its file. Quoted texts are JSON, which is YAML too."""
    lines = []
    for row in rows:
        lines += ["", f"- edit: {_quoted(row.name)}", "  steps:"]
        for step in row.steps:
            for number, (key, value) in enumerate(step.items()):
                lines.append(f"    {' ' if number else '-'} {key}: {_quoted(value)}")
        for key, found in (("found", row.found), ("gone", row.gone)):
            if found:
                lines += [f"  {key}:", *(f"    - {_quoted(line)}" for line in found)]
    return "\n".join(lines[1:]) + "\n"


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write the table with what is found now."""
    rows = []
    for edit in edits():
        found, gone = difference(findings(edited(edit)))
        rows.append(Edit(edit.name, edit.steps, found, gone))
    TABLE.write_text(_written(rows), "utf-8")


if __name__ == "__main__":
    main()
