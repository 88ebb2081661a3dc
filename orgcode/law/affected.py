"""Who is affected by a change of a thing, as far as one state of the organisation tells.

These are the holders of the thing and of what refers to it, the members of its circles (for a
policy also of those below), whoever the change is about, and whom the thing says to consult. What
only a proposal knows (whom it asks, both sides of a move, links in texts) comes on top of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from orgcode.changes.stands import stands_in
from orgcode.model.entities import (
    Agreement,
    Circle,
    Objective,
    Organisation,
    Person,
    Policy,
    Role,
    Tension,
    Text,
    Thing,
)
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org
from orgcode.model.references import party

Reasons = Mapping[str, tuple[Message, ...]]
"""Ids of people, sorted, with why each is among them."""

Group = tuple[Iterable[str], Callable[[], Message]]
"""People, and why they are among them: said only to those who ask."""


def affected(
    org: Org, thing: Thing, subjects: Iterable[str] = (), circle_id: str | None = None
) -> Reasons:
    """Active people whom a change of a thing concerns, with the reasons why.

    `circle_id` is the circle in which the change stands, where that depends on what of it changes.
    """
    reasons = gather(_groups(org, thing, subjects, circle_id))
    return {person: why for person, why in reasons.items() if _is_active(org, person)}


def whom_it_concerns(
    org: Org, thing: Thing, subjects: Iterable[str] = (), circle_id: str | None = None
) -> frozenset[str]:
    """Ids of the people whom a change of a thing concerns, active or not, without the reasons."""
    groups = _groups(org, thing, subjects, circle_id)
    return frozenset[str]().union(*(people for people, _ in groups))


def gather(groups: Iterable[Group]) -> Reasons:
    """Put groups of people together, each person with all their reasons, each once."""
    reasons: dict[str, list[Message]] = {}
    for people, say_why in groups:
        why = say_why()
        for person in people:
            known = reasons.setdefault(person, [])
            if why not in known:
                known.append(why)
    return {person: tuple(reasons[person]) for person in sorted(reasons)}


def members_and_below(org: Org, circle_id: str) -> Iterator[tuple[str, frozenset[str]]]:
    """A circle and all below it, each with its members."""
    waiting = [circle_id]
    seen = {circle_id}
    while waiting:
        here = waiting.pop()
        yield here, org.members(here)
        below = [circle.id for circle in org.live_children(here) if circle.id not in seen]
        seen.update(below)
        waiting.extend(reversed(below))


def people_below(org: Org, circle_id: str) -> frozenset[str]:
    """The members of a circle and of all below it."""
    return org.kept(
        f"law.below:{circle_id}",
        lambda: frozenset[str]().union(*(each for _, each in members_and_below(org, circle_id))),
    )


def member_of(org: Org, circle_id: str) -> Message:
    """The reason of a member of a circle."""
    return message("is {member:a} of {circle}", member=one("member"), circle=_name(org, circle_id))


def holder_of(org: Org, role: Role) -> Message:
    """The reason of a holder of a role."""
    if role.core is not None:
        return message(
            "holds the {role} {name} in {circle}",
            role=one("role"),
            name=role.name,
            circle=_name(org, role.circle),
        )
    return message("holds the {role} {name}", role=one("role"), name=role.name)


def _groups(
    org: Org, thing: Thing, subjects: Iterable[str], circle_id: str | None
) -> Iterator[Group]:
    yield subjects, lambda: message("is the person concerned")
    yield from _holders(org, thing)
    yield from _circles(org, thing, circle_id)
    yield from _consulted(org, thing)
    yield from _referring(org, thing)


def _holders(org: Org, thing: Thing) -> Iterator[Group]:
    """Those who hold a thing, or carry it in another way."""
    match thing:
        case Role():
            yield [h.person for h in org.holders(thing)], partial(holder_of, org, thing)
        case Person():
            yield (thing.id,), lambda: message("is the person concerned")
        case Agreement():
            yield from _parties(org, thing.between, lambda: message("is party to it"))
        case Objective(owner=owner) if owner is not None and owner in org.every_role:
            role = org.every_role[owner]
            yield [h.person for h in org.holders(role)], partial(holder_of, org, role)
        case Tension():
            yield (
                (thing.sensed_by,),
                lambda: message("senses this {tension}", tension=one("tension")),
            )


def _circles(org: Org, thing: Thing, circle_id: str | None) -> Iterator[Group]:
    """The members of the circles in which a thing is, and in which changing it stands."""
    match thing:
        case Organisation():
            yield (
                [person.id for person in org.active_people()],
                lambda: message("takes part in the organisation"),
            )
        case Policy():
            circle = stands_in(org, "policy", thing)
            for id, people in members_and_below(org, circle):
                yield people, partial(member_of, org, id)
        case Circle():
            for id in dict.fromkeys((thing.id, circle_id or stands_in(org, "circle", thing))):
                yield org.members(id), partial(member_of, org, id)
        case Role():
            for id in dict.fromkeys((thing.circle, stands_in(org, "assignment", thing))):
                yield org.members(id), partial(member_of, org, id)
        case Person():
            for id in org.circles_of.get(thing.id, ()):
                yield org.members(id), partial(member_of, org, id)
        case _:
            id = stands_in(org, "agreement", thing)
            yield org.members(id), partial(member_of, org, id)


def _consulted(org: Org, thing: Thing) -> Iterator[Group]:
    if isinstance(thing, Role):
        yield from _parties(org, thing.consult, lambda: message("is to be consulted"))


def _referring(org: Org, thing: Thing) -> Iterator[Group]:
    """Those who hold what refers to a thing."""
    kind = _REFERRED.get(type(thing), "")
    for referrer in org.referrers.get(f"{kind}:{thing.id}", ()):
        why = partial(_referred_by, referrer)
        if isinstance(referrer, Circle):
            yield org.members(referrer.id), why
        for people, _ in _holders(org, referrer):
            yield people, why


def _referred_by(referrer: Thing) -> Message:
    return message("has to do with {thing}, which refers to it", thing=_called(referrer))


_REFERRED = {Circle: "circle", Role: "role", Person: "person"}


def _parties(org: Org, references: Iterable[str], why: Callable[[], Message]) -> Iterator[Group]:
    for reference in references:
        kind, _, id = party(reference).partition(":")
        if kind == "person":
            yield (id,), why
        elif kind == "circle":
            yield org.members(id), why
        elif id in org.every_role:
            yield [h.person for h in org.holders(org.every_role[id])], why


def _called(thing: Thing) -> Text:
    match thing:
        case Circle(name=name) | Role(name=name):
            return name
    title: Text = getattr(thing, "title", thing.id)
    return title


def _name(org: Org, circle_id: str) -> Text:
    circle = org.circles.get(circle_id)
    return circle.name if circle else circle_id


def _is_active(org: Org, person_id: str) -> bool:
    person = org.people.get(person_id)
    return person is not None and person.is_active(org.today)
