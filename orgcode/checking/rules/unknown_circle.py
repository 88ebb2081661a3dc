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
from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import spelling
from orgcode.model.entities import Thing
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = (
    "organisation",
    "circle",
    "role",
    "policy",
    "agreement",
    "objective",
)


def check(org: Org, thing: Thing | None) -> Iterator[Problem]:
    """Name the circles that have no file."""
    for pointer, id in circles_named(thing):
        if thing and id and id not in org.circles and not org.is_known("circle", id):
            yield Problem(
                path=thing.path,
                pointer=pointer,
                cause=message("There is no {what} with the id “{id}”.", what=one("circle"), id=id),
                way_out=spelling(org, "circle").way_out(
                    id, message("Correct the id, or add the file circles/{id}.yaml.", id=id)
                ),
            )
