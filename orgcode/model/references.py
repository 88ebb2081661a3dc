"""Which things name a circle, role or person, so that a change of it concerns them too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from orgcode.model.entities import Thing

if TYPE_CHECKING:
    from orgcode.model.org import Org


def find_referrers(org: Org) -> Mapping[str, tuple[Thing, ...]]:
    """Live things by what they name: `circle:<id>`, `role:<id>` or `person:<id>`.

    Only what a thing says it works with, serves, consults or is about counts; that a role is in a
    circle, or somebody holds it, is asked of `Org` directly.
    """
    found: dict[str, list[Thing]] = defaultdict(list)
    for thing, named in _named(org):
        if not found[named] or found[named][-1] is not thing:
            found[named].append(thing)
    return {named: tuple(things) for named, things in found.items()}


def party(reference: str) -> str:
    """A party (`sara`, `circle:keuken`, `role:kok`) with its kind always written out."""
    return reference if ":" in reference else f"person:{reference}"


def domain_holder(org: Org, reference: str) -> str:
    """The circle or role of a domain (`keuken#voorraad`), with its kind written out."""
    holder = reference.partition("#")[0]
    return f"circle:{holder}" if holder in org.circles else f"role:{holder}"


def _named(org: Org) -> Iterator[tuple[Thing, str]]:
    for circle in org.live_circles():
        yield from ((circle, f"circle:{id}") for id in circle.serves)
    for role in org.live_roles():
        yield from ((role, party(reference)) for reference in role.consult)
        yield from ((role, f"circle:{id}") for id in role.serves)
    for policy in org.policies.values():
        if policy.domain and policy.is_live(org.today):
            yield policy, domain_holder(org, policy.domain)
    for agreement in org.agreements.values():
        if agreement.is_live(org.today):
            yield from ((agreement, party(reference)) for reference in agreement.between)
    for objective in org.objectives.values():
        if objective.owner and objective.is_live(org.today):
            yield objective, f"role:{objective.owner}"
    for tension in org.tensions.values():
        if tension.closed is None and tension.is_live(org.today):
            yield tension, f"person:{tension.sensed_by}"
            if tension.role:
                yield tension, f"role:{tension.role}"
