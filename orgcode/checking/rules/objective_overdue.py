"""Ensure that an objective whose period is over says what came of it.

After the last day that `ends_on` names, an objective is either `achieved` or `dropped`. Saying so
keeps the list of what the circle works on true, and makes room to learn from what was not reached.

Wrong:

    # objectives/herb-garden.yaml
    title: Herbs from our own garden
    circle: house
    ends_on: 2027-02-28  # <-- here

Right:

    # objectives/herb-garden.yaml
    title: Herbs from our own garden
    circle: house
    ends_on: 2027-02-28
    result: achieved
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Objective
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "time"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("objective",)


def check(org: Org, objective: Objective) -> Iterator[Problem]:
    """Look for a result when the period is over."""
    if objective.ends_on is None or objective.ends_on >= org.today:
        return
    if objective.result is not None or not objective.is_live(org.today):
        return
    if not is_whole(org, objective.path):
        return
    yield Problem(
        path=objective.path,
        pointer=("ends_on",),
        cause=message(
            "“{title}” ended on {day}, and does not say what came of it.",
            title=objective.title,
            day=objective.ends_on,
        ),
        way_out=message(
            "Write `result: achieved` or `result: dropped`, or move `ends_on` if the {circle}"
            " agrees to go on.",
            circle=one("circle"),
        ),
    )
