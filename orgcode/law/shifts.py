"""What a change does to authority: who gains or loses a role, a domain or a vote, and who comes to
decide, or no longer decides, about what in which circle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from orgcode.changes.change import Change
from orgcode.changes.sides import Sides, distinct
from orgcode.law.electorate import Electorates
from orgcode.law.matching import rule_for
from orgcode.model.effect import ANCHORED, KINDS, RULELESS, Effect, named, top
from orgcode.model.entities import Circle, Domain, Role, Text
from orgcode.model.message import Message, message, messages, one
from orgcode.model.org import Org

Sort = Literal["role", "domain", "vote", "electorate"]

_ASKED = (*(kind for kind in KINDS if kind not in RULELESS), "assignment.core")
_OF_ALL = frozenset(
    f"governance.{name}"
    for name in (
        *("added", "removed", "rules", "ruleset", "memberships", "circle_kinds", "core_roles"),
        *("anchor", "unreadable", "repaired"),
    )
)
"""Effects on org.yaml that may alter who decides in any circle."""


class Shift(Struct, frozen=True, kw_only=True):
    """Some authority that people, or a circle, gain or lose by a change."""

    sort: Sort
    gains: bool
    people: tuple[str, ...]
    """Their ids, sorted; empty where it is a circle that gains or loses a domain."""
    of: str
    """The address of the role or circle that it is about; `org` for a vote."""
    sentence: Message


def shifts(change: Change) -> tuple[Shift, ...]:
    """Everything that a change does to authority: roles, domains, votes, electorates."""
    return tuple(_Shifts(change).all())


class _Shifts:
    def __init__(self, change: Change) -> None:
        self._before, self._after = change.before, change.after
        self._effects = [e for e in change.effects if top(e.kind) not in {"format", "proposal"}]
        self._sides = Sides(before=change.before, after=change.after, paths=())
        self._people = distinct(p for e in self._effects for p in e.subjects)

    def all(self) -> Iterator[Shift]:
        yield from self._roles()
        yield from self._domains()
        yield from self._votes()
        yield from self._electorates()

    # Roles

    def _roles(self) -> Iterator[Shift]:
        for person in sorted(self._people):
            old, new = (self._held(org, person) for org in (self._before, self._after))
            for id in sorted(old.keys() ^ new.keys()):
                role, gains = (new[id], True) if id in new else (old[id], False)
                if self._goes_on(role, new if not gains else old, gains=gains):
                    continue
                words = {"who": self._sides.person(person), "post": self._post(role)}
                yield Shift(
                    sort="role",
                    gains=gains,
                    people=(person,),
                    of=f"roles/{id}",
                    sentence=message("{who} gains {post}.", **words)
                    if gains
                    else message("{who} loses {post}.", **words),
                )

    def _held(self, org: Org, person: str) -> dict[str, Role]:
        return {seat.role.id: seat.role for seat in org.current_seats(person)}

    def _goes_on(self, role: Role, others: dict[str, Role], *, gains: bool) -> bool:
        """Whether a role is only called by another id on the other side."""
        if gains:
            return any(old in others for old in role.aliases)
        return any(role.id in other.aliases for other in others.values())

    def _post(self, role: Role) -> Message:
        return message(
            "the {role} {name} in {circle}",
            role=one("role"),
            name=role.name,
            circle=self._sides.circle(role.circle),
        )

    # Domains

    def _domains(self) -> Iterator[Shift]:
        addresses = self._with_domains()
        former = {address: self._former(address) for address in addresses}
        for address in addresses:
            if any(address == old != new for new, old in former.items()):
                continue  # it goes on by another id
            old = self._decided(self._before, former[address])
            new = self._decided(self._after, address)
            for key in sorted(old.keys() ^ new.keys()):
                person = key[0]
                gains = key in new
                yield Shift(
                    sort="domain",
                    gains=gains,
                    people=(person,) if person else (),
                    of=address,
                    sentence=self._domain_said(
                        address, person, (new if gains else old)[key], gains=gains
                    ),
                )

    def _with_domains(self) -> Iterable[str]:
        """The roles and circles of which the domains, or who holds them, may be others."""
        found = dict.fromkeys(
            e.thing for e in self._effects if e.thing.startswith(("roles/", "circles/"))
        )
        for person in sorted(self._people):
            for org in (self._before, self._after):
                found.update((f"roles/{id}", None) for id in self._held(org, person))
        return found

    def _former(self, address: str) -> str:
        """The address that a role or circle had before, where it has another id now."""
        folder, _, id = address.partition("/")
        things = self._after.circles if folder == "circles" else self._after.every_role
        thing = things.get(id)
        was = self._before.circles if folder == "circles" else self._before.every_role
        if thing is None or id in was:
            return address
        return next((f"{folder}/{alias}" for alias in thing.aliases if alias in was), address)

    def _decided(self, org: Org, address: str) -> dict[tuple[str, str], Text]:
        """Who decides about what by a role or circle: a person, or "" for the circle itself."""
        folder, _, id = address.partition("/")
        thing: Role | Circle | None = (
            org.circles.get(id) if folder == "circles" else org.every_role.get(id)
        )
        if thing is None or not thing.is_live(org.today):
            return {}
        holders = [""] if isinstance(thing, Circle) else [h.person for h in org.holders(thing)]
        return {(who, _key(domain)): domain.text for who in holders for domain in thing.domains}

    def _domain_said(self, address: str, person: str, domain: Text, *, gains: bool) -> Message:
        circle = address.partition("/")[2]
        who = self._sides.person(person) if person else self._sides.circle(circle)
        if gains:
            return message('{who} now decides about "{domain}".', who=who, domain=domain)
        return message('{who} no longer decides about "{domain}".', who=who, domain=domain)

    # Votes

    def _votes(self) -> Iterator[Shift]:
        if not any(top(e.kind) == "person" or e.kind in _OF_ALL for e in self._effects):
            return
        old, new = set(self._before.voters), set(self._after.voters)
        for people, gains in ((new - old, True), (old - new, False)):
            if people:
                who = tuple(self._sides.person(id) for id in sorted(people))
                yield Shift(
                    sort="vote",
                    gains=gains,
                    people=tuple(sorted(people)),
                    of="org",
                    sentence=messages("{who} gets a vote.", "{who} get a vote.", len(who), who=who)
                    if gains
                    else messages(
                        "{who} no longer has a vote.",
                        "{who} no longer have a vote.",
                        len(who),
                        who=who,
                    ),
                )

    # Electorates

    def _electorates(self) -> Iterator[Shift]:
        asked = Electorates(self._before), Electorates(self._after)
        for circle in self._circles():
            found: dict[tuple[bool, tuple[str, ...]], list[str]] = defaultdict(list)
            for kind in _ASKED:
                old, new = (
                    self._deciders(org, electorates, kind, circle)
                    for org, electorates in zip((self._before, self._after), asked, strict=True)
                )
                for others, gains in ((new - old, True), (old - new, False)):
                    if others:
                        found[gains, tuple(sorted(others))].append(kind)
            for (gains, people), kinds in found.items():
                yield Shift(
                    sort="electorate",
                    gains=gains,
                    people=people,
                    of=f"circles/{circle}",
                    sentence=self._electorate_said(circle, people, kinds, gains=gains),
                )

    def _circles(self) -> tuple[str, ...]:
        """The circles in which others may decide than before."""
        if any(e.kind in _OF_ALL and e.thing == "org" for e in self._effects):
            return distinct(
                sorted(c.id for org in (self._before, self._after) for c in org.live_circles())
            )
        found = [circle for e in self._effects if _moves_people(e) for circle in e.circles]
        for effect in self._effects:
            found += [rule.circle or "" for rule in effect.alters]
            if _moves_people(effect) and effect.thing.startswith(("circles/", "roles/")):
                found.append(self._circle_of(effect.thing))
        for person in self._people:
            for org in (self._before, self._after):
                found += org.circles_of.get(person, ())
        return tuple(sorted(distinct(found)))

    def _circle_of(self, address: str) -> str:
        folder, _, id = address.partition("/")
        if folder == "circles":
            return id
        role = self._after.every_role.get(id) or self._before.every_role.get(id)
        return role.circle if role else ""

    def _deciders(self, org: Org, asked: Electorates, kind: str, circle: str) -> frozenset[str]:
        here = org.circles.get(circle)
        is_elsewhere = kind in ANCHORED and circle != org.anchor
        if here is None or not here.is_live(org.today) or is_elsewhere:
            return frozenset()
        match = rule_for(org, kind, circle, {"circle": circle})
        return asked.everybody(match.rule.way, circle) if match else frozenset()

    def _electorate_said(
        self, circle: str, people: tuple[str, ...], kinds: list[str], *, gains: bool
    ) -> Message:
        words = {
            "who": tuple(self._sides.person(id) for id in people),
            "circle": self._sides.circle(circle),
            "kinds": tuple(named(kind) for kind in kinds),
        }
        if gains:
            return message("Now deciding in {circle}: {who}. About: {kinds}.", **words)
        return message("No longer deciding in {circle}: {who}. About: {kinds}.", **words)


def _moves_people(effect: Effect) -> bool:
    """Whether an effect may move people in or out of circles."""
    return top(effect.kind) in {"assignment", "person", "circle", "role"} or bool(effect.alters)


def _key(domain: Domain) -> str:
    return domain.id or str(domain.text)
