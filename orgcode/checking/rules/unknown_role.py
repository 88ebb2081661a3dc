"""Ensure that every role that is named exists.

A role is named by the id of its file: `cook` stands for `roles/cook.yaml`. A core role, which a
circle has because of its kind, is named by circle and core role: `house/facilitator`. Correct the
id, or add the role; a role that is over keeps its file, with `ended`.

Wrong:

    # objectives/garden.yaml
    title: A garden that feeds us
    circle: house
    owner: gardner  # <-- here

    # roles/gardener.yaml
    name: Gardener
    circle: house
    purpose: Vegetables

    # tensions/noise.yaml
    title: Meetings take too long
    sensed_by: sara
    role: house/facilitater  # <-- here

Right:

    # objectives/garden.yaml
    title: A garden that feeds us
    circle: house
    owner: gardener

    # roles/gardener.yaml
    name: Gardener
    circle: house
    purpose: Vegetables

    # tensions/noise.yaml
    title: Meetings take too long
    sensed_by: sara
    role: house/facilitator
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.naming import Content, path_of, roles_named
from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import Spelling, spelling
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, many, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = (
    "organisation",
    "circle",
    "role",
    "agreement",
    "objective",
    "tension",
    "proposal",
    "response",
)


def check(org: Org, thing: Content) -> Iterator[Problem]:
    """Name the roles that are not there."""
    for pointer, id in roles_named(thing):
        if thing and id and not org.is_known_role(id):
            yield Problem(
                path=path_of(thing),
                pointer=pointer,
                cause=message("There is no {what} with the id “{id}”.", what=one("role"), id=id),
                way_out=_way_out(org, id),
            )


def _way_out(org: Org, id: str) -> Message:
    circle, slash, core = id.partition("/")
    if not slash:
        return spelling(org, "role").way_out(
            id, message("Correct the id, or add the file roles/{id}.yaml.", id=id)
        )
    if not org.is_known("circle", circle):
        circle = spelling(org, "circle").nearest(circle) or circle
    return Spelling([role.id for role in org.core_roles_in.get(circle, ())]).way_out(
        f"{circle}/{core}",
        message(
            "Write the id of {circle:a}, a slash, and one of the {roles} it has.",
            circle=one("circle"),
            roles=many("core_role"),
        ),
    )
