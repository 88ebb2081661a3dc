"""Show one thing of an organisation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from orgcode.actions.addressing import Addressed, find_thing
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import read_org
from orgcode.model.org import Org


class Shown(NamedTuple):
    """A thing and the organisation that it is part of."""

    found: Addressed
    org: Org


def show(
    directory: Path,
    today: date,
    thing: str,
    *,
    at: str | None = None,
    progress: Progress = silent,
) -> Shown:
    """The thing at an address; raises `OrgcodeError` where there is none."""
    org = read_org(directory, today, at=at, progress=progress)
    return Shown(find_thing(org, thing), org)
