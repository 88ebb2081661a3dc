"""Ensure that facts are fresh enough to decide by: the context of a circle, and its figures.

Whoever leads a part of the work relies on what the circle says about its situation. What is older
than half a year, or a figure older than a quarter, describes another situation than today's. Look
at it again, and write the new day under `as_of`, even if nothing changed; take away a figure that
nobody keeps any more.

Wrong:

    # circles/house.yaml, continued
    context:
      text: Fourteen people eat here every day.
      as_of: 2026-08-31  # <-- here
    metrics:
      - name: Meals a day
        value: 14
        as_of: 2026-11-30  # <-- here

Right:

    # circles/house.yaml, continued
    context:
      text: Fourteen people eat here every day.
      as_of: 2026-09-02
    metrics:
      - {name: Meals a day, value: 14, as_of: 2026-12-01}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from orgcode.checking.entries import entries
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Circle
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "notice"
GROUP: Group = "time"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("circle",)

CONTEXT_AGE = timedelta(days=180)
"""A circle's situation is looked at twice a year at least."""
METRIC_AGE = timedelta(days=90)
"""Figures are kept at least every quarter, as reports are."""


def check(org: Org, circle: Circle) -> Iterator[Problem]:
    """Look for a context and for figures that are too old."""
    if not circle.is_live(org.today):
        return
    context = circle.context
    if context and context.as_of and org.today - context.as_of > CONTEXT_AGE:
        yield Problem(
            path=circle.path,
            pointer=("context", "as_of"),
            cause=message(
                "The {context} of {circle} is of {day}, more than half a year ago.",
                context=one("context"),
                circle=circle.name,
                day=context.as_of,
            ),
            way_out=message(
                "See whether it still holds, correct it where it does not, and write the day"
                " under `as_of`."
            ),
        )
    if circle.metrics:
        yield from _old_metrics(org, circle)


def _old_metrics(org: Org, circle: Circle) -> Iterator[Problem]:
    for pointer, metric in entries(org.files[circle.path], "metrics", "*"):
        as_of = metric.get("as_of")
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else None
        if day and org.today - day > METRIC_AGE:
            yield Problem(
                path=circle.path,
                pointer=(*pointer, "as_of"),
                cause=message(
                    "The figure “{name}” of {circle} is of {day}, more than a quarter ago.",
                    name=metric.get("name", ""),
                    circle=circle.name,
                    day=day,
                ),
                way_out=message(
                    "Measure it again and write value and day, or take it away if nobody keeps it."
                ),
            )
