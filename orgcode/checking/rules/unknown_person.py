"""Ensure that everyone who is named has a file in `people/`.

A person is named by the id of their file: `sara` stands for `people/sara.yaml`. Whoever has no
file cannot hold a role, respond to a proposal or be found in the handbook. Correct the id, or add
the person's file; somebody who left keeps their file, with `ended`.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders: [sarah]  # <-- here

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders: [sara]
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.naming import path_of, people_named
from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import spelling
from orgcode.model.entities import Response, Thing
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("circle", "role", "agreement", "tension", "proposal", "response")


def check(org: Org, thing: Thing | tuple[Response, ...]) -> Iterator[Problem]:
    """Name those who have no file."""
    for pointer, id in people_named(thing):
        if id and id not in org.people and not org.is_known("person", id):
            yield Problem(
                path=path_of(thing),
                pointer=pointer,
                cause=message("There is no person with the id “{id}”.", id=id),
                way_out=spelling(org, "person").way_out(
                    id, message("Correct the id, or add the file people/{id}.yaml.", id=id)
                ),
            )
