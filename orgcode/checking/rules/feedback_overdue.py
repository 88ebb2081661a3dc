"""Ensure that people who agreed to give each other feedback do so as often as they agreed.

An agreement of the kind `feedback` says between whom and how often. Under `last_held_on` stands
that it took place and when, never what was said. The time counts from then; before the first
time, from the day of the agreement.

Wrong:

    # agreements/sara-and-omar.yaml
    title: Sara and Omar tell each other how it goes
    kind: feedback
    circle: house
    between: [sara, omar]
    every: 3 months
    last_held_on: 2026-11-28  # <-- here

Right:

    # agreements/sara-and-omar.yaml
    title: Sara and Omar tell each other how it goes
    kind: feedback
    circle: house
    between: [sara, omar]
    every: 3 months
    last_held_on: 2026-12-01
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Agreement
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.span import later

SEVERITY: Severity = "notice"
GROUP: Group = "time"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = ("agreement",)


def check(org: Org, agreement: Agreement) -> Iterator[Problem]:
    """Look at the day on which feedback should have taken place."""
    if agreement.kind != "feedback" or not agreement.is_live(org.today):
        return
    last = agreement.last_held_on or agreement.agreed_on
    if last is None or agreement.every is None or not is_whole(org, agreement.path):
        return
    due = later(last, agreement.every)
    if due < org.today:
        yield Problem(
            path=agreement.path,
            pointer=("last_held_on",) if agreement.last_held_on else ("every",),
            cause=message(
                "The feedback of “{title}” was due on {day}.", title=agreement.title, day=due
            ),
            way_out=message(
                "Make an appointment, and write afterwards under `last_held_on` when it was;"
                " or agree on another `every`."
            ),
        )
