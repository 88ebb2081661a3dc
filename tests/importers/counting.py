"""Figures of the sources, read by code that imports nothing of orgcode."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml


def leaves(data: Any) -> int:
    """How many values there are; an empty list or mapping is one."""
    if isinstance(data, dict):
        return sum(map(leaves, data.values())) if data else 1
    if isinstance(data, list):
        return sum(map(leaves, data)) if data else 1
    return 1


def toml_files(folder: Path) -> Mapping[str, Any]:
    return {
        str(file.relative_to(folder)): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.rglob("*.toml"))
    }


def yaml_files(folder: Path) -> Mapping[str, Any]:
    return {
        str(file.relative_to(folder)): yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted(folder.rglob("*"))
        if file.suffix == ".yaml" or file.name == "OWNERS"
    }


@dataclass(frozen=True, kw_only=True)
class Group:
    """A team as the source has it; logins in small letters."""

    leads: frozenset[str]
    members: frozenset[str]
    former: frozenset[str]
    parent: str | None = None
    roles: frozenset[tuple[str, str]] = frozenset()
    is_over: bool = False
    included: frozenset[str] = frozenset()
    """Who belongs to it, though it names them neither as lead nor as member."""


def rust_teams(folder: Path) -> Mapping[str, Group]:
    """The teams of rust-lang/team, by name."""
    found = {}
    for path, data in toml_files(folder / "teams").items():
        people = data["people"]
        found[data["name"]] = Group(
            leads=_logins(people.get("leads", [])),
            members=_logins(people.get("members", [])),
            former=_logins(people.get("alumni", [])),
            parent=data.get("subteam-of"),
            roles=frozenset(
                (role, person["github"].lower())
                for person in people.get("members", [])
                if isinstance(person, dict)
                for role in person["roles"]
            ),
            is_over=path.startswith("archive/"),
        )
    teams = {d["name"]: d for d in toml_files(folder / "teams").values()}
    live = {name: teams[name] for name, group in found.items() if not group.is_over}
    everybody = {name: _everybody(name, live) for name in live}
    active = set().union(*(everybody[name] for name in live if name != "alumni"))
    everybody["alumni"] = set().union(*(g.former for g in found.values())) - active
    return {
        name: replace(group, included=frozenset(everybody[name] - group.leads - group.members))
        if name in live
        else group
        for name, group in found.items()
    }


def _everybody(name: str, teams: Mapping[str, Any]) -> set[str]:
    """Whoever is in a team by any of its settings; `alumni`, which all others decide, apart."""
    people = teams[name]["people"]
    found = {*_logins(people["leads"]), *_logins(people["members"])}
    for other in people.get("included-teams", []):
        found |= _everybody(other, teams)
    for other, data in teams.items():
        kind = data.get("kind", "team")
        key = {
            "team": "include-team-leads",
            "working-group": "include-wg-leads",
            "project-group": "include-project-group-leads",
        }.get(kind)
        if key and people.get(key):
            found |= _logins(data["people"]["leads"])
        if kind == "team" and people.get("include-all-team-members"):
            found |= _everybody(other, teams)
    return found


def rust_people(folder: Path) -> Mapping[str, Any]:
    return {d["github"].lower(): d for d in toml_files(folder / "people").values()}


def github_teams(folder: Path) -> Mapping[tuple[str, str], Group]:
    """The teams of organisations in the format of peribolos, by organisation and name."""
    found = {}
    for path, data in yaml_files(folder).items():
        if path.endswith(("org.yaml", "teams.yaml")):
            for name, parent, team in _nested(data.get("teams"), None):
                found[path.split("/")[0], name] = Group(
                    leads=_logins(team.get("maintainers")),
                    members=_logins(team.get("members")),
                    former=frozenset(),
                    parent=parent,
                )
    return found


def github_organisations(folder: Path) -> Mapping[str, Group]:
    return {
        path.split("/")[0]: Group(
            leads=_logins(data.get("admins")),
            members=_logins(data.get("members")),
            former=frozenset(),
        )
        for path, data in yaml_files(folder).items()
        if path.endswith("org.yaml")
    }


def _nested(teams: Any, parent: str | None) -> Iterator[tuple[str, str | None, Any]]:
    for name, team in (teams or {}).items():
        yield name, parent, team
        yield from _nested(team.get("teams"), name)


def _logins(people: Any) -> frozenset[str]:
    return frozenset(
        (person if isinstance(person, str) else person["github"]).lower() for person in people or ()
    )
