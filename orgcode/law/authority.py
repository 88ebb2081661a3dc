"""Who can appoint, release and bind whom, and where that runs one way only.

To *appoint or release* is to be in the electorate of the rule that fills a role; to *bind* is to
be in that of the policies of a circle, for its members and those of the circles below. Each rule
counts with its first way, not with its way out when stuck. A relation is one-sided where A can
appoint or release B, and B can neither appoint, release nor bind A.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from orgcode.law.affected import affected, members_and_below
from orgcode.law.electorate import Electorate, Electorates
from orgcode.law.matching import Match, rule_for
from orgcode.law.stands import fields_of, stands_in
from orgcode.model.entities import Holding, Role
from orgcode.model.org import Org

People = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciders:
    """Who decides by a rule, as of today; `by_subject`: also whoever the change is about."""

    match: Match
    people: People
    by_subject: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """People who can appoint or release the holder of a role, who has no say over them."""

    role: Role
    holding: Holding
    match: Match
    by: People


class Authority:
    """Who has authority over whom in an organisation; what is worked out is kept."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._electorates = Electorates(org)
        self._people: dict[int, tuple[Electorate, People]] = {}
        self._same: dict[People, People] = {}
        self._within: dict[tuple[int, int], bool] = {}

    def over_role(self, role: Role) -> Deciders | None:
        """Who can appoint and release the holders of a role; None where no rule is for it."""
        return self._fillers.get(role.id)

    def over_person(self, person_id: str) -> tuple[tuple[Role, Deciders], ...]:
        """For each role that a person holds, who can release them from it."""
        return tuple(
            (seat.role, deciders)
            for seat in self._org.current_seats(person_id)
            if (deciders := self._fillers.get(seat.role.id))
        )

    def over_circle(self, circle_id: str) -> Deciders | None:
        """Who can bind the members of a circle, and of those below, by its policies."""
        return self._binders.get(circle_id)

    def binding(self, person_id: str) -> tuple[Deciders, ...]:
        """Who can bind a person: by the policies of their circles and of those above."""
        circles = {
            circle.id: None
            for id in self._org.circles_of.get(person_id, ())
            for circle in self._org.path_to_anchor(id)
        }
        return tuple(found for id in circles if (found := self._binders.get(id)))

    def one_sided(self) -> Iterator[OneSided]:
        """Every holder of a role who has no say over some of those who can release them.

        People whose membership does not vote are left out: that they have no say is settled there.
        """
        known: dict[tuple[int, str], People] = {}
        for role in self._org.live_roles():
            deciders = self._fillers.get(role.id)
            if deciders is None:
                continue
            for holding in self._org.holders(role):
                person = holding.person
                if not self._org.votes(self._org.people[person]):
                    continue
                key = (id(deciders.people), person)
                if key not in known:
                    known[key] = self._beyond(deciders.people, person)
                if known[key]:
                    yield OneSided(role=role, holding=holding, match=deciders.match, by=known[key])

    @cached_property
    def _fillers(self) -> Mapping[str, Deciders]:
        found: dict[str, Deciders] = {}
        matches: dict[tuple[str, str | None], Match | None] = {}
        for role in self._org.live_roles():
            like = (role.circle, role.core.id if role.core else None)
            if like not in matches:
                kind = "assignment" if role.core is None else "assignment.core"
                circle = stands_in(self._org, kind, role)
                matches[like] = rule_for(self._org, kind, circle, fields_of(self._org, role))
            match = matches[like]
            if match is not None:
                found[role.id] = self._deciders(match, role)
        return found

    @cached_property
    def _binders(self) -> Mapping[str, Deciders]:
        found: dict[str, Deciders] = {}
        for circle in self._org.live_circles():
            match = rule_for(self._org, "policy", circle.id, {"circle": circle.id})
            if match is not None:
                found[circle.id] = self._deciders(match, None)
        return found

    def _deciders(self, match: Match, role: Role | None) -> Deciders:
        """The people of the electorate; one set stands for all electorates with the same people."""
        way = match.rule.way
        concerned: list[str] = []
        if "affected" in way.of:
            concerned = list(affected(self._org, role)) if role else self._below(match.stands_in)
        found = self._electorates.of(way, match.stands_in, concerned)
        if id(found) not in self._people:
            people = frozenset(found.people + found.away)
            self._people[id(found)] = (found, self._same.setdefault(people, people))
        people = self._people[id(found)][1]
        return Deciders(match=match, people=people, by_subject="subject" in way.of)

    def _below(self, circle_id: str) -> list[str]:
        """The members of a circle and of those below it."""
        return list(
            dict.fromkeys(
                person
                for _, members in members_and_below(self._org, circle_id)
                for person in members
            )
        )

    @cached_property
    def _subject_to(self) -> Mapping[People, frozenset[str]]:
        """For each electorate, everybody whom it can appoint, release or bind."""
        found: dict[People, set[str]] = defaultdict(set)
        for role in self._org.live_roles():
            if deciders := self._fillers.get(role.id):
                found[deciders.people].update(h.person for h in self._org.holders(role))
        for circle_id, deciders in self._binders.items():
            for _, members in members_and_below(self._org, circle_id):
                found[deciders.people].update(members)
        return {people: frozenset(subject) for people, subject in found.items()}

    @cached_property
    def _electorates_with(self) -> Mapping[str, list[People]]:
        found: dict[str, list[People]] = defaultdict(list)
        for people in self._subject_to:
            for person in people:
                found[person].append(people)
        return found

    def _beyond(self, deciders: People, person: str) -> People:
        """Those of an electorate over whom a person has no say by any electorate of their own."""
        own = self._electorates_with.get(person, [])
        if any(self._is_within(deciders, people) for people in own):
            return frozenset()
        left = deciders - {person}
        for people in own:
            left -= self._subject_to[people]
        return left

    def _is_within(self, deciders: People, people: People) -> bool:
        """Whether one electorate has a say over everybody in another; asked once for a pair."""
        key = (id(deciders), id(people))
        if key not in self._within:
            self._within[key] = deciders <= self._subject_to[people]
        return self._within[key]
