"""Ensure that every circle that is named has a file in `circles/`.

A circle is named by the id of its file: `kitchen` stands for `circles/kitchen.yaml`. A role or
policy in a circle that is not there belongs nowhere: nobody decides about it, and no page of the
handbook shows it. Correct the id, or add the circle; a circle that is over keeps its file, with
`ended`.

Wrong:

    # roles/cook.yaml
    name: Cook
    circle: huose  # <-- here
    purpose: Meals

Right:

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.naming import circles_named
from orgcode.checking.rule import Group
from orgcode.checking.spelling import Spelling
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"


def check(org: Org) -> Iterator[Problem]:
    """Name the circles that have no file."""
    spelling = Spelling(org.known.get("circle", ()))
    for path, pointer, id in circles_named(org):
        if not org.is_known("circle", id):
            yield Problem(
                path=path,
                pointer=pointer,
                cause=message("There is no circle with the id “{id}”.", id=id),
                way_out=spelling.way_out(
                    id, message("Correct the id, or add the file circles/{id}.yaml.", id=id)
                ),
            )
