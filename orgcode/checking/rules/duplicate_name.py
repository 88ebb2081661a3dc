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

from collections.abc import Iterator, Mapping

from orgcode.checking.rule import Group, Subject
from orgcode.checking.things import thing_at
from orgcode.model.alike import Name, names_beside
from orgcode.model.entities import Circle, Policy, Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "structure"
FOR: tuple[Subject, ...] = ("circle", "role", "policy")

_COMPARED = 20
"""With how many names that look alike one is compared; more of them have findings anyway."""


def check(org: Org, thing: Circle | Role | Policy) -> Iterator[Problem]:
    """Compare the name of a thing with those of its kind in the same circle."""
    for name in names_beside(thing):
        other = _core_role(org, thing, name) or _earlier(org, thing, name)
        if other is not None:
            yield Problem(
                path=thing.path,
                pointer=name.pointer,
                cause=message(
                    "“{other}” in the same {circle} is called {name} as well.",
                    circle=one("circle"),
                    name=name.words,
                    other=other,
                ),
                way_out=message("Give one of the two another name; the ids stay."),
            )
            return


def _earlier(org: Org, thing: Circle | Role | Policy, name: Name) -> str | None:
    """The id of the first thing of that kind with the same name, where it comes earlier."""
    alike = org.beside("beside", name.keys[0], thing.path)
    for path, _ in alike[:_COMPARED] if len(alike) > 1 else ():
        if path >= thing.path:
            return None
        other = thing_at(org, path)
        if other is None or type(other) is not type(thing):
            continue
        if any(theirs.words == name.words for theirs in names_beside(other)):
            return other.id
    return None


def _core_role(org: Org, thing: Circle | Role | Policy, name: Name) -> str | None:
    """The id of a core role of the circle with the same name as a role."""
    if not isinstance(thing, Role):
        return None
    called = org.kept("core roles by name", lambda: _by_name(org)).get(name.words)
    if called is None:
        return None
    roles = org.core_roles_in.get(thing.circle, ())
    return next((role.id for role in roles if role.core and role.core.id in called), None)


def _by_name(org: Org) -> Mapping[str, frozenset[str]]:
    """The core roles that there are, by name in any language."""
    found: dict[str, frozenset[str]] = {}
    for core in org.core_role_kinds.values():
        for words in (core.name,) if isinstance(core.name, str) else core.name.values():
            plain = " ".join(words.split())
            found[plain] = found.get(plain, frozenset()) | {core.id}
    return found
