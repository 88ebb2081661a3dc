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

from orgcode.checking.naming import roles_named
from orgcode.checking.rule import Group
from orgcode.checking.spelling import Spelling
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"


def check(org: Org) -> Iterator[Problem]:
    """Name the roles that are not there."""
    spelling = Spelling({*org.every_role, *org.known.get("role", ())})
    for path, pointer, id in roles_named(org):
        if not org.is_known_role(id):
            yield Problem(
                path=path,
                pointer=pointer,
                cause=message("There is no role with the id “{id}”.", id=id),
                way_out=spelling.way_out(id, _way_out(id)),
            )


def _way_out(id: str) -> Message:
    if "/" in id:
        return message("Write the id of a circle, a slash, and one of the core roles it has.")
    return message("Correct the id, or add the file roles/{id}.yaml.", id=id)
