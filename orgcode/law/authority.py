"""Who can appoint, release and bind whom, and where that runs one way only.

To *appoint or release* is to be in the electorate of the rule that fills a role; to *bind* is to
be in that of the policies of a circle, for its members and those of the circles below. Each rule
counts with its first way, not with its way out when stuck. A relation is one-sided where A can
appoint or release B, and B can neither appoint, release nor bind A.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from orgcode.changes.stands import fields_of, stands_in
from orgcode.law.affected import people_below, whom_it_concerns
from orgcode.law.electorate import Electorates, voters
from orgcode.law.matching import Match, rule_for
from orgcode.model.entities import Holding, Role
from orgcode.model.org import Org

People = frozenset[str]


class Deciders(Struct, frozen=True, kw_only=True):
    """Who decides by a rule, as of today; `by_subject`: also whoever the change is about."""

    match: Match
    people: People
    by_subject: bool = False
    name: str = ""
    """What all deciders have in common who are the same for being written alike."""


class OneSided(Struct, frozen=True, kw_only=True):
    """People who can appoint or release the holder of a role, who has no say over them."""

    role: Role
    holding: Holding
    match: Match
    by: People


class Authority:
    """Who has authority over whom in an organisation."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._electorates = Electorates(org)

    def over_role(self, role: Role) -> Deciders | None:
        """Who can appoint and release the holders of a role; None where no rule is for it."""
        if not self._is_live(role):
            return None
        like = f"{role.circle}/{role.core.id if role.core else ''}"
        match = self._org.kept(f"law.filled-by:{like}", lambda: self._filled_by(role))
        if match is None:
            return None
        if "affected" in match.rule.way.of:
            like = role.id
        return self._org.kept(f"law.fillers:{like}", lambda: self._fillers(match, role))

    def over_person(self, person_id: str) -> tuple[tuple[Role, Deciders], ...]:
        """For each role that a person holds, who can release them from it."""
        return tuple(
            (seat.role, deciders)
            for seat in self._org.current_seats(person_id)
            if (deciders := self.over_role(seat.role))
        )

    def over_circle(self, circle_id: str) -> Deciders | None:
        """Who can bind the members of a circle, and of those below, by its policies."""
        return self._org.kept(f"law.binders:{circle_id}", lambda: self._binders(circle_id))

    def binding(self, person_id: str) -> tuple[Deciders, ...]:
        """Who can bind a person: by the policies of their circles and of those above."""
        circles = {
            circle.id: None
            for id in self._org.circles_of.get(person_id, ())
            for circle in self._org.path_to_anchor(id)
        }
        return tuple(found for id in circles if (found := self.over_circle(id)))

    def one_sided(self) -> Iterator[OneSided]:
        """Every holder of a role who has no say over some of those who can release them.

        People whose membership does not vote are left out: that they have no say is settled there.
        """
        for role in self._org.live_roles():
            yield from self.one_sided_in(role)

    def one_sided_in(self, role: Role) -> tuple[OneSided, ...]:
        """The holders of one role who have no say over some of those who can release them."""
        deciders = self.over_role(role)
        if deciders is None:
            return ()
        voting = voters(self._org)
        return tuple(
            OneSided(role=role, holding=holding, match=deciders.match, by=beyond)
            for holding in self._org.holders(role)
            if holding.person in voting
            and (beyond := self._beyond(deciders, role.circle, holding.person))
        )

    def _is_live(self, role: Role) -> bool:
        circle = self._org.circles.get(role.circle)
        today = self._org.today
        return role.is_live(today) and (circle is None or circle.is_live(today))

    def _filled_by(self, role: Role) -> Match | None:
        kind = "assignment" if role.core is None else "assignment.core"
        circle = stands_in(self._org, kind, role)
        return rule_for(self._org, kind, circle, fields_of(self._org, role))

    def _fillers(self, match: Match, role: Role) -> Deciders:
        if "affected" in match.rule.way.of:
            concerned = whom_it_concerns(self._org, role)
            return self._deciders(match, concerned, f"role:{role.id}")
        return self._deciders(match)

    def _binders(self, circle_id: str) -> Deciders | None:
        circle = self._org.circles.get(circle_id)
        if circle is None or not circle.is_live(self._org.today):
            return None
        match = rule_for(self._org, "policy", circle_id, {"circle": circle_id})
        if match is not None and "affected" in match.rule.way.of:
            concerned = people_below(self._org, circle_id)
            return self._deciders(match, concerned, f"circle:{circle_id}")
        return self._deciders(match) if match else None

    def _deciders(self, match: Match, concerned: People = frozenset(), of: str = "") -> Deciders:
        way = match.rule.way
        return Deciders(
            match=match,
            people=self._electorates.everybody(way, match.stands_in, concerned),
            by_subject="subject" in way.of,
            name=f"{of}{self._electorates.name(way, match.stands_in)}",
        )

    def _beyond(self, deciders: Deciders, circle_id: str, person: str) -> People:
        """Those of an electorate over whom a person has no say by any electorate of their own.

        The person holds a role that it fills; who is in it thereby has a say over themselves.
        """
        # whoever decides on the policies of these circles binds their members: mostly that is all
        for id in dict.fromkeys((circle_id, deciders.match.stands_in)):
            if deciders.people <= self._org.members(id):
                binders = self.over_circle(id)
                if binders and person in binders.people:
                    return frozenset()
        says = self._org.kept(f"law.says:{deciders.name}", lambda: self._says(deciders.people))
        left, others = deciders.people, says.others
        if person in says.largest:
            left, others = says.rest, says.over_rest
        for say in others:
            if person in say.by:
                left -= say.over
                if not left:
                    break
        return left

    def _says(self, deciders: People) -> _Says:
        """Who has a say over whom among the people of an electorate."""
        by: dict[str, People] = {}
        over: dict[str, list[str]] = defaultdict(list)
        for person in deciders:
            for name, people in self._over(person).items():
                by[name] = people
                over[name].append(person)
        says = [_Say(people, frozenset(over[name])) for name, people in by.items()]
        says.sort(key=lambda say: len(say.over), reverse=True)
        first, *others = says or [_Say(frozenset(), frozenset())]
        rest = deciders - first.over
        return _Says(
            largest=first.by,
            rest=rest,
            over_rest=tuple(say for say in others if not rest.isdisjoint(say.over)),
            others=tuple(others),
        )

    def _over(self, person_id: str) -> dict[str, People]:
        """Every electorate that can release a person from a role or bind them, by its name."""
        return self._org.kept(f"law.over:{person_id}", lambda: dict(self._each_over(person_id)))

    def _each_over(self, person_id: str) -> Iterator[tuple[str, People]]:
        for _, deciders in self.over_person(person_id):
            yield deciders.name, deciders.people
        for id in self._org.circles_of.get(person_id, ()):
            for circle in self._org.path_to_anchor(id):
                if not circle.is_live(self._org.today):
                    break  # what is above an ended circle does not reach those below it
                if binders := self.over_circle(circle.id):
                    yield binders.name, binders.people


class _Say(NamedTuple):
    """People who have a say over others."""

    by: People
    over: People


class _Says(NamedTuple):
    """All who have a say over people of an electorate, those with a say over most of them apart:
    there may be thousands on both sides, and then mostly nobody is left after these.
    """

    largest: People
    rest: People
    over_rest: tuple[_Say, ...]
    others: tuple[_Say, ...]
