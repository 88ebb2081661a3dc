"""What one file says, and which paths orgcode knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from msgspec import Struct, field

if TYPE_CHECKING:  # most paths are asked about by those who find nothing wrong
    from orgcode.model.finding import Flaw

Kind = Literal[
    "org",
    "circle",
    "role",
    "person",
    "policy",
    "agreement",
    "objective",
    "tension",
    "proposal",
    "response",
]

FOLDERS: Mapping[str, Kind] = {
    "circles": "circle",
    "roles": "role",
    "people": "person",
    "policies": "policy",
    "agreements": "agreement",
    "objectives": "objective",
    "tensions": "tension",
}
"""Folder of each kind of thing that has a file of its own in a flat folder."""

FOLDER_OF: Mapping[str, str] = {kind: folder for folder, kind in FOLDERS.items()}

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MAX_ID = 63
_ID = re.compile(rf"{ID}\Z")

TOOLING_FILES = frozenset({"README.md", "LICENSE", ".editorconfig", ".gitignore", ".gitattributes"})
TOOLING_FOLDERS = frozenset({"schema", "templates", ".github", ".vscode", "pages", "assets"})


def is_id(text: str) -> bool:
    """Whether a text may be the id of a thing."""
    return len(text) <= MAX_ID and _ID.match(text) is not None


class Identity(Struct, frozen=True):
    """The thing that a path stands for; a response has the proposal's id as `proposal`."""

    kind: Kind
    id: str
    proposal: str | None = None


@lru_cache(maxsize=200_000)
def identify(path: str) -> Identity | None:
    """The thing whose file this path is, or None where it is no file of a thing."""
    if path == "org.yaml":
        return Identity("org", "org")
    folder, _, rest = path.partition("/")
    if folder in FOLDERS:
        stem = rest.removesuffix(".yaml")
        return Identity(FOLDERS[folder], stem) if rest.endswith(".yaml") and is_id(stem) else None
    if folder == "proposals":
        parts = rest.split("/")
        if len(parts) == 2 and parts[1] == "proposal.yaml" and is_id(parts[0]):
            return Identity("proposal", parts[0])
        if len(parts) == 3 and parts[1] == "responses" and is_id(parts[0]):
            stem = parts[2].removesuffix(".yaml")
            if parts[2].endswith(".yaml") and is_id(stem):
                return Identity("response", stem, parts[0])
    return None


def taken_for(path: str) -> str | None:
    """The file of a thing for which computers may take another path, to whose disks capitals, the
    forms of a letter, and dots and spaces at the end of a name make no difference; None where they
    take it for none.
    """
    plain = normalize("NFKC", path).casefold()
    same = "/".join(name.rstrip(". ") for name in plain.split("/"))
    return same if same != path and identify(same) is not None else None


def path_of(kind: str, id: str) -> str:
    """The file of a thing; the other way round as `identify`."""
    if kind == "org":
        return "org.yaml"
    if kind == "proposal":
        return f"proposals/{id}/proposal.yaml"
    return f"{FOLDER_OF[kind]}/{id}.yaml"


def is_known(path: str) -> bool:
    """Whether orgcode knows what a path is for."""
    top, _, rest = path.partition("/")
    if not rest:
        return path in TOOLING_FILES or path == "org.yaml"
    if top == "pages":
        return path.endswith(".md")
    return top in TOOLING_FOLDERS or identify(path) is not None


class Facts(Struct, frozen=True, kw_only=True):
    """What the bytes of one file say: data by schema, and what is wrong with them.

    `data` is None where nothing could be read; where only a part has the wrong shape, that part
    is left out of it, so that one mistake does not hide the rest. It depends on kind and bytes
    alone, never on path or day.
    """

    kind: Kind
    data: object = None
    flaws: tuple[Flaw, ...] = field(default=())
    words: tuple[str, ...] | None = None
    """Of a file that could not be read entirely, its words that may be ids, each once and sorted;
    None where it could not be opened, and where all of it was read.
    """

    @property
    def is_whole(self) -> bool:
        """Whether everything in the file could be read. Text that YAML would have lost was."""
        return not self.flaws or (
            self.data is not None and all(flaw.rule == "text-lost" for flaw in self.flaws)
        )
