"""The demo organisation as the table of edits sees it: on one day, in Dutch first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from orgcode.actions.demo_files import demo_files

DAY = date(2027, 3, 1)


@cache
def demo() -> Mapping[str, bytes]:
    """Its files by path."""
    return demo_files(DAY)
