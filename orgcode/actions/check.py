"""Check the organisation of a repository."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import read_org
from orgcode.checking.check import check as check_org
from orgcode.model.finding import Finding


def check(
    directory: Path,
    today: date,
    *,
    at: str | None = None,
    staged: bool = False,
    progress: Progress = silent,
) -> tuple[Finding, ...]:
    """Everything found in the files as they are, as staged, or at a revision."""
    return check_org(read_org(directory, today, at=at, staged=staged, progress=progress))
