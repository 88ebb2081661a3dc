"""Who is named as holder or member, and which seats of a role are open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from orgcode.model.entities import Circle, Holding, Role, Text
from orgcode.model.message import Message, message
from orgcode.model.org import Org


class Holders(NamedTuple):
    """One list of holders of a file: of a role, a core role, or a circle's own members."""

    path: str
    of: Text | Message
    """What they hold or belong to, as a sentence names it."""
    holdings: tuple[Holding, ...]
    over_on: date | None
    """The first day on which that no longer is; None: it is not over."""


def every_list(org: Org) -> Iterator[Holders]:
    """Every list of holders and members, of what is over too."""
    for role in org.every_role.values():
        circle = org.circles.get(role.circle)
        over_on = min((t.ended.on for t in (role, circle) if t and t.ended), default=None)
        yield Holders(role.path, role_name(org, role), role.holders, over_on)
    for circle in org.circles.values():
        over_on = circle.ended.on if circle.ended else None
        yield Holders(circle.path, circle.name, circle.members, over_on)


def role_name(org: Org, role: Role) -> Text | Message:
    """What a role is called; a core role with its circle, since every circle has one."""
    circle: Circle | None = org.circles.get(role.circle)
    if role.core is None or circle is None:
        return role.name
    return message("{role} of {circle}", role=role.name, circle=circle.name)


def person_name(org: Org, id: str) -> str:
    """The name of a person, or the id where no file says it."""
    person = org.people.get(id)
    return person.name if person else id


def open_seats(org: Org, role: Role) -> int:
    """How many seats nobody holds today, as far as can be told.

    A holder whose own file cannot be read is taken to hold, and a role whose file has flaws to be
    filled: those files have findings of their own.
    """
    if not org.files[role.path].is_whole:
        return 0
    taken = sum(h.state(org.today) == "current" and _may_hold(org, h.person) for h in role.holders)
    return max(0, role.seats - taken)


def lapsed(org: Org, role: Role) -> tuple[Holding, ...]:
    """For the open seats of a role: the last holders whose term ended, and who are still here."""
    past = [
        holding
        for holding in role.holders
        if holding.state(org.today) == "past" and _may_hold(org, holding.person)
    ]
    past.sort(key=lambda holding: holding.until or date.min, reverse=True)
    return tuple(past[: open_seats(org, role)])


def _may_hold(org: Org, id: str) -> bool:
    person = org.people.get(id)
    return person is None or person.is_active(org.today)
