"""What `sigs.yaml` says, read with PyYAML alone. Nothing here knows orgcode: it is what the import
is compared with.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

BUNDLE = "kubernetes-sigs.bundle"
LISTS = ("sigs", "workinggroups", "usergroups", "committees")


@dataclass(frozen=True)
class Subproject:
    """A subproject: who leads it, and where its owners are listed."""

    leads: frozenset[str]
    owners: tuple[str, ...]
    meetings: int


@dataclass(frozen=True)
class Group:
    """A SIG, working group, user group or committee. People are logins in small letters."""

    kind: str
    name: str
    chairs: frozenset[str]
    tech_leads: frozenset[str]
    emeriti: frozenset[str]
    liaison: frozenset[str]
    stakeholders: frozenset[str]
    meetings: int
    subprojects: dict[str, Subproject]


def clone(bundle: Path, folder: Path) -> Path:
    """The repository of a bundle."""
    command = ["git", "clone", "-q", "-b", "main", str(bundle), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def at(repository: Path, revision: str) -> bytes:
    """The file as it was at a revision."""
    command = ["git", "show", f"{revision}:sigs.yaml"]
    return subprocess.run(command, cwd=repository, check=True, capture_output=True).stdout


def steps(repository: Path, every: int) -> list[str]:
    """Every so many-th commit, the newest always among them."""
    command = ["git", "log", "--format=%H"]
    done = subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True)
    return done.stdout.split()[::every]


def read(content: bytes) -> Any:
    """The file as PyYAML has it, each value as the text that was written."""
    return yaml.load(content, Loader=yaml.CBaseLoader)  # noqa: S506  (it makes texts only)


def leaves(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every value with the field it stands in; an empty list or mapping is a value too. For a
    while teams had their names for keys: these are one field.
    """
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            step = "*" if field.endswith(".contact.teams") else key
            yield from leaves(inner, f"{field}.{step}" if field else step)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from leaves(inner, f"{field}[]")
    else:
        yield field, value if isinstance(value, str) else ""


def fields(document: Any) -> Counter[str]:
    """How many values there are of each field."""
    return Counter(field for field, _ in leaves(document))


def pattern(path: tuple[Any, ...]) -> str:
    """The field of a value at a path."""
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in path)


def groups(document: Any) -> dict[str, Group]:
    """Every group by its `dir`."""
    found = {}
    for kind in LISTS:
        for raw in document.get(kind) or []:
            leadership = raw.get("leadership") or {}
            contact = raw.get("contact") or {}
            found[raw["dir"]] = Group(
                kind=kind,
                name=raw["name"],
                chairs=_logins(leadership.get("chairs"), raw.get("leads"), raw.get("organizers")),
                tech_leads=_logins(leadership.get("tech_leads")),
                emeriti=_logins(leadership.get("emeritus_leads"), raw.get("emeritus_leads")),
                liaison=_logins([contact["liaison"]] if "liaison" in contact else []),
                stakeholders=frozenset(raw.get("stakeholder_sigs") or []),
                meetings=len(raw.get("meetings") or []),
                subprojects={
                    sub["name"]: Subproject(
                        leads=_logins(sub.get("leads")),
                        owners=tuple(sub.get("owners") or []),
                        meetings=len(sub.get("meetings") or []),
                    )
                    for sub in raw.get("subprojects") or []
                },
            )
    return found


def everybody(document: Any) -> dict[str, set[str]]:
    """The logins of all, in small letters, each with the names that go with it."""
    found: dict[str, set[str]] = {}

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            if "github" in value:
                found.setdefault(value["github"].lower(), set()).add(value["name"])
            for inner in value.values():
                gather(inner)
        elif isinstance(value, list):
            for inner in value:
                gather(inner)

    gather(document)
    return found


def words(text: str) -> str:
    """The words of a text, whatever stands between them."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _logins(*lists: list[dict[str, str]] | None) -> frozenset[str]:
    return frozenset(person["github"].lower() for people in lists for person in people or [])
