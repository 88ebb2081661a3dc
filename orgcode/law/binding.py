"""Which policies and agreements hold for a circle, role or person, and why.

A policy holds in its circle and in all below it, and for whoever holds the domain that it is
about. An agreement between parties holds for these; one without parties in its circle alone. A
role is bound by what holds in its circle, a person by what holds for their roles and in the
circles of which they are a member; the policies of the anchor circle hold for everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from msgspec import Struct

from orgcode.model.entities import Agreement, Circle, Person, Policy, Role
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.references import domain_holder

State = Literal["now", "later", "over"]
"""Whether something holds today, does not yet, or no longer does."""

Why = Literal["party", "domain", "here", "above"]
"""It is an agreement with them, it is about a domain of theirs, it is of this circle, or of a
circle above."""

T = TypeVar("T")


class Reason(NamedTuple):
    """Why something binds: `of` is the party, the holder of the domain, or the circle that it
    comes from, as `person:sara`, `role:kok` or `circle:keuken`.
    """

    why: Why
    of: str


class Binding(Struct, frozen=True, kw_only=True):
    """A policy or agreement that binds, with every reason why, the nearest first.

    `distance` counts the steps from the one who is bound: 0 is their own.
    """

    thing: Policy | Agreement
    reasons: tuple[Reason, ...]
    distance: int

    @property
    def circle(self) -> str:
        """The id of the circle that it comes from."""
        return self.thing.circle

    @property
    def is_inherited(self) -> bool:
        """Whether it binds only because it comes from a circle above."""
        return all(reason.why == "above" for reason in self.reasons)


class WhatBinds(Struct, frozen=True, kw_only=True):
    """What holds today, what does not yet, and what no longer does; the nearest first."""

    now: tuple[Binding, ...] = ()
    later: tuple[Binding, ...] = ()
    over: tuple[Binding, ...] = ()


class Bindings:
    """The policies and agreements of an organisation, to be asked whom they bind."""

    def __init__(self, org: Org) -> None:
        self._org = org

    def what_binds(self, thing: Circle | Role | Person) -> WhatBinds:
        """What binds a circle, role or person; nothing where that is itself over."""
        found: dict[str, tuple[Policy | Agreement, int, dict[Reason, None]]] = {}
        for bound, reason, distance in sorted(self._binding(thing), key=lambda each: each[2]):
            reasons = found.setdefault(bound.path, (bound, distance, {}))[2]
            if reason.why != "above" or Reason("here", reason.of) not in reasons:
                reasons[reason] = None
        bindings = sorted(
            (
                Binding(thing=bound, reasons=tuple(reasons), distance=distance)
                for bound, distance, reasons in found.values()
            ),
            key=lambda each: (each.distance, isinstance(each.thing, Agreement), each.thing.id),
        )
        by_state = grouped((state(each.thing, self._org.today), each) for each in bindings)
        return WhatBinds(**{name: tuple(each) for name, each in by_state.items()})

    def policies_of(self, circle: str) -> Iterator[Policy]:
        """The policies of a circle."""
        return self._under(Policy, "policy.circle", circle)

    def policies_on(self, holder: str) -> Iterator[Policy]:
        """The policies about a domain that somebody has charge of, `circle:<id>` or `role:<id>`."""
        for policy in self._under(Policy, "policy.domain", holder.partition(":")[2]):
            if policy.domain and domain_holder(self._org, policy.domain) == holder:
                yield policy

    def agreements_of(self, circle: str) -> Iterator[Agreement]:
        """The agreements of a circle that name no parties."""
        found = self._under(Agreement, "agreement.circle", circle)
        return (agreement for agreement in found if not agreement.between)

    def agreements_with(self, party: str) -> Iterator[Agreement]:
        """The agreements with a party, `person:<id>`, `role:<id>` or `circle:<id>`."""
        return self._under(Agreement, "agreement.between", party.removeprefix("person:"))

    def _under(self, kind: type[T], index: str, key: str) -> Iterator[T]:
        return (thing for thing in self._org.under(index, key) if isinstance(thing, kind))

    def _binding(self, thing: Circle | Role | Person) -> Iterator[Step]:
        org = self._org
        match thing:
            case Circle() if thing.is_live(org.today):
                yield from self._circle(thing.id, 0)
            case Role() if thing.is_live(org.today):
                yield from self._role(thing, 0)
            case Person() if thing.is_active(org.today):
                yield from self._with(f"person:{thing.id}", 0)
                for seat in org.current_seats(thing.id):
                    yield from self._own(f"role:{seat.role.id}", 1)
                circles = org.circles_of.get(thing.id, ())
                for id in circles:
                    yield from self._circle(id, 2)
                if org.anchor and not circles:
                    yield from self._policies(org.anchor, "above", 2)

    def _role(self, role: Role, distance: int) -> Iterator[Step]:
        yield from self._own(f"role:{role.id}", distance)
        yield from self._circle(role.circle, distance + 1)

    def _circle(self, id: str, distance: int) -> Iterator[Step]:
        if not distance:
            yield from self._in_circle(id, is_own=True)
            return
        steps = self._org.kept(f"binds:{id}", lambda: tuple(self._in_circle(id, is_own=False)))
        for bound, reason, further in steps:
            yield bound, reason, distance + further

    def _in_circle(self, id: str, *, is_own: bool) -> Iterator[Step]:
        """What binds in a circle, counted from there: the circle itself, or whoever is in it."""
        yield from self._with(f"circle:{id}", 0)
        for agreement in self.agreements_of(id):
            yield agreement, Reason("here", f"circle:{id}"), 0
        for steps, circle in enumerate(self._org.path_to_anchor(id)):
            if circle.is_live(self._org.today):
                for policy, reason, _ in self._domains(f"circle:{circle.id}", steps):
                    if (is_own and not steps) or policy.circle != circle.id:
                        yield policy, reason, steps
                yield from self._policies(circle.id, "above" if steps else "here", steps)

    def _policies(self, id: str, why: Why, distance: int) -> Iterator[Step]:
        for policy in self.policies_of(id):
            yield policy, Reason(why, f"circle:{id}"), distance

    def _own(self, reference: str, distance: int) -> Iterator[Step]:
        yield from self._with(reference, distance)
        yield from self._domains(reference, distance)

    def _with(self, reference: str, distance: int) -> Iterator[Step]:
        for agreement in self.agreements_with(reference):
            yield agreement, Reason("party", reference), distance

    def _domains(self, reference: str, distance: int) -> Iterator[Step]:
        for policy in self.policies_on(reference):
            yield policy, Reason("domain", reference), distance


Step = tuple[Policy | Agreement, Reason, int]


def state(thing: Policy | Agreement, day: date) -> State:
    """Whether a policy or agreement holds on that day, by its own dates."""
    first, last = starts(thing), ends(thing)
    if last is not None and last <= day:
        return "over"
    return "later" if first is not None and first > day else "now"


def starts(thing: Policy | Agreement) -> date | None:
    """The first day on which it holds, where it says so."""
    return thing.effective_on if isinstance(thing, Policy) else thing.agreed_on


def ends(thing: Policy | Agreement) -> date | None:
    """The first day on which it no longer holds, where it says so."""
    days = [thing.ended.on] if thing.ended else []
    if isinstance(thing, Policy) and thing.expires_on is not None:
        days.append(thing.expires_on)
    return min(days, default=None)


def sentence(why: Why, who: object) -> Message:
    """A reason as a sentence; `who` is what is shown for its `of`, such as a name or a link."""
    return _SENTENCES[why](who)


_SENTENCES: Mapping[Why, Callable[[object], Message]] = {
    "party": lambda who: message("{party} agreed on it with others.", party=who),
    "domain": lambda who: message("It is about something that {holder} has charge of.", holder=who),
    "here": lambda who: message("It holds in {circle}.", circle=who),
    "above": lambda who: message(
        "It comes from {circle}, and holds everywhere below as well.", circle=who
    ),
}


def grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """Things by key, in the order in which they come."""
    found: dict[str, list[T]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return {key: tuple(things) for key, things in found.items()}
