"""Ensure that every core role that is named is one that the circle can have.

Core roles come with the kind of a circle: the ruleset says which, and org.yaml may add some under
`core_roles` and `circle_kinds`. A core role that the kind does not have would be held by somebody
without anybody knowing what it is for. Correct its id, choose another kind, or add the core role
to the kind in org.yaml.

Wrong:

    # circles/house.yaml
    name: House
    core_roles:
      secretery: [sara]  # <-- here

Right:

    # circles/house.yaml
    name: House
    core_roles:
      secretary: [sara]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.naming import core_roles_named
from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import Spelling
from orgcode.model.entities import Circle, Organisation
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import many, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("organisation", "circle")


def check(org: Org, thing: Organisation | Circle | None) -> Iterator[Problem]:
    """Name core roles that nobody defined, and those that the kind of a circle has not."""
    if thing is None or not is_whole(org, "org.yaml"):
        return
    for pointer, id in core_roles_named(thing):
        if id not in org.core_role_kinds:
            yield Problem(
                path=thing.path,
                pointer=pointer,
                on_key=pointer == ("core_roles", id),
                cause=message(
                    "There is no {what} with the id “{id}”.", what=one("core_role"), id=id
                ),
                way_out=Spelling(org.core_role_kinds).way_out(
                    id,
                    message(
                        "The {roles} are: {ids}.",
                        roles=many("core_role"),
                        ids=tuple(sorted(org.core_role_kinds)),
                    ),
                ),
            )
    if isinstance(thing, Circle) and thing.core_roles and is_whole(org, thing.path):
        yield from _not_of_kind(org, thing)


def _not_of_kind(org: Org, circle: Circle) -> Iterator[Problem]:
    kind = org.kind_of(circle)
    for id in circle.core_roles if kind else ():
        if kind and id in org.core_role_kinds and id not in kind.core_roles:
            yield Problem(
                path=circle.path,
                pointer=("core_roles", id),
                on_key=True,
                cause=message(
                    "{circle:A} of the kind “{kind}” has no {role} “{id}”.",
                    circle=one("circle"),
                    role=one("core_role"),
                    kind=kind.id,
                    id=id,
                ),
                way_out=message(
                    "Choose a `kind` that has it, add it to the `core_roles` of this kind in"
                    " org.yaml, or take it out here."
                ),
            )
