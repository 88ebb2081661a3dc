"""Ensure that every objective that is named has a file in `objectives/`.

An objective may be part of a larger one, its `parent`. Where that is not there, nobody can see
what it contributes to. Correct the id, or add the objective.

Wrong:

    # objectives/garden.yaml
    title: A garden that feeds us
    circle: house
    parent: self-sufficiency  # <-- here

Right:

    # objectives/garden.yaml
    title: A garden that feeds us
    circle: house
    parent: self-sufficiency

    # objectives/self-sufficiency.yaml
    title: Make what we need
    circle: house
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import spelling
from orgcode.model.entities import Objective
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("objective",)


def check(org: Org, objective: Objective) -> Iterator[Problem]:
    """Look for the file of the objective of which it is a part."""
    id = objective.parent
    if id and not org.is_known("objective", id):
        yield Problem(
            path=objective.path,
            pointer=("parent",),
            cause=message("There is no {what} with the id “{id}”.", what=one("objective"), id=id),
            way_out=spelling(org, "objective").way_out(
                id, message("Correct the id, or add the file objectives/{id}.yaml.", id=id)
            ),
        )
