"""Show one thing of an organisation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from orgcode.actions.addressing import Addressed, find_thing
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import read_org
from orgcode.adapters.git.repository import find
from orgcode.model.entities import Proposal
from orgcode.model.org import Org


class Shown(NamedTuple):
    """A thing and the organisation that it is part of."""

    found: Addressed
    org: Org
    is_adopted: bool
    """Whether it is a proposal that has become part of the organisation."""


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
    found = find_thing(org, thing)
    return Shown(found, org, _is_adopted(directory, found))


def _is_adopted(directory: Path, found: Addressed) -> bool:
    if not isinstance(found.thing, Proposal) or found.thing.outcome is not None:
        return False
    from orgcode.actions.open_proposals import record_at  # only here: slow to import
    from orgcode.actions.target import target_ref

    repository = find(directory)
    tip = repository.branches.tip(target_ref(repository))
    record = record_at(repository, tip, found.thing.id) if tip is not None else {}
    return bool(record) and record.get("outcome") is None
