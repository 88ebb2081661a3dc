"""Build the handbook of an organisation's repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from orgcode.actions.progress import Progress, WatchedFiles, silent
from orgcode.actions.reading import read_org
from orgcode.adapters.git.repository import find
from orgcode.adapters.site import write_site
from orgcode.checking.check import check
from orgcode.handbook.pages import Handbook, handbook
from orgcode.model.org import Org
from orgcode.model.snapshot import Snapshot, Unreadable
from orgcode.rendering.site import render_site

SITE = "site"
"""The folder in the repository that holds the handbook unless another is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was built: where, how many pages, in which languages, and what check has to say."""

    folder: Path
    first_page: Path
    pages: int
    languages: tuple[str, ...]
    errors: int
    warnings: int


def build(
    directory: Path,
    today: date,
    *,
    at: str | None = None,
    output: Path | None = None,
    progress: Progress = silent,
) -> Built:
    """Write the handbook of the files as they are, or of a revision.

    What is sound is built, errors elsewhere or not: a handbook that lacks a page is worth more
    than none. How many errors there are is told.
    """
    root = find(directory).root
    org = read_org(directory, today, at=at, progress=progress)
    folder = (root / SITE) if output is None else output
    made = handbook(org)
    files = site_files(org, made)
    write_site(folder, WatchedFiles(files, progress), protected=(root,))
    findings = check(org)
    return Built(
        folder=folder,
        first_page=folder / "index.html",
        pages=sum(path.endswith(".html") for path in files),
        languages=tuple(made.editions),
        errors=sum(finding.severity == "error" for finding in findings),
        warnings=sum(finding.severity == "warning" for finding in findings),
    )


def site_files(org: Org, made: Handbook | None = None) -> Mapping[str, bytes]:
    """All files of the handbook, each made when it is asked for."""
    made = made or handbook(org)
    assets: dict[str, Callable[[], bytes]] = {
        path: partial(_content, org.snapshot, path) for path in made.assets
    }
    return render_site(made.editions, assets, made.accent)


def _content(snapshot: Snapshot, path: str) -> bytes:
    content = snapshot.read(path)
    return b"" if isinstance(content, Unreadable) else content
