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

from orgcode.checking.naming import people_named
from orgcode.checking.rule import Group
from orgcode.checking.spelling import Spelling
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"


def check(org: Org) -> Iterator[Problem]:
    """Name those who have no file."""
    spelling = Spelling(org.known.get("person", ()))
    for path, pointer, id in people_named(org):
        if not org.is_known("person", id):
            yield Problem(
                path=path,
                pointer=pointer,
                cause=message("There is no person with the id “{id}”.", id=id),
                way_out=spelling.way_out(
                    id, message("Correct the id, or add the file people/{id}.yaml.", id=id)
                ),
            )
