"""The table of changes: what is done to the house, and every effect that it has.

`table.yaml` has a row for each change. `python -m tests.changes.table` writes the effects into it
anew, to be looked at before it is committed. `setup` is done before, `steps` are the change, one
after the other, each to the file it names: `replace` (exactly one place) `by`; `write`; `delete`;
`rename_to`; `is` (a link, a folder, a program).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orgcode.changes.effects import effects
from orgcode.i18n.translator import Translator
from orgcode.model.effect import Effect
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable
from tests.changes.house import Program, house, organisation

TABLE = Path(__file__).with_name("table.yaml")

_SPECIAL = {"a link": Unreadable.LINK, "a folder": Unreadable.DIRECTORY}

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One change of the table."""

    name: str
    steps: tuple[Mapping[str, str], ...]
    setup: tuple[Mapping[str, str], ...] = ()
    effects: tuple[Said, ...] = ()

    def sides(self) -> tuple[Org, Org]:
        """The organisation before and after."""
        files = house()
        for step in self.setup:
            _do(files, step)
        before = organisation(dict(files))
        for step in self.steps:
            _do(files, step)
        return before, organisation(files)

    def found(self) -> tuple[Said, ...]:
        """The effects that the change has."""
        before, after = self.sides()
        return tuple(_said(effect, after) for effect in effects(before, after))


@cache
def rows() -> tuple[Row, ...]:
    """The whole table."""
    return tuple(
        Row(
            row["change"],
            tuple(row["steps"]),
            tuple(row.get("setup", ())),
            tuple(row.get("effects", ())),
        )
        for row in yaml.safe_load(TABLE.read_text("utf-8"))
    )


def _said(effect: Effect, after: Org) -> Said:
    found: dict[str, Any] = {
        "kind": effect.kind,
        "thing": effect.thing,
        "circles": list(effect.circles),
        "subjects": list(effect.subjects),
    }
    if effect.alters:
        found["alters"] = [f"{rule.kind} in {rule.circle or 'all'}" for rule in effect.alters]
    for language in ("en", "nl"):
        found[language] = Translator(language).speaking(after.ruleset).say(effect.sentence)
    return found


def _do(files: dict[str, bytes | Unreadable], step: Mapping[str, str]) -> None:
    path = step["file"]
    content = files.get(path, b"")
    old = "" if isinstance(content, Unreadable) else content.decode()
    if "replace" in step:
        if old.count(step["replace"]) != 1:
            problem = f"{path}: {old.count(step['replace'])} times {step['replace']!r}"
            raise ValueError(problem)
        files[path] = old.replace(step["replace"], step["by"]).encode()
    elif "write" in step:
        files[path] = step["write"].encode()
    elif "rename_to" in step:
        files[step["rename_to"]] = files.pop(path)
    elif "is" in step:
        files[path] = _SPECIAL.get(step["is"]) or Program(old.encode())
    elif "delete" in step:
        del files[path]
    else:
        raise ValueError(step)


def _written(table: Iterable[tuple[Row, tuple[Said, ...]]]) -> str:
    """The table as it stands in its file. Quoted texts are JSON, which is YAML too."""
    lines = []
    for row, found in table:
        lines += ["", f"- change: {_quoted(row.name)}"]
        for key, steps in (("setup", row.setup), ("steps", row.steps)):
            if steps:
                lines += [f"  {key}:", *(f"    - {_quoted(step)}" for step in steps)]
        lines.append("  effects:")
        for said in found:
            for number, (key, value) in enumerate(said.items()):
                lines.append(f"    {' ' if number else '-'} {key}: {_quoted(value)}")
    return "\n".join(lines[1:]) + "\n"


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write the table with the effects of now."""
    TABLE.write_text(_written([(row, row.found()) for row in rows()]), "utf-8")


if __name__ == "__main__":
    main()
