"""What refers to what: each reference of the files, looked up from the other end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from orgcode.law.authority import Authority, OneSided
from orgcode.law.binding import Bindings
from orgcode.model.entities import (
    Agreement,
    Circle,
    Objective,
    Policy,
    Proposal,
    Response,
    Role,
    Tension,
    Text,
    Thing,
)
from orgcode.model.facts import identify
from orgcode.model.org import Org
from orgcode.model.snapshot import Unreadable
from orgcode.rendering.markdown import links

PAGES = "pages/"

T = TypeVar("T")


class Index:
    """Everything of an organisation by what it refers to, worked out when first asked for."""

    def __init__(self, org: Org) -> None:
        self._org = org

    @cached_property
    def bindings(self) -> Bindings:
        """Which policies and agreements bind whom."""
        return Bindings(self._org)

    @cached_property
    def authority(self) -> Authority:
        """Who can appoint, release and bind whom."""
        return Authority(self._org)

    @cached_property
    def one_sided(self) -> tuple[OneSided, ...]:
        """Every holder of a role who has no say over some of those who can release them."""
        return tuple(self.authority.one_sided())

    @cached_property
    def policies_in(self) -> Mapping[str, list[Policy]]:
        """Policies by circle."""
        return _grouped((p.circle, p) for p in self._org.policies.values())

    @cached_property
    def policies_on(self) -> Mapping[str, list[Policy]]:
        """Policies by the circle or role about whose domain they are."""
        return _grouped(
            (p.domain.partition("#")[0], p) for p in self._org.policies.values() if p.domain
        )

    @cached_property
    def agreements_in(self) -> Mapping[str, list[Agreement]]:
        """Agreements by circle."""
        return _grouped((a.circle, a) for a in self._org.agreements.values())

    @cached_property
    def agreements_between(self) -> Mapping[str, list[Agreement]]:
        """Agreements by party."""
        return _grouped((p, a) for a in self._org.agreements.values() for p in a.between)

    @cached_property
    def objectives_in(self) -> Mapping[str, list[Objective]]:
        """Objectives by circle."""
        return _grouped((o.circle, o) for o in self._org.objectives.values())

    @cached_property
    def objectives_of(self) -> Mapping[str, list[Objective]]:
        """Objectives by the role that owns them."""
        return _grouped((o.owner, o) for o in self._org.objectives.values() if o.owner)

    @cached_property
    def objectives_under(self) -> Mapping[str, list[Objective]]:
        """Objectives by the objective that they serve."""
        return _grouped((o.parent, o) for o in self._org.objectives.values() if o.parent)

    @cached_property
    def tensions_by(self) -> Mapping[str, list[Tension]]:
        """Tensions by who senses them."""
        return _grouped((t.sensed_by, t) for t in self._org.tensions.values())

    @cached_property
    def tensions_from(self) -> Mapping[str, list[Tension]]:
        """Tensions by the role from which they are sensed."""
        return _grouped((t.role, t) for t in self._org.tensions.values() if t.role)

    @cached_property
    def tensions_in(self) -> Mapping[str, list[Tension]]:
        """Tensions by the circle of that role."""
        roles = self._org.every_role
        return _grouped(
            (roles[t.role].circle, t)
            for t in self._org.tensions.values()
            if t.role and t.role in roles
        )

    @cached_property
    def proposals_by(self) -> Mapping[str, list[Proposal]]:
        """Proposals by proposer."""
        return _grouped((p.proposer, p) for p in self._org.proposals.values())

    @cached_property
    def proposals_from(self) -> Mapping[str, list[Proposal]]:
        """Proposals by the tension that they name."""
        return _grouped((p.tension_id, p) for p in self._org.proposals.values() if p.tension_id)

    @cached_property
    def responses_of(self) -> Mapping[str, list[Response]]:
        """Entries of responses by person."""
        return _grouped((r.person, r) for r in self._org.responses)

    @cached_property
    def served_by(self) -> Mapping[str, list[Circle | Role]]:
        """Circles and roles by the circles that they work for."""
        things: list[Circle | Role] = [*self._org.circles.values(), *self._org.roles.values()]
        return _grouped((circle, thing) for thing in things for circle in thing.serves)

    @cached_property
    def consulted_by(self) -> Mapping[str, list[Role]]:
        """Roles by the parties that they have to consult."""
        return _grouped((p, role) for role in self._org.roles.values() for p in role.consult)

    @cached_property
    def mentioned_by(self) -> Mapping[str, list[str]]:
        """Paths of the files whose texts link to a file, by that file."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for path, text in self._texts():
            for target in sorted(links(text, path)):
                if target != path:
                    found[target][path] = None
        return {target: list(paths) for target, paths in found.items()}

    def _texts(self) -> Iterator[tuple[str, str]]:
        org = self._org
        for circle in org.circles.values():
            context = circle.context.text if circle.context else None
            yield from _written(circle, circle.strategy, context, circle.notes)
        for role in org.roles.values():
            yield from _written(role, role.notes)
        for person in org.people.values():
            yield from _written(person, person.about, person.notes)
        texts: list[Policy | Agreement | Objective | Tension] = [
            *org.policies.values(),
            *org.agreements.values(),
            *org.objectives.values(),
            *org.tensions.values(),
        ]
        for thing in texts:
            yield from _written(thing, thing.text, thing.notes)
        for proposal in org.proposals.values():
            yield from _written(proposal, proposal.because, proposal.example, proposal.notes)
        for path in org.snapshot.entries:
            if path.startswith(PAGES) and path.endswith(".md") and identify(path) is None:
                content = org.snapshot.read(path)
                if not isinstance(content, Unreadable):
                    yield path, content.decode("utf-8", "replace")


def _written(thing: Thing, *texts: Text | None) -> Iterator[tuple[str, str]]:
    for text in texts:
        if isinstance(text, str):
            yield thing.path, text
        elif text is not None:
            for said in text.values():
                yield thing.path, said


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return dict(found)
