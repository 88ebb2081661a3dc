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

from orgcode.checking.rule import Group
from orgcode.model.entities import Circle, Role, Text
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"


def check(org: Org) -> Iterator[Problem]:
    """Compare the domains of the roles and sub-circles of each circle."""
    held: dict[tuple[str | None, str], Circle | Role] = {}
    for thing in _holders(org):
        scope = thing.parent if isinstance(thing, Circle) else thing.circle
        ids: set[str] = set()
        for place, domain in enumerate(thing.domains):
            other = next(
                (h for words in _words(domain.text) if (h := held.get((scope, words)))), None
            )
            held |= {(scope, words): thing for words in _words(domain.text)}
            if other is not None:
                yield Problem(
                    path=thing.path,
                    pointer=("domains", place),
                    cause=message("“{other}” holds this domain as well.", other=other.id),
                    way_out=message("Leave it with one of them, or divide it in words."),
                )
            if domain.id in ids:
                yield Problem(
                    path=thing.path,
                    pointer=("domains", place, "id"),
                    cause=message("The id “{id}” stands here for two domains.", id=domain.id),
                    way_out=message("Give one of them another id."),
                )
            ids |= {domain.id} if domain.id else set()


def _holders(org: Org) -> Iterator[Circle | Role]:
    things: tuple[Circle | Role, ...] = (*org.circles.values(), *org.roles.values())
    return (thing for thing in things if thing.ended is None and thing.domains)


def _words(text: Text) -> Iterator[str]:
    for words in (text,) if isinstance(text, str) else text.values():
        if plain := " ".join(words.casefold().split()).rstrip("."):
            yield plain
