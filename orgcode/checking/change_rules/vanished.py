"""Ensure that what is over keeps its file, with `ended`, instead of being deleted.

Decisions, minutes and people's memories refer to what once was. With its file a thing keeps its
page, its history and its id, which then cannot be used again for something else. Put the file
back, and write in it since when it is over and why. What was never in use, such as a file made by
mistake a moment ago, may of course go.

Wrong:

    # roles/cook.yaml, before  # <-- here
    name: Cook
    circle: house
    purpose: Meals

Right:

    # roles/cook.yaml, before
    name: Cook
    circle: house
    purpose: Meals

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    ended: {on: 2027-03-01, because: We order in}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.changes.change import Change
from orgcode.checking.rule import Group, Subject
from orgcode.model.effect import top
from orgcode.model.facts import FOLDER_OF
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "change"
FOR: tuple[Subject, ...] = ("change",)


def check(_: Org, change: Change) -> Iterator[Problem]:
    """Name the files of things that are deleted."""
    for effect in change.effects:
        if effect.narrowing == "removed" and top(effect.kind) in FOLDER_OF:
            yield Problem(
                path=effect.path,
                cause=message("The file {path} has been deleted.", path=effect.path),
                way_out=message(
                    "Put it back, and write in it with `ended` since when it is over, and why."
                ),
            )
