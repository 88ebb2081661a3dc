"""What a source said on a day, read by code that imports nothing of orgcode."""

from __future__ import annotations

import random
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Members = Mapping[str, frozenset[str]]
"""By team or group who is in it: logins in small letters."""


def git(folder: Path, *arguments: str) -> bytes:
    """What git says."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True).stdout


@dataclass(frozen=True)
class Line:
    """The first-parent line of a repository: commits with their moments, the oldest first."""

    folder: Path

    def steps(self) -> list[tuple[str, int]]:
        return _steps(self.folder)

    def on(self, day: date) -> str | None:
        """The last step, in the order of the line, committed by the end of a day."""
        end = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        before = [id for id, moment in self.steps() if moment < end.timestamp()]
        return before[-1] if before else None

    def a_day(self, chance: random.Random) -> date:
        """Some day on which there was something."""
        first, last = (datetime.fromtimestamp(self.steps()[i][1], UTC).date() for i in (0, -1))
        return first + timedelta(days=chance.randrange((last - first).days + 1))


@cache
def _steps(folder: Path) -> list[tuple[str, int]]:
    said = git(folder, "log", "--first-parent", "--reverse", "--format=%H %ct").decode()
    return [(id, int(moment)) for id, moment in (line.split() for line in said.splitlines())]


def rust_members(folder: Path, commit: str) -> Members:
    """The teams of the Rust project that are not archived, each with its leads and members, and
    whoever it takes in from other teams.
    """
    teams: dict[str, Any] = {}
    archived: list[Any] = []
    for path in git(folder, "ls-tree", "-r", "--name-only", commit, "teams/").decode().split():
        team = _toml(folder, f"{commit}:{path}")
        if path.startswith("teams/archive/"):
            archived.append(team["people"])
        else:
            teams[team["name"]] = {"kind": "team", **team}
    named = {
        name: _logins(t["people"].get("leads")) | _logins(t["people"].get("members"))
        for name, t in teams.items()
    }
    everybody = {name: set(_everybody(name, teams, named, ())) for name in teams}
    of_the_gone = [n for n, t in teams.items() if t["people"].get("include-all-alumni")]
    here = set().union(*(everybody[name] for name in teams if name not in of_the_gone))
    people = [*(t["people"] for t in teams.values()), *archived]
    gone = set().union(*(_logins(each.get("alumni")) for each in people)) - here
    for name in of_the_gone:
        everybody[name] |= gone
    return {name: frozenset(logins) for name, logins in everybody.items()}


def _everybody(
    name: str, teams: Mapping[str, Any], named: Mapping[str, set[str]], above: tuple[str, ...]
) -> set[str]:
    if name in above or name not in teams:
        return set()
    people, found = teams[name]["people"], set(named[name])
    for other in people.get("included-teams", []):
        found |= _everybody(other, teams, named, (*above, name))
    for other, team in teams.items():
        key = {
            "team": "include-team-leads",
            "working-group": "include-wg-leads",
            "project-group": "include-project-group-leads",
        }.get(team["kind"])
        if other != name and key and people.get(key):
            found |= _logins(team["people"].get("leads"))
        is_whole = people.get("include-all-team-members") and team["kind"] == "team"
        if is_whole and not team["people"].get("include-all-alumni"):
            found |= _everybody(other, teams, named, (*above, name))
    return found


def kubernetes_members(folder: Path, commit: str) -> Members:
    """The groups of Kubernetes by `dir`, each with whoever has a task in it."""
    data = yaml.load(git(folder, "show", f"{commit}:sigs.yaml"), Loader=yaml.CBaseLoader)  # noqa: S506 (it makes texts only)
    found = {}
    for kind in ("sigs", "workinggroups", "usergroups", "committees"):
        for group in data.get(kind) or []:
            leads = group.get("leadership") or {}
            liaison = (group.get("contact") or {}).get("liaison")
            lists = [
                leads.get("chairs"),
                leads.get("tech_leads"),
                group.get("leads"),
                group.get("organizers"),
                [liaison] if liaison else [],
                [data["gb_rep"]]
                if data.get("gb_rep") and kind == "committees" and group["name"] == "Steering"
                else [],
            ]
            found[group.get("dir") or group["name"]] = frozenset[str]().union(
                *(_logins(people) for people in lists)
            )
    return found


@cache
def _toml(folder: Path, name: str) -> Any:
    return tomllib.loads(git(folder, "show", name).decode())


def _logins(people: Any) -> set[str]:
    said = (each if isinstance(each, str) else each.get("github") for each in people or [])
    return {login.lower() for login in said if login}
