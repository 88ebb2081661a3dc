"""Which proposals were open at a moment, each as it stood then: those that are open now, and those
that the target has taken in since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from orgcode.actions.open_proposals import PREFIX, find_open
from orgcode.actions.target import target_ref
from orgcode.adapters.git.repository import Repository
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify, is_id, path_of
from orgcode.model.snapshot import FOLDER, Entry, Unreadable


class Pending(NamedTuple):
    """An open proposal, and the commit that it had come to."""

    id: str
    head: str


class Then(NamedTuple):
    """The target at a moment, and the proposals that were open, by id."""

    repository: Repository
    target: str
    at: datetime
    pending: tuple[Pending, ...]


def open_now(repository: Repository, today: date) -> Then:
    """What is open on a day, which is over when everything of that day has happened."""
    target = repository.branches.tip(target_ref(repository)) or repository.id_of("HEAD")
    return Then(repository, target, end_of(today), tuple(_open(repository, target)))


def open_at(repository: Repository, tip: str, at: datetime) -> Then:
    """What was open when a commit was the tip of the target, as far as that is known."""
    now = repository.branches.tip(target_ref(repository)) or tip
    found = {each.id: each.head for each in _taken_in_since(repository, tip, now)}
    found.update((each.id, each.head) for each in _open(repository, now))
    return Then(repository, tip, at, tuple(_as_of(repository, tip, at, found)))


def end_of(day: date) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, time(23, 59, 59), UTC)


def records_of(then: Then) -> Mapping[str, tuple[Entry, bytes | Unreadable]]:
    """The files of the records of all that is open, by path."""
    found: dict[str, tuple[Entry, bytes | Unreadable]] = {}
    for each in then.pending:
        commits = then.repository.commits
        folders, tree = commits.folders, commits.commit(each.head).tree
        record = folders.at(tree, f"proposals/{each.id}")
        if record is not None and record.mode == FOLDER and record.blob is not None:
            for name in folders.files(record.blob):
                path = f"proposals/{each.id}/{name}"
                entry = folders.at(tree, path)
                if entry is not None and entry.blob is not None and identify(path) is not None:
                    found[path] = entry, then.repository.blob(entry.blob, entry.mode)
    return found


def _open(repository: Repository, target: str) -> Iterator[Pending]:
    """Where somebody's branch went on in two ways, nobody can say which it is: it is left out."""
    branches = repository.branches
    names = {*branches.below(PREFIX)}
    for remote in branches.remotes():
        names.update(branches.below(f"{remote}proposal/"))
    for name in sorted(filter(is_id, names)):
        try:
            found = find_open(repository, target, name)
            is_there = _has_record(repository, found.tip, name)
            repository.commits.base(target, found.tip)
        except OrgcodeError:
            continue
        if is_there and not _has_record(repository, target, name):
            yield Pending(name, found.tip)


def _taken_in_since(repository: Repository, tip: str, now: str) -> Iterator[Pending]:
    commits = repository.commits
    for step in commits.line(now):
        if step.id == tip:
            return
        if len(step.parents) == 2:
            first, head = step.parents
            new = commits.folders.unlike(commits.commit(first).tree, step.tree)
            for path in new:
                identity = identify(path)
                if identity and identity.kind == "proposal" and new[path].before is None:
                    yield Pending(identity.id, head)


def _as_of(
    repository: Repository, tip: str, at: datetime, heads: Mapping[str, str]
) -> Iterator[Pending]:
    """Each where its branch stood at that moment, if it was there at all."""
    for id, head in sorted(heads.items()):
        for commit in repository.commits.line(head):
            if not _has_record(repository, commit.id, id):
                break
            if commit.seconds <= at.timestamp():
                if not _has_record(repository, tip, id):
                    yield Pending(id, commit.id)
                break


def _has_record(repository: Repository, commit: str, id: str) -> bool:
    commits = repository.commits
    found = commits.folders.at(commits.commit(commit).tree, path_of("proposal", id))
    return found is not None and found.mode != FOLDER
