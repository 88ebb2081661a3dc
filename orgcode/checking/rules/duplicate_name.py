"""Ensure that no two things of a circle have the same name.

When a circle has two roles called Cook, nobody knows which of them is meant in a conversation, a
policy or a proposal. The same goes for two of its sub-circles, or two of its policies. Give one of
them another name; their ids stay. If it is one role that several people hold, keep one file and
write them all under `holders`.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals

    # roles/second-cook.yaml
    name: Cook  # <-- here
    circle: house
    purpose: Meals

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    seats: 2
    holders: [sara, omar]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgcode.checking.rule import Group
from orgcode.model.entities import Text, Thing
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"


class _Called(NamedTuple):
    kind: str
    circle: str | None
    name: Text
    key: str
    thing: Thing


def check(org: Org) -> Iterator[Problem]:
    """Compare the names of what stands in the same circle."""
    seen: dict[tuple[str, str, str], _Called] = {}
    for called in _names(org):
        if called.thing.ended or not called.circle:
            continue
        for words, pointer in _each(called.name, (called.key,)):
            other = seen.setdefault((called.kind, called.circle, words), called)
            if other is not called:
                yield Problem(
                    path=called.thing.path,
                    pointer=pointer,
                    cause=message(
                        "“{other}” in the same circle is called {name} as well.",
                        name=words,
                        other=other.thing.id,
                    ),
                    way_out=message("Give one of the two another name; the ids stay."),
                )
                break


def _each(name: Text, pointer: Pointer) -> Iterator[tuple[str, Pointer]]:
    if isinstance(name, str):
        yield " ".join(name.split()), pointer
    else:
        for language, words in name.items():
            yield " ".join(words.split()), (*pointer, language)


def _names(org: Org) -> Iterator[_Called]:
    for role in org.every_role.values():
        if role.core is not None:
            yield _Called("role", role.circle, role.name, "name", role)
    for role in org.roles.values():
        yield _Called("role", role.circle, role.name, "name", role)
    for circle in org.circles.values():
        yield _Called("circle", circle.parent, circle.name, "name", circle)
    for policy in org.policies.values():
        yield _Called("policy", policy.circle, policy.title, "title", policy)
