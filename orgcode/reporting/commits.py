"""Commits, in words and as data."""

from __future__ import annotations

from datetime import datetime

from orgcode.model.history import Recorded
from orgcode.model.message import Message, message

_SHORT = 8


def recorded_as_data(recorded: Recorded) -> dict[str, object]:
    """A commit: `commit`, `at` (a moment, UTC), `author`, `email`, `subject`."""
    return {
        "commit": recorded.id,
        "at": moment(recorded.at),
        "author": recorded.author,
        "email": recorded.email,
        "subject": recorded.subject,
    }


def moment(at: datetime) -> str:
    """A moment as it is written for programs."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at.year > 999 else at.isoformat()


def commit_in_words(recorded: Recorded) -> Message:
    """Who made a commit, and what they wrote about it."""
    return message(
        "{author}: {subject} ({commit})",
        author=recorded.author,
        subject=recorded.subject,
        commit=recorded.id[:_SHORT],
    )
