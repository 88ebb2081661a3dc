"""The organisation as a whole, as it stands on a day, and the questions one asks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from orgcode.model.entities import (
    Agreement,
    Circle,
    CircleKind,
    CoreRole,
    Holding,
    MembershipKind,
    Objective,
    Organisation,
    Person,
    Policy,
    Proposal,
    Response,
    Role,
    Tension,
    Thing,
)
from orgcode.model.facts import Facts
from orgcode.model.references import find_referrers
from orgcode.model.ruleset import Ruleset
from orgcode.model.snapshot import Snapshot


class Seat(NamedTuple):
    """A person's holding of a role."""

    role: Role
    holding: Holding


@dataclass(frozen=True, kw_only=True)
class Org:
    """Everything that a snapshot says about the organisation, read for one day.

    References stay ids; the methods look them up. `organisation` is None where org.yaml is
    missing or unreadable. `files` has the facts of every file of a thing, by path; `known` the
    ids of each kind for which there is a file, readable or not, so that one broken file makes
    nobody "unknown".
    """

    today: date
    snapshot: Snapshot
    files: Mapping[str, Facts]
    known: Mapping[str, frozenset[str]]
    ruleset: Ruleset
    organisation: Organisation | None = None
    circles: Mapping[str, Circle] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    tensions: Mapping[str, Tension] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    responses: tuple[Response, ...] = ()

    # Kinds, as the ruleset and org.yaml together have them

    @cached_property
    def circle_kinds(self) -> Mapping[str, CircleKind]:
        """Kinds of circle: the ruleset's, extended and overridden by org.yaml's."""
        own = self.organisation.circle_kinds if self.organisation else {}
        return {**self.ruleset.circle_kinds, **own}

    @cached_property
    def core_role_kinds(self) -> Mapping[str, CoreRole]:
        """Core roles by id: the ruleset's, extended and overridden by org.yaml's."""
        own = self.organisation.core_roles if self.organisation else {}
        return {**self.ruleset.core_roles, **own}

    @cached_property
    def memberships(self) -> Mapping[str, MembershipKind]:
        """Kinds of membership by id."""
        return self.organisation.memberships if self.organisation else {}

    def kind_of(self, circle: Circle) -> CircleKind | None:
        """The kind of a circle; None where it names one that does not exist."""
        return self.circle_kinds.get(circle.kind or self.ruleset.default_circle_kind)

    # What is live

    def live_circles(self) -> Iterator[Circle]:
        """Circles that are not over."""
        return (circle for circle in self.circles.values() if circle.is_live(self.today))

    def live_roles(self) -> Iterator[Role]:
        """Roles with a file and core roles, that are not over and whose circle is not over."""
        for role in self.every_role.values():
            circle = self.circles.get(role.circle)
            if role.is_live(self.today) and (circle is None or circle.is_live(self.today)):
                yield role

    def active_people(self) -> Iterator[Person]:
        """People who have joined and not left."""
        return (person for person in self.people.values() if person.is_active(self.today))

    def votes(self, person: Person) -> bool:
        """Whether the person is active and their membership votes (without one, it does)."""
        if not person.is_active(self.today):
            return False
        kind = self.memberships.get(person.membership) if person.membership else None
        return kind.votes if kind else person.membership is None

    def is_whole(self, *kinds: str) -> bool:
        """Whether every file of these kinds could be read entirely.

        Rules that find something absent ask this first, so that a typing error in one file
        does not become a finding about another.
        """
        return all(facts.is_whole for facts in self.files.values() if facts.kind in kinds)

    # Circles

    @property
    def anchor(self) -> str | None:
        """The id of the anchor circle, as org.yaml names it."""
        return self.organisation.anchor if self.organisation else None

    @cached_property
    def children(self) -> Mapping[str, tuple[Circle, ...]]:
        """Sub-circles by the id of their parent, over or not."""
        found: dict[str, list[Circle]] = defaultdict(list)
        for circle in self.circles.values():
            if circle.parent and circle.id != self.anchor:
                found[circle.parent].append(circle)
        return {parent: tuple(circles) for parent, circles in found.items()}

    def live_children(self, circle_id: str) -> tuple[Circle, ...]:
        """The sub-circles of a circle that are not over."""
        return tuple(c for c in self.children.get(circle_id, ()) if c.is_live(self.today))

    def path_to_anchor(self, circle_id: str) -> tuple[Circle, ...]:
        """A circle and the circles above it, up to the anchor; ends where a circle is unknown
        or comes again.
        """
        path: list[Circle] = []
        seen: set[str] = set()
        here: str | None = circle_id
        while here and here not in seen and (circle := self.circles.get(here)):
            seen.add(here)
            path.append(circle)
            here = None if here == self.anchor else circle.parent
        return tuple(path)

    # Roles and who holds them

    @cached_property
    def every_role(self) -> Mapping[str, Role]:
        """Roles with a file, and the core roles of circles as `<circle>/<core-role>`."""
        roles = dict(self.roles)
        for circle in self.circles.values():
            roles.update((role.id, role) for role in self._core_roles(circle))
        return roles

    def _core_roles(self, circle: Circle) -> Iterator[Role]:
        kind = self.kind_of(circle)
        names = list(kind.core_roles) if kind else []
        names += [name for name in circle.core_roles if name not in names]
        for name in names:
            core = self.core_role_kinds.get(name)
            if core is None:
                continue
            yield Role(
                id=f"{circle.id}/{name}",
                path=circle.path,
                pointer=("core_roles", name) if name in circle.core_roles else (),
                name=core.name,
                circle=circle.id,
                purpose=core.purpose,
                accountabilities=core.accountabilities,
                domains=core.domains,
                holders=circle.core_roles.get(name, ()),
                ended=circle.ended,
                core=core,
            )

    @cached_property
    def roles_in(self) -> Mapping[str, tuple[Role, ...]]:
        """All roles by the id of their circle, core roles last, over or not."""
        found: dict[str, list[Role]] = defaultdict(list)
        for role in self.every_role.values():
            found[role.circle].append(role)
        return {circle: tuple(roles) for circle, roles in found.items()}

    def live_roles_in(self, circle_id: str) -> tuple[Role, ...]:
        """The roles of a circle that are not over."""
        return tuple(r for r in self.roles_in.get(circle_id, ()) if r.is_live(self.today))

    def holders(self, role: Role) -> tuple[Holding, ...]:
        """Who holds a role today: current holdings of people who are active."""
        return tuple(h for h in role.holders if self.holds(h))

    def holds(self, holding: Holding) -> bool:
        """Whether a holding counts today: it is current and its person known and active."""
        person = self.people.get(holding.person)
        if person is None:
            return False
        return holding.state(self.today) == "current" and person.is_active(self.today)

    def open_seats(self, role: Role) -> int:
        """How many seats of a role nobody holds today."""
        return max(0, role.seats - len(self.holders(role)))

    @cached_property
    def seats_of(self) -> Mapping[str, tuple[Seat, ...]]:
        """Every holding, past and planned too, by the id of the person."""
        found: dict[str, list[Seat]] = defaultdict(list)
        for role in self.every_role.values():
            for holding in role.holders:
                found[holding.person].append(Seat(role, holding))
        return {person: tuple(seats) for person, seats in found.items()}

    def current_seats(self, person_id: str) -> tuple[Seat, ...]:
        """The live roles that a person holds today."""
        seats = self.seats_of.get(person_id, ())
        return tuple(s for s in seats if self.holds(s.holding) and s.role.is_live(self.today))

    # Members

    @cached_property
    def _members(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {circle.id: set() for circle in self.circles.values()}
        for circle in self.live_circles():
            here = found[circle.id]
            here.update(h.person for h in circle.members if self.holds(h))
            for role in self.live_roles_in(circle.id):
                held = {h.person for h in self.holders(role)}
                here.update(held)
                if role.core and role.core.in_parent and circle.parent in found:
                    found[circle.parent].update(held)
        return {circle: frozenset(people) for circle, people in found.items()}

    def members(self, circle_id: str) -> frozenset[str]:
        """Ids of the active members of a circle: holders of its roles, those in its `members`,
        and holders of the core roles that its sub-circles send (`in_parent`).
        """
        return self._members.get(circle_id, frozenset())

    @cached_property
    def circles_of(self) -> Mapping[str, tuple[str, ...]]:
        """The circles of which each person is a member, by the id of the person."""
        found: dict[str, list[str]] = defaultdict(list)
        for circle in sorted(self._members):
            for person in self._members[circle]:
                found[person].append(circle)
        return {person: tuple(circles) for person, circles in found.items()}

    # Any thing

    def things(self, kind: str) -> Mapping[str, Thing]:
        """All things of a kind that has a folder of its own, and proposals."""
        return {
            "circle": self.circles,
            "role": self.roles,
            "person": self.people,
            "policy": self.policies,
            "agreement": self.agreements,
            "objective": self.objectives,
            "tension": self.tensions,
            "proposal": self.proposals,
        }[kind]

    def is_known(self, kind: str, id: str) -> bool:
        """Whether there is a file for a thing of that kind, readable or not."""
        return id in self.known.get(kind, frozenset())

    def is_known_role(self, id: str) -> bool:
        """Whether there is a role or core role with that id (`<circle>/<core-role>`)."""
        circle, slash, core = id.partition("/")
        if not slash:
            return self.is_known("role", id)
        if id in self.every_role:
            return True
        facts = self.files.get(f"circles/{circle}.yaml")
        return facts is not None and not facts.is_whole and core in self.core_role_kinds

    @cached_property
    def referrers(self) -> Mapping[str, tuple[Thing, ...]]:
        """What refers to a circle (`circle:<id>`), role (`role:<id>`) or person (`person:<id>`),
        besides belonging to it or holding it.
        """
        return find_referrers(self)

    # Proposals

    @cached_property
    def responses_to(self) -> Mapping[str, tuple[Response, ...]]:
        """Entries by the id of their proposal, in the order of the files."""
        found: dict[str, list[Response]] = defaultdict(list)
        for response in self.responses:
            found[response.proposal].append(response)
        return {proposal: tuple(entries) for proposal, entries in found.items()}


__all__ = ["Org", "Seat"]
