"""Which things name a circle, role or person, so that a change of it concerns them too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from orgcode.model.entities import Policy, Role, Tension, Thing

if TYPE_CHECKING:
    from orgcode.model.org import Org


def referrers_of(org: Org, named: str) -> tuple[Thing, ...]:
    """Live things that name `circle:<id>`, `role:<id>` or `person:<id>`.

    Only what a thing says it works with, serves, consults or is about counts; that a role is in a
    circle, or somebody holds it, is asked of `Org` directly.
    """
    found = {thing.path: thing for thing in _naming(org, named) if _counts(org, thing)}
    return tuple(found.values())


def party(reference: str) -> str:
    """A party (`sara`, `circle:keuken`, `role:kok`) with its kind always written out."""
    return reference if ":" in reference else f"person:{reference}"


def domain_holder(org: Org, reference: str) -> str:
    """The circle or role of a domain (`keuken#voorraad`), with its kind written out."""
    holder = reference.partition("#")[0]
    return f"circle:{holder}" if holder in org.circles else f"role:{holder}"


def _naming(org: Org, named: str) -> Iterator[Thing]:
    kind, _, id = named.partition(":")
    written = id if kind == "person" else named
    if kind == "circle":
        yield from org.under("circle.serves", id)
    roles = [*org.under("role.consult", written)]
    if kind == "circle":
        roles += org.under("role.serves", id)
    yield from sorted(roles, key=lambda role: role.path)
    for policy in org.under("policy.domain", id):
        if isinstance(policy, Policy) and domain_holder(org, policy.domain or "") == named:
            yield policy
    yield from org.under("agreement.between", written)
    if kind == "role":
        yield from org.under("objective.owner", id)
        yield from org.under("tension.role", id)
    elif kind == "person":
        yield from org.under("tension.sensed_by", id)


def _counts(org: Org, thing: Thing) -> bool:
    """Whether a thing is not over."""
    match thing:
        case Role():
            circle = org.circles.get(thing.circle)
            return thing.is_live(org.today) and (circle is None or circle.is_live(org.today))
        case Tension():
            return thing.closed is None and thing.is_live(org.today)
    return thing.is_live(org.today)
