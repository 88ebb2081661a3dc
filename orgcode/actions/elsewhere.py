"""How this repository stands to the one with which its members share it.

Nothing is fetched: it is told by what git noted when it last fetched or pushed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from shlex import quote
from typing import Literal

from msgspec import Struct

from orgcode.actions.open_proposals import OpenProposal, content_at
from orgcode.actions.target import Target
from orgcode.adapters.files import read_ordinary
from orgcode.adapters.git.branches import REMOTES
from orgcode.adapters.git.received import ReceivedLog
from orgcode.adapters.git.repository import Repository
from orgcode.documents.facts import read_facts
from orgcode.model.message import Message, message, one

Lead = Literal["same", "ahead", "behind", "apart", "unknown"]
"""How the target here stands to the one there; unknown: it has not been fetched."""


class Stray(Struct, frozen=True, kw_only=True):
    """A commit of the target that a server which judges does not take."""

    commit: str
    back: str
    """The revision to go back to, from which it and what came after it can be proposed."""


class Elsewhere(Struct, frozen=True, kw_only=True):
    """The repository that is shared, and what is here or there alone."""

    remote: str
    """What git calls it, such as `origin`."""
    lead: Lead
    unpushed: tuple[str, ...]
    """Ids of proposals of which there is more here than there."""
    stray: Stray | None
    """The first commit of the target that is here alone and takes in no proposal, where it should,
    or that brought in from beside what the target was there.
    """
    held: tuple[str, ...]
    """Files that are not committed here and read as they do there, where the target there is ahead:
    git does not write over them, unless they are staged.
    """
    lacks_log: bool
    """Whether there are witnesses, and what they saw of a proposal has not been fetched."""


def remote_of(repository: Repository) -> str | None:
    """What git calls the repository with which this one is shared; None: with none, or it is the
    shared one itself. A bare one that was cloned still names where it once came from.
    """
    return None if repository.is_bare else next(iter(repository.remotes), None)


def elsewhere(aim: Target, proposals: Iterable[OpenProposal]) -> Elsewhere | None:
    """How a repository stands to the shared one, about these proposals; None: there is none."""
    repository = aim.repository
    remote = remote_of(repository)
    if remote is None:
        return None
    there = {each.id: _tip(repository, remote, f"proposal/{each.id}") for each in proposals}
    here = {each.id: each.local for each in proposals if each.local is not None}
    target = _tip(repository, remote, aim.name)
    lead = _lead(repository, aim.tip, target)
    return Elsewhere(
        remote=remote,
        lead=lead,
        held=_held(aim, target) if target and lead == "behind" else (),
        stray=_stray(repository, aim.tip, target) if target and lead == "ahead" else None,
        unpushed=tuple(id for id, tip in here.items() if not _holds(repository, there[id], tip)),
        lacks_log=_lacks_log(aim, there),
    )


def pull(found: Elsewhere, target: str) -> str:
    """The command that brings what the target has there."""
    command = f"git pull {quote(found.remote)} {target}"
    if not found.held:
        return command
    return f"git add -- {' '.join(map(_as_named, found.held))} && {command}"


def about_stray(stray: Stray, target: str) -> Message:
    """That a commit of the target takes in no proposal."""
    return message(
        "The commit {commit} on {target} takes in no {proposal}, and a server that judges does not "
        "take it. Propose it instead; your files keep it:",
        commit=stray.commit[:12],
        target=target,
        proposal=one("proposal"),
    )


def back_from(stray: Stray) -> str:
    """The command that makes a proposal of a commit and of those after it."""
    return f"git reset --soft {stray.back} && orgcode propose"


def _as_named(path: str) -> str:
    """A path for git's command line; what is a pattern there is to mean the one file."""
    return quote(f":(literal){path}" if _PATTERN & {*path} else path)


_PATTERN = frozenset(":*?[\\")
"""Letters that may make a pattern of a path."""


def _tip(repository: Repository, remote: str, branch: str) -> str | None:
    return repository.branches.tip(f"{REMOTES}{remote}/{branch}")


def _holds(repository: Repository, there: str | None, here: str) -> bool:
    return there is not None and repository.commits.is_before(here, there)


def _lead(repository: Repository, here: str, there: str | None) -> Lead:
    if there is None:
        return "unknown"
    if there == here:
        return "same"
    if repository.commits.is_before(there, here):
        return "ahead"
    return "behind" if repository.commits.is_before(here, there) else "apart"


def _held(aim: Target, there: str) -> tuple[str, ...]:
    repository = aim.repository
    if repository.is_bare or repository.branches.checked_out != aim.ref:
        return ()
    trees = [repository.commits.commit(id).tree for id in (aim.tip, there)]
    unlike = repository.commits.folders.unlike(*trees)
    return tuple(
        path
        for path, change in unlike.items()
        if isinstance(content := content_at(repository, there, path), bytes)
        and content_at(repository, aim.tip, path) != content
        and read_ordinary(repository.root / path) == content
    )


def _stray(repository: Repository, here: str, there: str) -> Stray | None:
    content = content_at(repository, there, "org.yaml")
    data = read_facts("org", content).data if content is not None else None
    if not isinstance(data, Mapping) or data.get("rules_in_force_since") is None:
        return None
    commits = repository.commits
    steps = [*takewhile(lambda commit: commit.id != there, commits.line(here))][::-1]
    if there not in steps[0].parents[:1]:
        joined = next(step.id for step in steps if commits.is_before(there, step.id))
        return Stray(commit=joined, back=there[:12])
    found = next((step.id for step in steps if len(step.parents) != 2), None)
    return Stray(commit=found, back=f"{found[:12]}^") if found is not None else None


def _lacks_log(aim: Target, there: dict[str, str | None]) -> bool:
    organisation = aim.org.organisation
    if organisation is None or not organisation.witnesses or not any(there.values()):
        return False
    repository = aim.repository
    log = ReceivedLog(repository.commits, repository.received)
    return any(
        all(seen != tip for _, seen in log.of(f"refs/heads/proposal/{id}"))
        for id, tip in there.items()
        if tip is not None
    )
