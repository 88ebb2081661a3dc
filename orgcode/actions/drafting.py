"""Find out what there is to propose, and by whom. Nothing is written yet, so that somebody may be
asked for what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from orgcode.actions.open_proposals import PREFIX
from orgcode.actions.progress import Progress, silent
from orgcode.actions.speaking import Signing, Speaker, speaker
from orgcode.actions.target import Target, target_of
from orgcode.actions.uncommitted import Files, below_root, limited, uncommitted
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.git.result import Result, result_of
from orgcode.documents.facts import read_facts
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.message import many, message, one


class Draft(Struct, frozen=True, kw_only=True):
    """A change that may be proposed, of which nothing is written yet."""

    repository: Repository
    target: Target
    base: str
    """The state of the target on which it was made."""
    files: Files
    speaker: Speaker
    written: Mapping[str, Any] = field(default_factory=dict)
    """What somebody has written of the record already."""
    id: str | None = None
    """The id under which it was written."""


def draft(
    directory: Path,
    now: datetime,
    *,
    paths: Sequence[str] = (),
    branch: str | None = None,
    person: str | None = None,
    sign: Signing = True,
    target: str | None = None,
    progress: Progress = silent,
) -> Draft:
    """What there is to propose: what is not committed yet, or what a branch changes. Raises
    `OrgcodeError` where there is nothing, or nobody known to propose it.
    """
    aim = target_of(directory, now.date(), target, progress)
    repository = aim.repository
    tops = below_root(repository, directory, paths)
    if branch is None:
        base = _standing_on(repository, aim)
        files: Files = dict(uncommitted(repository, base, now.date(), tops, progress))
    else:
        head = repository.id_of(branch)
        result = result_of(repository.commits, aim.tip, head)
        base = result.base
        refuse_conflicts(result, aim)
        files = {
            path: result.unlike[path].after
            for path in limited(result.paths, below_root(repository, directory, paths))
        }
    id, record = _written(files)
    files = {path: new for path, new in files.items() if not path.startswith("proposals/")}
    if not files:
        raise _nothing(aim, paths, branch)
    return Draft(
        repository=repository,
        target=aim,
        base=base,
        files=files,
        speaker=speaker(aim.org, repository, person, now.date(), sign=sign),
        written=record,
        id=id,
    )


def refuse_conflicts(result: Result, aim: Target) -> None:
    """Refuse a change of files that the target has changed too, otherwise."""
    if result.conflicts:
        raise OrgcodeError(
            message(
                "{target} has changed these files too, in another way: {paths}.",
                target=aim.name,
                paths=result.conflicts,
            ),
            message("Bring your change up to date with {target} first.", target=aim.name),
        )


def _standing_on(repository: Repository, aim: Target) -> str:
    """The state of the target that the files are compared with."""
    head = repository.id_of("HEAD")
    if repository.commits.is_before(head, aim.tip):
        return head
    branch = repository.branch.removeprefix("refs/heads/")
    if repository.branch.startswith(PREFIX):
        raise OrgcodeError(
            message(
                "You are on {branch}, which is a {proposal} already.",
                branch=branch,
                proposal=one("proposal"),
            ),
            message(
                "Change that one with 'orgcode propose --renew', or go back to {target} first: "
                "'git switch {target}'.",
                target=aim.name,
            ),
        )
    raise OrgcodeError(
        message(
            "Your files stand on {branch}, which is no state of {target}.",
            branch=branch,
            target=aim.name,
        ),
        message(
            "Propose what that branch changes with '--branch {branch}', or go to {target} first: "
            "'git switch {target}'.",
            branch=branch,
            target=aim.name,
        ),
    )


def _nothing(aim: Target, paths: Sequence[str], branch: str | None) -> OrgcodeError:
    if branch is not None:
        return OrgcodeError(
            message("{branch} changes nothing of {target}.", branch=branch, target=aim.name),
            message(
                "'git log {target}..{branch}' shows what is on it.", branch=branch, target=aim.name
            ),
        )
    if paths:
        return OrgcodeError(
            message("Nothing has changed in {paths}.", paths=tuple(paths)),
            message("'orgcode diff' tells what has."),
        )
    return OrgcodeError(
        message("Nothing has changed, so there is nothing to propose."),
        message("Change the files as you would like them to be, and propose that."),
    )


def _written(files: Files) -> tuple[str | None, Mapping[str, Any]]:
    """The id and what was written already of a proposal that is among the files."""
    records = [path for path in files if path.startswith("proposals/")]
    ids = {path.split("/")[1] for path in records}
    if len(ids) > 1:
        raise OrgcodeError(
            message(
                "There are files of several {proposals}: {ids}.",
                ids=tuple(sorted(ids)),
                proposals=many("proposal"),
            ),
            message("Propose one change at a time: name the files that belong to it."),
        )
    for path in records:
        identity = identify(path)
        content = files[path]
        if identity is None or identity.kind != "proposal" or not isinstance(content, bytes):
            raise OrgcodeError(
                message(
                    "{path} cannot be proposed: it is written when somebody responds.", path=path
                ),
                message("Take the file away; 'orgcode respond' writes what people say."),
            )
        facts = read_facts("proposal", content)
        data = facts.data if isinstance(facts.data, Mapping) else {}
        return identity.id, data
    return None, {}
