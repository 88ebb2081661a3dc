"""In whose name commits are made for a while, whoever sits at the computer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def authored_by(name: str, email: str) -> Iterator[None]:
    """Commits that are made here are by this person."""
    given = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}
    before = {key: os.environ.get(key) for key in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value
