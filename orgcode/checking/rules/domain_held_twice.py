"""Ensure that a domain is held in one place.

Whoever holds a domain decides about it without asking. Two roles of a circle that both hold the
money would each decide about it alone. Leave the domain with one of them, or divide it in words.
A circle may pass its domain on to one of its roles. Within one circle or role an `id` of a domain
stands for one domain only.

Wrong:

    # roles/treasurer.yaml
    name: Treasurer
    circle: house
    domains: [The money]  # <-- here

    # roles/buyer.yaml
    name: Buyer
    circle: house
    domains: [the money]

Right:

    # roles/treasurer.yaml
    name: Treasurer
    circle: house
    domains: [The money in the bank]

    # roles/buyer.yaml
    name: Buyer
    circle: house
    domains: [The petty cash]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.model.alike import domain_keys
from orgcode.model.entities import Circle, Role
from orgcode.model.facts import identify
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import many, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("circle", "role")


def check(org: Org, thing: Circle | Role) -> Iterator[Problem]:
    """Compare the domains of a thing with those held beside it, and with each other."""
    if thing.ended is not None:
        return
    ids: set[str] = set()
    here: set[str] = set()
    for place, domain in enumerate(thing.domains):
        keys = domain_keys(thing, domain)
        other = _other(org, thing, keys, here)
        here.update(keys)
        if other is not None:
            yield Problem(
                path=thing.path,
                pointer=("domains", place),
                cause=message(
                    "“{other}” holds this {domain} as well.", domain=one("domain"), other=other
                ),
                way_out=message("Leave it with one of them, or divide it in words."),
            )
        if domain.id is None:
            continue
        if domain.id in ids:
            yield Problem(
                path=thing.path,
                pointer=("domains", place, "id"),
                cause=message(
                    "The id “{id}” stands here for two {domains}.",
                    domains=many("domain"),
                    id=domain.id,
                ),
                way_out=message("Give one of them another id."),
            )
        ids.add(domain.id)


def _other(org: Org, thing: Circle | Role, keys: tuple[str, ...], here: set[str]) -> str | None:
    """The id of the first that holds a domain, where it comes earlier, or is this thing itself."""
    for key in keys:
        if key in here:
            return thing.id
        held = org.beside("domain", key, thing.path)
        if len(held) > 1 and held[0][0] < thing.path and (first := identify(held[0][0])):
            return first.id
    return None
