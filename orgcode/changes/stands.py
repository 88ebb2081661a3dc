"""In which circle a change stands: there its rule is looked up and its electorate counted."""

from __future__ import annotations

from orgcode.model.effect import ANCHORED, top
from orgcode.model.entities import (
    Agreement,
    Circle,
    Objective,
    Person,
    Policy,
    Role,
    Tension,
    Thing,
)
from orgcode.model.org import Org

ESSENCE = frozenset({"purpose", "parent", "domains", "kind", "ended"})
"""The fields that say what a circle is: they stand in its parent."""


def stands_in(org: Org, kind: str, thing: Thing) -> str:
    """The circle in which a change of that kind of that thing stands.

    For a circle, `circle` means what it is; its other fields: `field_stands_in`.
    """
    if top(kind) in ANCHORED:
        return _anchor(org)
    match thing:
        case Circle():
            return parent_of(org, thing) if top(kind) == "circle" else _known(org, thing.id)
        case Role(core=core) if core is not None and core.stands_in == "parent":
            circle = org.circles.get(thing.circle)
            return parent_of(org, circle) if circle else _anchor(org)
        case Role() | Policy() | Agreement() | Objective():
            return _known(org, thing.circle)
        case Tension(role=role) if role is not None and role in org.every_role:
            return _known(org, org.every_role[role].circle)
    return _anchor(org)


def field_stands_in(org: Org, circle: Circle, field: str, core_role: str | None = None) -> str:
    """The circle in which a change of one field of a circle stands."""
    if field == "decision_rules":
        return _anchor(org)
    core = org.core_role_kinds.get(core_role) if core_role else None
    if field in ESSENCE or (core is not None and core.stands_in == "parent"):
        return parent_of(org, circle)
    return _known(org, circle.id)


def parent_of(org: Org, circle: Circle) -> str:
    """The circle above; the anchor where there is none, for itself too."""
    if circle.id == org.anchor or not circle.parent:
        return _anchor(org)
    return _known(org, circle.parent)


def fields_of(org: Org, thing: Thing) -> dict[str, str]:
    """The fields of a thing that the `where` of a rule may ask for."""
    fields: dict[str, str] = {}
    match thing:
        case Circle():
            fields = {"kind": thing.kind or org.ruleset.default_circle_kind, "circle": thing.id}
        case Role(core=core):
            fields = {"circle": thing.circle}
            if core is not None:
                fields["core_role"] = core.id
        case Policy() | Agreement():
            fields = {"circle": thing.circle}
            if thing.kind:
                fields["kind"] = thing.kind
        case Objective():
            fields = {"circle": thing.circle}
        case Tension(role=role) if role is not None and role in org.every_role:
            fields = {"circle": org.every_role[role].circle}
        case Person(membership=membership) if membership:
            fields = {"membership": membership}
    return fields


def _anchor(org: Org) -> str:
    return org.anchor or ""


def _known(org: Org, circle_id: str) -> str:
    return circle_id if circle_id in org.circles else _anchor(org)
