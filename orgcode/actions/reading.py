"""Read the organisation of a repository: as its files are, as staged, or at a revision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orgcode.actions.progress import Progress, WatchedSnapshot, silent
from orgcode.adapters.git.repository import find
from orgcode.documents.loading import load
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import Snapshot


def read_org(
    directory: Path,
    today: date,
    *,
    at: str | None = None,
    staged: bool = False,
    progress: Progress = silent,
) -> Org:
    """The organisation in whose repository `directory` lies.

    Raises `OrgcodeError` where there is no repository, or no organisation in it.
    """
    repository = find(directory)
    snapshot: Snapshot
    if at is not None:
        snapshot = repository.commit(at)
    else:
        snapshot = repository.index() if staged else repository.working_tree()
    org = load(WatchedSnapshot(snapshot, progress), today)
    if not org.files:
        raise OrgcodeError(
            message("There is no org.yaml here, nor any other file of an organisation."),
            message("Name the folder of an organisation with -C, or make one with 'orgcode init'."),
        )
    return org
