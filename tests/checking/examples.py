"""The examples in the documentation of rules, as organisations to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from orgcode.changes.change import Change
from orgcode.checking.documentation import EXAMPLE_DAY, Example
from orgcode.documents.loading import load
from orgcode.model.org import Org
from orgcode.model.snapshot import LINK, MAX_BYTES, ORDINARY, SUBMODULE, Entry, Unreadable

ORG_YAML = """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: The house
purpose: Live and work together.
anchor: house
ruleset: teal@1
"""

BASE: Mapping[str, str] = {
    "org.yaml": ORG_YAML,
    "circles/house.yaml": "name: House\n",
    "people/sara.yaml": "name: Sara\n",
    "people/omar.yaml": "name: Omar\n",
}
"""The organisation in which every example stands."""


@dataclass(frozen=True)
class Tree:
    """A snapshot whose entries may be links and submodules too."""

    files: Mapping[str, bytes | Unreadable]

    @property
    def entries(self) -> Mapping[str, Entry]:
        modes = {Unreadable.LINK: LINK, Unreadable.SUBMODULE: SUBMODULE}
        return {
            path: Entry(
                modes.get(content, ORDINARY) if isinstance(content, Unreadable) else ORDINARY
            )
            for path, content in sorted(self.files.items())
        }

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        content = self.files.get(path, Unreadable.MISSING)
        is_large = isinstance(content, bytes) and len(content) > most
        return Unreadable.TOO_LARGE if is_large else content


def organisation(texts: Mapping[str, str] = BASE, today: date = EXAMPLE_DAY) -> Org:
    """The organisation that some texts make, on the day of the examples."""
    return load(Tree({path: text.encode() for path, text in texts.items()}), today)


def example_organisation(example: Example) -> tuple[Org, list[tuple[str, int]]]:
    """The organisation of an example, and the marked lines of its files."""
    files: dict[str, bytes | Unreadable] = {path: text.encode() for path, text in BASE.items()}
    marked: list[tuple[str, int]] = []
    for file in example.files:
        text = "".join(f"{line}\n" for line in file.lines)
        above = 0
        if file.note == "before":
            marked += [(file.path, line) for line in file.marked]
        match file.note:
            case None:
                files[file.path] = text.encode()
            case "before":
                continue
            case "continued":
                above = BASE[file.path].count("\n")
                files[file.path] = (BASE[file.path] + text).encode()
            case "absent":
                del files[file.path]
            case "a link":
                files[file.path] = Unreadable.LINK
            case "a submodule":
                files[file.path] = Unreadable.SUBMODULE
            case "in windows-1252":
                files[file.path] = text.encode("windows-1252")
            case _:
                raise ValueError(file.note)
        marked += [(file.path, above + line) for line in file.marked]
    return load(Tree(files), EXAMPLE_DAY), sorted(marked)


def example_change(example: Example) -> tuple[Change, list[tuple[str, int]]]:
    """The change of an example, and the marked lines of its files."""
    after, marked = example_organisation(example)
    files = {path: text.encode() for path, text in BASE.items()}
    for file in example.files:
        if file.note == "before":
            files[file.path] = "".join(f"{line}\n" for line in file.lines).encode()
    return Change.between(load(Tree(files), EXAMPLE_DAY), after), marked
