"""What refers to what: each reference of the files, looked up from the other end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
    Thing,
)
from orgcode.model.facts import identify
from orgcode.model.links import resolve, targets
from orgcode.model.org import Org
from orgcode.model.reads import Answers
from orgcode.model.snapshot import Unreadable

PAGES = "pages/"

T = TypeVar("T")


class Index:
    """Everything of an organisation by what it refers to, worked out when asked for by a key."""

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

    @property
    def one_sided(self) -> tuple[OneSided, ...]:
        """Every holder of a role who has no say over some of those who can release them."""
        return self._org.kept("one-sided", lambda: tuple(self.authority.one_sided()))

    @cached_property
    def policies_in(self) -> Mapping[str, list[Policy]]:
        """Policies by circle."""
        return self._under(Policy, "policy.circle")

    @cached_property
    def policies_on(self) -> Mapping[str, list[Policy]]:
        """Policies by the circle or role about whose domain they are."""
        return self._under(Policy, "policy.domain")

    @cached_property
    def agreements_in(self) -> Mapping[str, list[Agreement]]:
        """Agreements by circle."""
        return self._under(Agreement, "agreement.circle")

    @cached_property
    def agreements_between(self) -> Mapping[str, list[Agreement]]:
        """Agreements by party."""
        return self._under(Agreement, "agreement.between")

    @cached_property
    def objectives_in(self) -> Mapping[str, list[Objective]]:
        """Objectives by circle."""
        return self._under(Objective, "objective.circle")

    @cached_property
    def objectives_of(self) -> Mapping[str, list[Objective]]:
        """Objectives by the role that owns them."""
        return self._under(Objective, "objective.owner")

    @cached_property
    def objectives_under(self) -> Mapping[str, list[Objective]]:
        """Objectives by the objective that they serve."""
        return self._under(Objective, "objective.parent")

    @cached_property
    def tensions_by(self) -> Mapping[str, list[Tension]]:
        """Tensions by who senses them."""
        return self._under(Tension, "tension.sensed_by")

    @cached_property
    def tensions_from(self) -> Mapping[str, list[Tension]]:
        """Tensions by the role from which they are sensed."""
        return self._under(Tension, "tension.role")

    @cached_property
    def tensions_in(self) -> Mapping[str, list[Tension]]:
        """Tensions by the circle of that role."""
        return _by_key(self._tensions_in)

    def _tensions_in(self, circle: str) -> list[Tension]:
        found = [
            tension
            for role in self._org.roles_in.get(circle, ())
            for tension in self.tensions_from.get(role.id, [])
        ]
        return sorted(found, key=lambda tension: tension.path)

    @cached_property
    def proposals_by(self) -> Mapping[str, list[Proposal]]:
        """Proposals by proposer."""
        return self._under(Proposal, "proposal.proposer")

    @cached_property
    def proposals_from(self) -> Mapping[str, list[Proposal]]:
        """Proposals by the tension that they name."""
        return self._under(Proposal, "proposal.tension")

    @cached_property
    def responses_of(self) -> Mapping[str, list[Response]]:
        """Entries of responses by person."""
        return _by_key(self._responses_of)

    def _responses_of(self, person: str) -> list[Response]:
        files = self._org.notes_under("response.person", person)
        return [entry for path, _ in files for entry in self._org.response_files.get(path, ())]

    @cached_property
    def served_by(self) -> Mapping[str, list[Circle | Role]]:
        """Circles and roles by the circles that they work for."""
        circles = self._under(Circle, "circle.serves")
        roles = self._under(Role, "role.serves")
        return _by_key(lambda circle: [*circles.get(circle, []), *roles.get(circle, [])])

    @cached_property
    def former_in(self) -> Mapping[str, list[Circle]]:
        """Circles by the people whom they remember as former members."""
        return self._under(Circle, "circle.former")

    @cached_property
    def consulted_by(self) -> Mapping[str, list[Role]]:
        """Roles by the parties that they have to consult."""
        return self._under(Role, "role.consult")

    @cached_property
    def mentioned_by(self) -> Mapping[str, list[str]]:
        """Paths of the files whose texts link to a file, by that file."""
        return _by_key(self._mentioned_by)

    def _mentioned_by(self, path: str) -> list[str]:
        things = [found for found, _ in self._org.notes_under("link", path)]
        return [*things, *self._org.kept("links-of-pages", self._links_of_pages).get(path, ())]

    def _links_of_pages(self) -> Mapping[str, list[str]]:
        """Free pages by the files that they link to."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for page in self._org.snapshot.entries:
            if page.startswith(PAGES) and page.endswith(".md") and identify(page) is None:
                content = self._org.snapshot.read(page)
                if not isinstance(content, Unreadable):
                    for target in targets(content.decode("utf-8", "replace")):
                        path = resolve(target, page)
                        if path and path != page:
                            found[path][page] = None
        return {path: list(pages) for path, pages in found.items()}

    def _under(self, kind: type[T], index: str) -> Mapping[str, list[T]]:
        under: Callable[[str, str], Iterable[Thing]] = self._org.under
        return _by_key(
            lambda key: [thing for thing in under(index, key) if isinstance(thing, kind)]
        )


def _by_key(work: Callable[[str], list[T]]) -> Mapping[str, list[T]]:
    """A look-up of which only the keys are known that are asked for."""
    return Answers(lambda key: work(key) or None, lambda: ())
