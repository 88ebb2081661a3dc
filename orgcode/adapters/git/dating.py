"""Which commit of a main line stood on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pygit2

from orgcode.adapters.git.objects import GIT_FAILURES, damaged_object
from orgcode.model.errors import OrgcodeError
from orgcode.model.history import moment_of
from orgcode.model.message import message


def last_step(git: pygit2.Repository, tip: pygit2.Commit, day: date) -> pygit2.Commit:
    """The last step of the main line that leads to `tip`, in the order of that line, committed by
    the end of a day (UTC). Clocks may be wrong: the order of the line says what came last.

    Raises `OrgcodeError` where the line begins later, or is cut off before it gets there.
    """
    first = tip
    for step in _line(git, tip):
        if step.commit_time < _end(day):
            return step
        first = step
    began = moment_of(first.commit_time).date()
    if git.is_shallow:
        raise OrgcodeError(
            message(
                "This clone of the repository is shallow: it knows nothing from before {began}.",
                began=began,
            ),
            message("Fetch the rest with 'git fetch --unshallow', or choose a later day."),
        )
    raise OrgcodeError(
        message(
            "On {day} there was nothing yet: the history begins on {began}.", day=day, began=began
        ),
        message("Choose a later day."),
    )


def _line(git: pygit2.Repository, tip: pygit2.Commit) -> Iterator[pygit2.Commit]:
    """The steps of the main line, the latest first."""
    here = tip
    while True:
        yield here
        if not here.parent_ids:
            return
        try:
            here = git[here.parent_ids[0]].peel(pygit2.Commit)
        except GIT_FAILURES as error:
            raise damaged_object(str(here.parent_ids[0])) from error


def _end(day: date) -> float:
    try:
        return datetime.combine(day + timedelta(days=1), time(), UTC).timestamp()
    except OverflowError:
        return float("inf")
