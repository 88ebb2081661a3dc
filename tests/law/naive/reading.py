"""The files of an organisation as plain data, every scalar as the text that was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NoReturn

import yaml

Data = dict[str, Any]

FOLDERS = ("circles", "roles", "people", "policies", "agreements", "objectives", "tensions")
RULESETS = Path(__file__).parents[3] / "orgcode" / "documents" / "rulesets"


class UnknownChangeError(Exception):
    """The naive judge does not know how to take this change."""


def refuse(what: str) -> NoReturn:
    raise UnknownChangeError(what)


@dataclass
class State:
    """An organisation on a day."""

    today: date
    files: Mapping[str, str]
    parsed: dict[str, Any]
    unreadable: set[str]

    @property
    def org(self) -> Data:
        return self.parsed.get("org.yaml") or {}

    @property
    def anchor(self) -> str:
        return str(self.org.get("anchor", ""))

    @property
    def ruleset(self) -> Data:
        return ruleset(self.org["ruleset"])

    def things(self, folder: str) -> dict[str, Data]:
        found = {}
        for path, data in self.parsed.items():
            if path.startswith(folder + "/") and path.count("/") == 1:
                found[path.split("/")[1].removesuffix(".yaml")] = data
        return found

    def thing(self, folder: str, id: str) -> Data | None:
        return self.parsed.get(f"{folder}/{id}.yaml")

    @property
    def circle_kinds(self) -> Data:
        return {**self.ruleset["circle_kinds"], **self.org.get("circle_kinds", {})}

    @property
    def core_roles(self) -> Data:
        return {**self.ruleset["core_roles"], **self.org.get("core_roles", {})}

    def kind_of_circle(self, id: str) -> str:
        circle = self.thing("circles", id) or {}
        return str(circle.get("kind", self.ruleset["default_circle_kind"]))

    def parent_of(self, id: str) -> str:
        """The circle around a circle; the anchor is its own."""
        circle = self.thing("circles", id) or {}
        return str(circle.get("parent", self.anchor))


@cache
def ruleset(name: str) -> Data:
    data: Data = load((RULESETS / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


@lru_cache(2048)
def load(text: str) -> Any:
    """What a text says; nobody alters it."""
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506


def read(files: Mapping[str, str], today: date) -> State:
    parsed: dict[str, Any] = {}
    unreadable = set()
    for path, text in files.items():
        if path != "org.yaml" and not is_of_a_thing(path):
            continue
        try:
            data = load(text)
        except yaml.YAMLError:
            data = None
        if isinstance(data, dict):
            parsed[path] = data
        else:
            unreadable.add(path)
    return State(today, files, parsed, unreadable)


def is_of_a_thing(path: str) -> bool:
    parts = path.split("/")
    return len(parts) == 2 and parts[0] in FOLDERS and parts[1].endswith(".yaml")


def listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def is_over(thing: Data, today: date) -> bool:
    """Whether `ended.on`, the first day over, has come."""
    return "ended" in thing and day(thing["ended"]["on"]) <= today


def changed_paths(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[str]:
    return sorted(p for p in {*before, *after} if before.get(p) != after.get(p))
