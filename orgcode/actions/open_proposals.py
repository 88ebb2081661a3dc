"""The proposals that are open: branches `proposal/<id>` that the target has not taken in yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from orgcode.adapters.git.branches import HEADS, Branches
from orgcode.adapters.git.committing import Move
from orgcode.adapters.git.repository import Repository
from orgcode.documents.appending import entries_in
from orgcode.documents.facts import read_facts
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify, is_id, path_of
from orgcode.model.message import message, one
from orgcode.model.snapshot import FOLDER, Unreadable

PREFIX = f"{HEADS}proposal/"


class DecidedAlreadyError(OrgcodeError):
    """The target has taken in this proposal before; its branch leads to `tip`."""

    def __init__(self, id: str, tip: str) -> None:
        super().__init__(
            message("The {proposal} {id} is decided already.", id=id, proposal=one("proposal")),
            message("'orgcode explain-verdict {id}' tells how.", id=id),
        )
        self.tip = tip


class OpenProposal(Struct, frozen=True, kw_only=True):
    """A proposal as it stands on its branch."""

    id: str
    tip: str
    """The commit to which the branch leads, here or where it was fetched from."""
    local: str | None
    """Where the branch leads in this repository; None: it has only been fetched."""
    record: Mapping[str, Any]
    """What could be read of proposal.yaml."""
    trouble: OrgcodeError | None = None
    """Why nobody can say where it stands: its branch went on in two ways, here and elsewhere."""

    @property
    def ref(self) -> str:
        """The full name of its branch."""
        return PREFIX + self.id

    @property
    def title(self) -> str:
        """Its title, whatever languages it has; else its id."""
        title = self.record.get("title", self.id)
        return str(next(iter(title.values()))) if isinstance(title, Mapping) else str(title)

    @property
    def proposer(self) -> str:
        """The id of who proposed it."""
        return str(self.record.get("proposer", ""))


def open_proposals(repository: Repository, target: str) -> tuple[OpenProposal, ...]:
    """Every proposal that the target (a commit) has not taken in, by id."""
    branches = repository.branches
    names = {*branches.below(PREFIX)}
    for remote in branches.remotes():
        names.update(branches.below(f"{remote}proposal/"))
    found = (_standing(repository, name) for name in sorted(names) if is_id(name))
    return tuple(
        each for each in found if each and not repository.commits.is_before(each.tip, target)
    )


def find_open(repository: Repository, target: str, id: str) -> OpenProposal:
    """An open proposal; raises `OrgcodeError` where there is none with that id."""
    name = id.removeprefix("proposal/").removeprefix("proposals/").rstrip("/")
    found = _standing(repository, name) if is_id(name) else None
    if found is None:
        known = [each.id for each in open_proposals(repository, target)]
        near = get_close_matches(name, known, n=1)
        raise OrgcodeError(
            message("There is no open {proposal} {id}.", id=id, proposal=one("proposal")),
            message("Did you mean {name}?", name=near[0])
            if near
            else message(
                "'orgcode status' shows which there are; 'git fetch' brings those of others."
            ),
        )
    if found.trouble is not None:
        raise found.trouble
    if repository.commits.is_before(found.tip, target):
        raise DecidedAlreadyError(name, found.tip)
    return found


def responses_at(
    repository: Repository, commit: str, id: str
) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    """What everybody said, by person, as it stands in a commit."""
    folder = f"proposals/{id}/responses"
    folders = repository.commits.folders
    there = folders.at(repository.commits.commit(commit).tree, folder)
    if there is None or there.mode != FOLDER or there.blob is None:
        return {}
    found = {}
    for name in folders.items(there.blob):
        path = f"{folder}/{name}"
        identity = identify(path)
        content = content_at(repository, commit, path)
        if identity is not None and content is not None:
            found[identity.id] = entries_in(content)
    return found


def lead_on(
    repository: Repository, proposal: OpenProposal, commit: str, text: str, now: datetime
) -> None:
    """Let the branch of a proposal lead to a commit. Where it is checked out the files follow:
    otherwise the next commit there would take back what was said.
    """
    branches = repository.branches
    branches.move(Move(proposal.ref, proposal.local, commit), text, now)
    is_out = not repository.is_bare and branches.checked_out == proposal.ref
    if is_out and proposal.local is not None:
        branches.follow(proposal.local, commit)


def content_at(repository: Repository, commit: str, path: str) -> bytes | None:
    """The bytes at a path of a commit; None where no file can be read there."""
    entry = repository.commits.folders.at(repository.commits.commit(commit).tree, path)
    if entry is None or entry.blob is None or entry.mode == FOLDER:
        return None
    content = repository.blob(entry.blob, entry.mode)
    return None if isinstance(content, Unreadable) else content


def record_at(repository: Repository, commit: str, id: str) -> dict[str, Any]:
    """What could be read of the record of a proposal in a commit."""
    content = content_at(repository, commit, path_of("proposal", id))
    data = read_facts("proposal", content).data if content is not None else None
    return dict(data) if isinstance(data, Mapping) else {}


def _standing(repository: Repository, id: str) -> OpenProposal | None:
    branches = repository.branches
    local = branches.tip(PREFIX + id)
    tips = [tip for tip in (local, *_fetched(branches, id)) if tip is not None]
    if not tips:
        return None
    tip = _last(repository, tips)
    trouble = None if tip is not None else _apart(repository, id)
    tip = tip or tips[0]
    record = record_at(repository, tip, id)
    return OpenProposal(id=id, tip=tip, local=local, record=record, trouble=trouble)


def _fetched(branches: Branches, id: str) -> tuple[str | None, ...]:
    return tuple(branches.tip(f"{remote}proposal/{id}") for remote in branches.remotes())


def _last(repository: Repository, tips: list[str]) -> str | None:
    """The one of these to which all others led; None where there is none."""
    for tip in dict.fromkeys(tips):
        if all(repository.commits.is_before(other, tip) for other in tips):
            return tip
    return None


def _apart(repository: Repository, id: str) -> OrgcodeError:
    remote = next(iter(repository.remotes), "origin")
    return OrgcodeError(
        message("The branch proposal/{id} went on in two ways, here and elsewhere.", id=id),
        message(
            "Put what was said here behind the rest: git switch proposal/{id} && git pull --rebase "
            "{remote} proposal/{id} && git push {remote} proposal/{id} && git switch -",
            id=id,
            remote=remote,
        ),
    )
