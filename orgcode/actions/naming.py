"""Names that people give on a command line, and the ids that come of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import MAX_ID
from orgcode.model.message import message

_PREFIX = "team-"
"""Before the id of every team, so that it is never that of another circle of a starter."""


class Team(Struct, frozen=True, kw_only=True):
    """A team that somebody named, with the id of its circle."""

    id: str
    name: str


def whole(text: str) -> str:
    """What came from a command line may hold bytes that are no text."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text).strip()


def id_from(name: str, otherwise: str = "founder") -> str:
    """An id that resembles a name; `otherwise` where nothing of it can stand in one."""
    decomposed = unicodedata.normalize("NFKD", whole(name)).lower()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['\u2019]", "", plain)).strip("-")
    return words[:MAX_ID].rstrip("-") or otherwise


def teams_from(names: Iterable[str]) -> tuple[Team, ...]:
    """Teams by the names that were given; `OrgcodeError` where two would be taken for one.

    A name in letters that cannot stand in an id gets its place in the row: `team-2`.
    """
    found: dict[str, Team] = {}
    for place, given in enumerate(names, 1):
        team = _team(given, place)
        if other := found.get(team.id):
            raise OrgcodeError(
                message("Two teams are called {name}.", name=team.name)
                if other.name == team.name
                else message(
                    "The teams {first} and {second} would both get the id {id}.",
                    first=other.name,
                    second=team.name,
                    id=team.id,
                ),
                message("Give each team a name of its own."),
            )
        found[team.id] = team
    return tuple(found.values())


def _team(given: str, place: int) -> Team:
    name = " ".join(whole(given).split())
    if not name:
        raise OrgcodeError(
            message("A team has no name."),
            message('Give each team a name, as in --team "North".'),
        )
    words = id_from(name, otherwise=str(place)).removeprefix(_PREFIX)
    id = f"{_PREFIX}{words}"[:MAX_ID].rstrip("-")
    is_said = re.search(r"team", name, re.IGNORECASE)
    return Team(id=id, name=name if is_said else f"Team {name}")
