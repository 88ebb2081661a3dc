"""The organisation as a whole, as it stands on a day, and the questions one asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, TypeVar, cast

from msgspec import Struct, field
from msgspec.structs import replace

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
from orgcode.model.facts import Facts, identify, path_of
from orgcode.model.postings import takes_part
from orgcode.model.reads import Answers, Reads
from orgcode.model.references import referrers_of
from orgcode.model.ruleset import Ruleset
from orgcode.model.snapshot import Snapshot

T = TypeVar("T")

Under = Callable[[str, str], tuple[tuple[str, str], ...]]
"""Paths of the files that have a posting (index, key), in order, each with the posting's note."""


class Seat(NamedTuple):
    """A person's holding of a role."""

    role: Role
    holding: Holding


class Org(Struct, frozen=True, kw_only=True, dict=True):
    """Everything that a snapshot says about the organisation, read for one day.

    References stay ids; the methods look them up. `organisation` is None where org.yaml is
    missing or unreadable. `files` has the facts of every file of a thing, by path.

    Nothing is read before it is asked for, and whoever asks by a key (`org.circles.get("kitchen")`,
    `org.roles_in.get("kitchen")`) has it noted in `reads`, so that a finding or a page is worked
    out again only when something that it was made of has changed. What is worth keeping is kept by
    `kept`, never in a dictionary of one's own.
    """

    today: date
    snapshot: Snapshot
    files: Mapping[str, Facts]
    postings: Under
    ruleset: Ruleset
    reads: Reads
    organisation: Organisation | None = None
    circles: Mapping[str, Circle] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    tensions: Mapping[str, Tension] = field(default_factory=dict)
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    response_files: Mapping[str, tuple[Response, ...]] = field(default_factory=dict)
    """Entries by the path of their file."""

    def on(self, day: date) -> Org:
        """The same organisation on another day."""
        return replace(self, today=day)

    # What is found from the other end, and what is kept

    def under(self, index: str, key: str) -> tuple[Thing, ...]:
        """The things whose files have a posting (`orgcode.model.postings`), in order of path."""
        self.reads.asked.add(f"{index}:{key}")
        found = []
        for path, _ in self.postings(index, key):
            identity = identify(path)
            if identity is None or identity.kind not in FIELDS:
                continue  # org.yaml may link to something too, and is no thing among others
            thing = self.things(identity.kind).get(identity.id)
            if thing is not None:
                found.append(thing)
        return tuple(found)

    def notes_under(self, index: str, key: str) -> tuple[tuple[str, str], ...]:
        """The paths with a posting, and the note of each, without reading the files."""
        self.reads.asked.add(f"{index}:{key}")
        return self.postings(index, key)

    def beside(self, index: str, key: str, path: str) -> tuple[tuple[str, str], ...]:
        """The same for one of the indices `BESIDE`, under a key of the file at `path`: which these
        are is a matter of that file alone, so that work about it need not note them one by one.
        """
        if self.reads.unit != path:
            self.reads.asked.add(f"{index}:{key}")
        return self.postings(index, key)

    def kept(self, name: str, work: Callable[[], T]) -> T:
        """An answer, worked out at the first time; its reads count for whoever asks later too."""
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = self.reads.of(work)
        self.reads.asked.add("=" + name)
        return cast("T", found[0])

    def latest(self, about: str, of: str, work: Callable[[], T]) -> T:
        """An answer about something for whoever asks of the same again before asking of another,
        as the pages of one thing in each language do; its reads count for all of them.
        """
        found = self._latest.get(about)
        if found is None or found[0] != of:
            found = self._latest[about] = (of, *self.reads.of(work))
        self.reads.asked |= found[2]
        return cast("T", found[1])

    def answers(self) -> Iterator[tuple[str, set[str]]]:
        """Every answer that has been kept, by name, and what it was made of."""
        return ((name, asked) for name, (_, asked) in self._kept.items())

    @cached_property
    def _kept(self) -> dict[str, tuple[object, set[str]]]:
        return {}

    @cached_property
    def _latest(self) -> dict[str, tuple[str, object, set[str]]]:
        return {}

    def digest(self, name: str) -> str | None:
        """A short text that is another one when the answer of that name is; None for those that
        nobody compares.
        """
        what, _, key = name.partition(":")
        value: Iterable[str]
        if what == "members":
            value = sorted(self.members(key))
        elif what == "circles_of":
            value = self.circles_of.get(key, ())
        elif what == "voters":
            value = self.voters
        else:
            return None
        return sha256("\n".join(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]

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
        return person.is_active(self.today) and self._may_vote(person.membership)

    def _may_vote(self, membership: str | None) -> bool:
        kind = self.memberships.get(membership) if membership else None
        return kind.votes if kind else membership is None

    @property
    def voters(self) -> tuple[str, ...]:
        """Ids of the active people who vote, sorted."""
        return self.kept("voters", self._voters)

    def _voters(self) -> tuple[str, ...]:
        found = []
        for path, note in self.notes_under("person", ""):
            is_active, membership = takes_part(note, self.today)
            if is_active and self._may_vote(membership):
                found.append(path[len("people/") : -len(".yaml")])
        return tuple(sorted(found))

    def is_whole(self, *kinds: str) -> bool:
        """Whether every file of these kinds could be read entirely.

        Rules that find something absent ask this first, so that a typing error in one file
        does not become a finding about another.
        """
        return not any(self.notes_under("broken", kind) for kind in kinds)

    def words_in_broken(self, *kinds: str) -> frozenset[str] | None:
        """Words like ids in the files of these kinds that could not be read entirely: any may be
        a reference. None where such a file could not be opened at all.
        """
        notes = [note for kind in kinds for _, note in self.notes_under("broken", kind)]
        if "" in notes:
            return None
        return frozenset(word for note in notes for word in note.split())

    # Circles

    @property
    def anchor(self) -> str | None:
        """The id of the anchor circle, as org.yaml names it."""
        return self.organisation.anchor if self.organisation else None

    @cached_property
    def children(self) -> Mapping[str, tuple[Circle, ...]]:
        """Sub-circles by the id of their parent, over or not."""
        return self._answers("children", self._children, self.circles)

    def _children(self, parent: str) -> tuple[Circle, ...]:
        below = self._circles_under("circle.parent", parent)
        return tuple(circle for circle in below if circle.id != self.anchor)

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
        return Answers(self._role, self._role_ids)

    def _role(self, id: str) -> Role | None:
        circle, slash, _ = id.partition("/")
        if not slash:
            return self.roles.get(id)
        return next((role for role in self.core_roles_in.get(circle, ()) if role.id == id), None)

    def _role_ids(self) -> Iterator[str]:
        yield from self.roles
        for circle in self.circles:
            yield from (role.id for role in self.core_roles_in.get(circle, ()))

    @cached_property
    def core_roles_in(self) -> Mapping[str, tuple[Role, ...]]:
        """The core roles of each circle, by its id, over or not."""
        return self._answers("core_roles_in", self._core_roles_in, self.circles)

    def _core_roles_in(self, circle_id: str) -> tuple[Role, ...]:
        circle = self.circles.get(circle_id)
        return tuple(self._core_roles(circle)) if circle else ()

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
        return self._answers("roles_in", self._roles_in, self.circles)

    def _roles_in(self, circle_id: str) -> tuple[Role, ...]:
        with_file = [t for t in self.under("role.circle", circle_id) if isinstance(t, Role)]
        return (*with_file, *self.core_roles_in.get(circle_id, ()))

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
        """How many seats of a role nobody holds today; a core role that a circle need not fill
        has none that is open.
        """
        if role.core is not None and role.core.optional:
            return 0
        return max(0, role.seats - len(self.holders(role)))

    @cached_property
    def seats_of(self) -> Mapping[str, tuple[Seat, ...]]:
        """Every holding, past and planned too, by the id of the person."""
        return self._answers("seats_of", self._seats_of, self.people)

    def _seats_of(self, person_id: str) -> tuple[Seat, ...]:
        roles = [t for t in self.under("role.holder", person_id) if isinstance(t, Role)]
        for circle in self._circles_under("circle.holder", person_id):
            roles.extend(self.core_roles_in.get(circle.id, ()))
        return tuple(
            Seat(role, holding)
            for role in roles
            for holding in role.holders
            if holding.person == person_id
        )

    def current_seats(self, person_id: str) -> tuple[Seat, ...]:
        """The live roles that a person holds today."""
        seats = self.seats_of.get(person_id, ())
        return tuple(s for s in seats if self.holds(s.holding) and s.role.is_live(self.today))

    # Members

    def members(self, circle_id: str) -> frozenset[str]:
        """Ids of the active members of a circle: holders of its roles, those in its `members`,
        and holders of the core roles that its sub-circles send (`in_parent`).
        """
        return self.kept(f"members:{circle_id}", lambda: self._members(circle_id))

    def _members(self, circle_id: str) -> frozenset[str]:
        circle = self.circles.get(circle_id)
        if circle is None:
            return frozenset()
        found: set[str] = set()
        if circle.is_live(self.today):
            found.update(h.person for h in circle.members if self.holds(h))
            for role in self.live_roles_in(circle_id):
                found.update(h.person for h in self.holders(role))
        for child in self._circles_under("circle.parent", circle_id):
            if child.is_live(self.today):
                for role in self.core_roles_in.get(child.id, ()):
                    if role.core and role.core.in_parent and role.is_live(self.today):
                        found.update(h.person for h in self.holders(role))
        return frozenset(found)

    @cached_property
    def circles_of(self) -> Mapping[str, tuple[str, ...]]:
        """The circles of which each person is a member, by the id of the person."""
        return self._answers("circles_of", self._circles_of, self.people)

    def _circles_of(self, person_id: str) -> tuple[str, ...]:
        perhaps = {circle.id for circle in self._circles_under("circle.member", person_id)}
        for role, _ in self.seats_of.get(person_id, ()):
            perhaps.add(role.circle)
            circle = self.circles.get(role.circle)
            if role.core and role.core.in_parent and circle and circle.parent:
                perhaps.add(circle.parent)
        return tuple(id for id in sorted(perhaps) if person_id in self.members(id))

    def _circles_under(self, index: str, key: str) -> list[Circle]:
        return [thing for thing in self.under(index, key) if isinstance(thing, Circle)]

    def _answers(
        self, name: str, work: Callable[[str], tuple[T, ...]], keys: Iterable[str]
    ) -> Mapping[str, tuple[T, ...]]:
        """Answers by key, each worked out when asked for; empty ones are as good as none."""
        return Answers(
            lambda key: self.kept(f"{name}:{key}", lambda: work(key)) or None, lambda: keys
        )

    # Any thing

    def things(self, kind: str) -> Mapping[str, Thing]:
        """All things of a kind that has a folder of its own, and proposals."""
        found: Mapping[str, Thing] = getattr(self, FIELDS[kind])
        return found

    @cached_property
    def known(self) -> Mapping[str, frozenset[str]]:
        """The ids of each kind for which there is a file, readable or not, so that one broken
        file makes nobody "unknown".
        """
        found: dict[str, set[str]] = {}
        for path in self.snapshot.entries:
            identity = identify(path)
            if identity:
                found.setdefault(identity.kind, set()).add(identity.id)
        return {kind: frozenset(ids) for kind, ids in found.items()}

    def is_known(self, kind: str, id: str) -> bool:
        """Whether there is a file for a thing of that kind, readable or not."""
        return self.is_there(path_of(kind, id))

    def is_there(self, path: str) -> bool:
        """Whether there is a file at a path."""
        return path in self.snapshot.entries

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
        return self._answers("referrers", lambda named: referrers_of(self, named), ())

    # Proposals

    @property
    def responses(self) -> Iterator[Response]:
        """Every entry of every response, in the order of the files."""
        return (entry for entries in self.response_files.values() for entry in entries)

    @cached_property
    def responses_to(self) -> Mapping[str, tuple[Response, ...]]:
        """Entries by the id of their proposal, in the order of the files."""
        return self._answers("responses_to", self._responses_to, self.proposals)

    def _responses_to(self, proposal: str) -> tuple[Response, ...]:
        found: list[Response] = []
        for path, _ in self.notes_under("response.proposal", proposal):
            found.extend(self.response_files.get(path, ()))
        return tuple(found)


FIELDS: Mapping[str, str] = {
    "circle": "circles",
    "role": "roles",
    "person": "people",
    "policy": "policies",
    "agreement": "agreements",
    "objective": "objectives",
    "tension": "tensions",
    "proposal": "proposals",
}
"""The fields of `Org` that hold things by id, by their kind."""


__all__ = ["FIELDS", "Org", "Seat"]
