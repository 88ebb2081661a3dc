"""Circles and roles, and what stands in their files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from orgcode.model.entities.deciding import DecisionRule
from orgcode.model.entities.things import Text, Thing
from orgcode.model.finding import Pointer

HoldingState = Literal["planned", "current", "past"]


class Domain(Struct, frozen=True, kw_only=True):
    """What a circle or role alone decides about; with an id, others can refer to it."""

    text: Text
    id: str | None = None


class Holding(Struct, frozen=True, kw_only=True):
    """A person in a role from `since` to `until`, both inclusive (UTC days)."""

    person: str
    since: date | None = None
    until: date | None = None
    focus: Text | None = None
    elected: bool = False
    hours: float | None = None
    pointer: Pointer = ()

    def state(self, day: date) -> HoldingState:
        """Whether the holding is planned, current or past on that day."""
        if self.since is not None and day < self.since:
            return "planned"
        if self.until is not None and day > self.until:
            return "past"
        return "current"


class CircleKind(Struct, frozen=True, kw_only=True):
    """A kind of circle and the core roles that a circle of that kind has."""

    id: str
    name: Text
    plural: Text | None = None
    description: Text | None = None
    core_roles: tuple[str, ...] = ()


class CoreRole(Struct, frozen=True, kw_only=True):
    """A role that circles have because of their kind."""

    id: str
    name: Text
    purpose: Text | None = None
    accountabilities: tuple[Text, ...] = ()
    domains: tuple[Domain, ...] = ()
    optional: bool = False
    term: str | None = None
    """How long one is elected for, as in "1 year"; None: no term."""
    in_parent: bool = False
    """Whether its holders are members of the parent circle too."""
    stands_in: Literal["self", "parent"] = "self"
    """The circle in which filling it is decided."""


class Metric(Struct, frozen=True, kw_only=True):
    """A figure of a circle, as of a day."""

    name: Text
    value: str | float | None = None
    unit: str | None = None
    as_of: date | None = None
    source: str | None = None


class Meeting(Struct, frozen=True, kw_only=True):
    """A meeting that recurs."""

    name: Text
    kind: str | None = None
    every: str | None = None
    day: str | None = None
    time: str | None = None
    link: str | None = None


class Context(Struct, frozen=True, kw_only=True):
    """What a circle knows about its situation, as of a day."""

    text: Text
    as_of: date | None = None


class Former(Struct, frozen=True, kw_only=True):
    """Somebody who was in a circle."""

    person: str
    role: str | None = None
    since: date | None = None
    until: date | None = None


class Link(Struct, frozen=True, kw_only=True):
    """An address elsewhere, with what it is."""

    name: Text
    url: str


class Circle(Thing, frozen=True, kw_only=True):
    """A circle (team, cirkel, kring): people who together serve a purpose."""

    name: Text
    purpose: Text | None = None
    kind: str | None = None
    parent: str | None = None
    context: Context | None = None
    strategy: Text | None = None
    domains: tuple[Domain, ...] = ()
    accountabilities: tuple[Text, ...] = ()
    core_roles: Mapping[str, tuple[Holding, ...]] = field(default_factory=dict)
    members: tuple[Holding, ...] = ()
    former: tuple[Former, ...] = ()
    serves: tuple[str, ...] = ()
    decision_rules: tuple[DecisionRule, ...] = ()
    metrics: tuple[Metric, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    contact: str | None = None
    links: tuple[Link, ...] = ()


class Role(Thing, frozen=True, kw_only=True):
    """A role: a file of its own, or a core role of a circle (then `core` names which).

    A core role has the id `<circle>/<core-role>`, its circle's path, and a pointer into it.
    """

    name: Text
    circle: str
    purpose: Text | None = None
    accountabilities: tuple[Text, ...] = ()
    domains: tuple[Domain, ...] = ()
    holders: tuple[Holding, ...] = ()
    seats: int = 1
    skills: tuple[str, ...] = ()
    consult: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    core: CoreRole | None = None
