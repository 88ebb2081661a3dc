"""`rust-team`: `teams/**/*.toml` and `people/*.toml`, as in rust-lang/team.

Teams become circles of the kinds team, working-group and project-group; a marker team, which is but
a list of people, one of the kind marker. `subteam-of` is the parent; what has none lies in the
anchor circle: the leadership council, before it the core team, else one that is made. A team in
`teams/archive/` is over since the day on which its file came there. What a team may do on other
systems becomes a policy of the kind access; its text says that it does not hold for teams below, as
other policies do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from orgcode.adapters.importers import RULESET, Documents, Known, rust_circles
from orgcode.adapters.importers.ids import assign_ids
from orgcode.adapters.importers.leaves import Intake, Place
from orgcode.adapters.importers.register import Claim
from orgcode.adapters.importers.rust_included import Included, included_teams
from orgcode.adapters.importers.rust_people import MEMBERSHIPS, Part, login_of, person_documents
from orgcode.adapters.importers.rust_roles import (
    Home,
    TeamRoles,
    named_roles,
    role_ids,
    role_texts,
)
from orgcode.adapters.importers.rust_tree import ANCHORS, Team, Tree
from orgcode.adapters.importers.things import PEOPLE as OF_PEOPLE
from orgcode.adapters.importers.things import (
    TWICE,
    Names,
    People,
    Room,
    Roster,
    organisation,
    take_prose,
    without_nothing,
)
from orgcode.documents.rulesets import load_ruleset
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message, one

TEAMS = "teams/"
ARCHIVE = "teams/archive/"
ARCHIVES: tuple[str, ...] = (ARCHIVE,)
PEOPLE = "people/"
NAME = "Rust"

SAME_NAME = message("Another team of the same name was read before it.")
NO_NAME = message("The file does not say what the team is called.")

_FORMER = 6
"""The values of which a former member with a role consists, with beginning and end."""


def convert(intake: Intake, known: Known) -> Documents:
    """The Rust project as its teams repository has it."""
    teams = _teams(intake)
    persons = [place for _, place in _opened(intake, PEOPLE)]
    list(_opened(intake, ""))
    if not any(path.startswith((TEAMS, PEOPLE)) for path in intake.paths):
        raise OrgcodeError(
            message("There are no teams of the Rust project here: no file in teams/ or people/."),
            message("Name a clone or a bundle of rust-lang/team, or choose another format."),
        )
    return _Conversion(intake, known, teams, persons).documents()


def claims(intake: Intake, known: Known) -> Iterator[Claim]:  # noqa: ARG001 (as all formats)
    """Who has which account: its number stays the same when the login changes."""
    for _, place in _opened(intake, PEOPLE):
        if login := place.text("github"):
            yield Claim(OF_PEOPLE, (login.lower(),), proof=place.text("github-id"))


def _teams(intake: Intake) -> Mapping[str, Place]:
    """The files of teams, by the name of the team."""
    found: dict[str, Place] = {}
    for _, place in _opened(intake, TEAMS):
        name = place.text("name")
        if name is None:
            place.leave(NO_NAME)
        elif name in found:
            place.leave(SAME_NAME)
        else:
            found[name] = place
    return found


def _opened(intake: Intake, folder: str) -> Iterator[tuple[str, Place]]:
    """The TOML files below a folder that can be read."""
    for path in intake.paths:
        if path.startswith(folder) and path.endswith(".toml"):
            above = path.rpartition("/")[0]
            pattern = f"{above}/*.toml" if above else path
            if place := intake.open(path, pattern):
                yield path, place


class _Circle(NamedTuple):
    """A team with what is settled about its circle."""

    team: Team
    id: str
    name: str
    ended: Mapping[str, object] | None


class _Made(NamedTuple):
    """What becomes of a team, and who takes part in it, or did."""

    people: tuple[str, ...]
    former: frozenset[str]
    documents: Mapping[str, Mapping[str, object]]


class _Conversion:
    """One run over teams and people."""

    def __init__(
        self, intake: Intake, known: Known, teams: Mapping[str, Place], persons: list[Place]
    ) -> None:
        self._intake = intake
        self._name = known.name or NAME
        self._persons = persons
        self._tree = Tree(intake, teams, known, ARCHIVE)
        self._people = People(_logins(teams, persons), known.ids)
        self._included = Included(
            {name: team.place for name, team in self._tree.teams.items() if not team.ended_on},
            {name: team.place for name, team in self._tree.teams.items() if team.ended_on},
        )
        self._part = Part()
        self._role_ids = role_ids(teams, known.ids)
        names = (*((team,) for team in teams), ("", self._name))
        ids = known.ids.assign("circles", names, lambda name: name[-1])
        self._anchor = ids[(self._tree.anchor,)] if self._tree.anchor else ids["", self._name]
        self._ids = {team: ids[(team,)] for team in teams}
        self._kinds: dict[str, str] = {}
        self._by_name: Mapping[str, str] = {}

    def documents(self) -> Documents:
        """Everything."""
        found: dict[str, Mapping[str, object] | str] = {}
        circles = list(self._circles())
        called = Counter(circle.name for circle in circles if not circle.ended)
        self._by_name = {c.name: c.id for c in circles if called[c.name] == 1 and not c.ended}
        for circle in circles:
            found.update(self._team(circle))
        found.update(person_documents(self._intake, self._persons, self._people, self._part))
        if self._tree.anchor is None:
            found[f"circles/{self._anchor}.yaml"] = {"name": self._name, "kind": "project"}
            self._intake.remark(_MADE_ANCHOR)
        found["org.yaml"] = organisation(
            format="rust-team",
            name=self._name,
            purpose=f"What the teams of {self._name} look after together.",
            anchor=self._anchor,
            ruleset=RULESET,
            memberships=MEMBERSHIPS,
            circle_kinds={
                id: {"name": kind, "core_roles": ["lead"]} for kind, id in self._kinds.items()
            },
        )
        self._intake.remark(_NO_PURPOSE)
        if self._role_ids:
            self._intake.remark(_ROLE_PURPOSES)
        return found

    def _circles(self) -> Iterator[_Circle]:
        """Each team with a name that no other circle of its parent has."""
        names: dict[str, Names] = {}
        for team in self._tree.teams.values():
            called = team.place.text("website", "name") or team.name
            above = team.parent or self._tree.anchor or ""
            here = names.setdefault(above, Names())
            ended = (
                {"on": team.ended_on.isoformat(), "because": _BECAUSE} if team.ended_on else None
            )
            name = called if ended else here.unique(called, team.name)
            yield _Circle(team, self._ids[team.name], name, ended)

    def _team(self, circle: _Circle) -> Mapping[str, Mapping[str, object]]:
        """The documents of a team: those of an earlier state, where all that they depend on is as
        it was then.
        """
        team, place = circle.team.name, circle.team.place
        parent = self._ids[circle.team.parent] if circle.team.parent else self._anchor
        kind = self._kind(place)
        included = tuple(self._people.id(login) for login in self._included.logins(team))
        depends_on = (
            (circle.id, circle.name, circle.team.ended_on, parent, self._anchor, kind, included),
            tuple(self._people.id(login) for login in _logins_of(place)),
            tuple(self._role_ids[team, role] for role in named_roles(place)),
            tuple(self._by_name.get(text) for text in role_texts(place)),
            tuple(self._ids.get(other) for other in included_teams(place)),
        )
        made = place.made(depends_on, lambda: self._make(circle, kind, parent, included))
        self._note_part(circle, made.people)
        self._part.before.update(made.former)
        return made.documents

    def _make(self, circle: _Circle, kind: str, parent: str, included: tuple[str, ...]) -> _Made:
        team, place, room = circle.team.name, circle.team.place, Room()
        roles = TeamRoles(team, place, self._people, self._role_ids)
        leads, members = self._leads(place, room), self._members(place, roles, room)
        is_anchor = circle.id == self._anchor
        place.take("name")
        place.take("website", "name")
        purpose = take_prose(place, "website", "description")
        former = self._former(place, roles, room)
        tags, links = rust_circles.tags(place, room), rust_circles.links(team, place, room)
        is_listed = included != () and room.holds(len(included))
        data = {
            "name": circle.name,
            "purpose": purpose,
            "kind": kind,
            "parent": None if is_anchor else parent,
            "core_roles": {"lead": leads} if leads else None,
            "members": [*members, *included] if is_listed else members,
            "former": former,
            "contact": rust_circles.contact(place),
            "tags": tags,
            "links": links,
            "notes": rust_circles.worked_out(place, self._ids, room, is_listed=is_listed),
            "ended": circle.ended,
        }
        is_list = rust_circles.kind_of(place) == rust_circles.MARKER
        home = Home(circle.id, circle.name, purpose, circle.ended, self._by_name)
        documents = {
            f"circles/{circle.id}.yaml": without_nothing(data),
            **dict(roles.documents(home, RULESET)),
        }
        if policy := rust_circles.access_policy(place, circle.id, circle.name, circle.ended):
            documents[f"policies/{circle.id}.yaml"] = dict(policy)
        here = (*leads, *members, *(() if is_list else included))
        return _Made(here, frozenset(each["person"] for each in former), documents)

    def _kind(self, place: Place) -> str:
        """The kind of the circle; one that the ruleset has not comes into org.yaml."""
        place.take("kind")
        kind = rust_circles.kind_of(place)
        if kind in load_ruleset(RULESET).circle_kinds:
            return kind
        if kind not in self._kinds:
            self._kinds[kind] = assign_ids([(kind,)])[(kind,)]
        return self._kinds[kind]

    def _leads(self, place: Place, room: Room) -> list[str]:
        roster = Roster(self._people, room)
        for lead in place.at("people", "leads").items():
            roster.take(login_of(lead))
        return roster.ids

    def _members(self, place: Place, roles: TeamRoles, room: Room) -> list[str]:
        roster = Roster(self._people, room)
        for member in place.at("people", "members").items():
            login = login_of(member)
            roster.take(login)
            roles.hold(member, login)
        return roster.ids

    def _former(self, place: Place, roles: TeamRoles, room: Room) -> list[dict[str, str]]:
        found: dict[tuple[str, str | None], dict[str, str]] = {}
        for alumnus in place.at("people", "alumni").items():
            login = login_of(alumnus)
            said = login.text()
            if said is None or not room.has(_FORMER, login):
                continue
            id = self._people.id(said)
            for role in (*roles.held(alumnus),) or (None,):
                if (id, role) in found:
                    login.leave(TWICE)
                else:
                    login.take()
                    found[id, role] = {"person": id, "role": role} if role else {"person": id}
        return list(found.values())

    def _note_part(self, circle: _Circle, ids: tuple[str, ...]) -> None:
        if circle.ended:
            self._part.before.update(ids)
        elif rust_circles.kind_of(circle.team.place) == rust_circles.MARKER:
            self._part.in_lists.update(ids)
        else:
            self._part.in_teams.update(ids)


def _logins(teams: Mapping[str, Place], persons: list[Place]) -> Iterator[str]:
    for person in persons:
        if login := person.text("github"):
            yield login
    for place in teams.values():
        yield from _logins_of(place)


def _logins_of(place: Place) -> tuple[str, ...]:
    """Whom a team names."""

    def read() -> Iterator[str]:
        for key in ("leads", "members", "alumni"):
            for somebody in place.at("people", key).items():
                if login := login_of(somebody).text():
                    yield login

    return place.once("logins", lambda: tuple(read()))


_BECAUSE = "The team was archived."
_MADE_ANCHOR = message(
    "The source has neither of the teams {names}, so {circle:a} around all teams was made.",
    names=ANCHORS,
    circle=one("circle"),
)
_ROLE_PURPOSES = message(
    "The source says no more of {role:a} than what it is called; its {purpose} is that of its"
    " team.",
    role=one("role"),
    purpose=one("purpose"),
)
_NO_PURPOSE = message(
    "The source does not say what the organisation is for; write its `purpose` in org.yaml."
)
