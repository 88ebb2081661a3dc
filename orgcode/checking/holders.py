"""Who is named as holder or member, and which seats of a role are open."""

from __future__ import annotations

from datetime import date

from orgcode.checking.flaws import is_whole
from orgcode.model.entities import Circle, Holding, Role, Text
from orgcode.model.message import Message, message
from orgcode.model.org import Org


def holdings_of(thing: Circle | Role) -> tuple[Holding, ...]:
    """The holders of a role, or those whom a circle lists as its own members."""
    return thing.members if isinstance(thing, Circle) else thing.holders


def over_on(org: Org, thing: Circle | Role) -> date | None:
    """The first day on which a circle, or a role and its circle, no longer is; None: no such."""
    around = None if isinstance(thing, Circle) else org.circles.get(thing.circle)
    return min((each.ended.on for each in (thing, around) if each and each.ended), default=None)


def is_live(org: Org, role: Role) -> bool:
    """Whether neither a role nor its circle is over today."""
    if not role.is_live(org.today):
        return False
    circle = org.circles.get(role.circle)
    return circle is None or circle.is_live(org.today)


def called(org: Org, thing: Circle | Role) -> Text | Message:
    """What a thing is called; a core role with its circle, since every circle has one."""
    if isinstance(thing, Circle) or thing.core is None:
        return thing.name
    circle = org.circles.get(thing.circle)
    if circle is None:
        return thing.name
    return message("{role} of {circle}", role=thing.name, circle=circle.name)


def person_name(org: Org, id: str) -> str:
    """The name of a person, or the id where no file says it."""
    person = org.people.get(id)
    return person.name if person else id


def open_seats(org: Org, role: Role) -> int:
    """How many seats nobody holds today, as far as can be told.

    A holder whose own file cannot be read is taken to hold, and a role whose file has flaws to be
    filled: those files have findings of their own.
    """
    taken = 0
    for holding in role.holders:
        if holding.state(org.today) == "current" and _may_hold(org, holding.person):
            taken += 1
    return role.seats - taken if taken < role.seats and is_whole(org, role.path) else 0


def lapsed(org: Org, role: Role) -> tuple[Holding, ...]:
    """For the open seats of a role: the last holders whose term ended, and who are still here."""
    past = [
        holding
        for holding in role.holders
        if holding.until is not None
        and holding.state(org.today) == "past"
        and _may_hold(org, holding.person)
    ]
    if not past:
        return ()
    past.sort(key=lambda holding: holding.until or date.min, reverse=True)
    return tuple(past[: open_seats(org, role)])


def _may_hold(org: Org, id: str) -> bool:
    person = org.people.get(id)
    return person is None or person.is_active(org.today)
