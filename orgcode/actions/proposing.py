"""Propose a change: a branch with the change, why, and the own assent of who proposes it.

Two steps, between which somebody may be asked for what is missing: `draft` finds out what there is
to propose, and by whom; `propose` writes it. Working tree, index and HEAD stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from orgcode.actions.entries import Saying, Written, moment, write_entry
from orgcode.actions.judging import Judged, judge_proposal
from orgcode.actions.naming import id_from, whole
from orgcode.actions.open_proposals import PREFIX
from orgcode.actions.progress import Progress, silent
from orgcode.actions.speaking import Speaker, speaker
from orgcode.actions.target import Target, target_of
from orgcode.actions.uncommitted import Files, below_root, limited, uncommitted
from orgcode.adapters.git.committing import Move, MovedError
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.git.result import Result, result_of
from orgcode.adapters.signing.verifying import verify
from orgcode.documents.facts import read_facts
from orgcode.documents.writing import write_document
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import MAX_ID, identify, is_id, path_of
from orgcode.model.message import message
from orgcode.model.org import Org


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Why a change is proposed; what is None is left out, or stays as it is."""

    title: str | None = None
    tension: str | None = None
    because: str | None = None
    example: str | None = None
    role: str | None = None
    ask: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal that stands on its branch, or would but for what is wrong with it."""

    id: str
    title: str
    commit: str
    judged: Judged
    """What the judge says of it now."""
    own: Written
    left: tuple[str, ...] = ()
    """Ids of those whose assent no longer holds, since the change is another."""

    @property
    def is_signed(self) -> bool:
        """Whether the own assent is signed."""
        return "signature" in self.own.entry

    @property
    def is_written(self) -> bool:
        """Whether it stands on its branch: not where it would bring errors that were not there."""
        return not self.judged.new_errors


def draft(
    directory: Path,
    now: datetime,
    *,
    paths: Sequence[str] = (),
    branch: str | None = None,
    person: str | None = None,
    sign: bool = True,
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


def propose(
    draft: Draft,
    words: Words,
    now: datetime,
    *,
    switch: bool = False,
    progress: Progress = silent,
) -> Proposed:
    """Write the proposal to a branch of its own; only said, and not done, where it would bring an
    error that was not there. With `switch` that branch is checked out.
    """
    record = record_with(draft.target.org, draft.written, words, draft.files)
    record["proposer"] = draft.speaker.person
    record["opened"] = {"at": moment(now), "base": draft.base}
    chosen = words.id or draft.id
    for _ in range(_TRIES):
        id = _free_id(
            draft, str(chosen or _slug(now, plain(record["title"]))), is_chosen=bool(chosen)
        )
        made = _write(draft, id, record, now, progress)
        if not made.is_written:
            return made
        try:
            text = f"Propose: {made.title}\n"
            draft.repository.branches.move(Move(PREFIX + id, None, made.commit), text, now)
        except MovedError:
            if chosen:
                raise
            continue
        if switch:
            draft.repository.branches.switch(PREFIX + id, draft.base, made.commit)
        return made
    raise OrgcodeError(
        message("No id is free for this proposal."), message("Choose one with --id.")
    )


def record_with(org: Org, record: Mapping[str, Any], words: Words, files: Files) -> dict[str, Any]:
    """The record with what was said now laid over what stood there."""
    found = dict(record)
    for key in ("title", "because", "example", "role"):
        if (given := getattr(words, key)) is not None:
            found[key] = whole(given)
    if words.tension is not None:
        found["tension"] = _tension(org, words.tension, files)
    if words.ask:
        found["ask"] = _asked(org, words.ask)
    if not plain(found.get("title", "")):
        raise OrgcodeError(
            message("The proposal has no title."),
            message('Say in a few words what is proposed: --title "..."'),
        )
    return found


def plain(text: object) -> str:
    """A text as one reads it, in the first of its languages."""
    return str(next(iter(text.values()), "")) if isinstance(text, Mapping) else str(text)


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


_TRIES = 100


def _write(
    draft: Draft, id: str, record: Mapping[str, Any], now: datetime, progress: Progress
) -> Proposed:
    """Write all of it, so that no branch leads to it yet."""
    repository, aim = draft.repository, draft.target
    title = plain(record["title"])
    text = f"Propose: {title}\n"
    content = write_document("proposal", record)
    files: Files = {**draft.files, path_of("proposal", id): content}
    bare = repository.branches.write(draft.base, files, [draft.base], text, now)
    result = result_of(repository.commits, aim.tip, bare)
    refuse_conflicts(result, aim)
    own = write_entry(
        aim.organisation_id,
        id,
        aim.change_digest(result, id),
        Saying(person=draft.speaker.person, stance="consent"),
        None,
        now,
        draft.speaker.sign,
    )
    files = {**files, own.path: own.content}
    commit = repository.branches.write(draft.base, files, [draft.base], text, now)
    judged = judge_proposal(repository, aim.tip, commit, now, verify, progress)
    return Proposed(id=id, title=title, commit=commit, judged=judged, own=own)


def _standing_on(repository: Repository, aim: Target) -> str:
    """The state of the target that the files are compared with."""
    head = repository.id_of("HEAD")
    if repository.commits.is_before(head, aim.tip):
        return head
    branch = repository.branch.removeprefix("refs/heads/")
    if repository.branch.startswith(PREFIX):
        raise OrgcodeError(
            message("You are on {branch}, which is a proposal already.", branch=branch),
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
            message("There are files of several proposals: {ids}.", ids=tuple(sorted(ids))),
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


def _free_id(draft: Draft, wanted: str, *, is_chosen: bool) -> str:
    if not is_id(wanted):
        raise OrgcodeError(
            message('"{id}" cannot be the id of a proposal.', id=wanted),
            message("Use small letters, digits and hyphens, at most {most}.", most=MAX_ID),
        )
    id, number = wanted, 1
    while _is_taken(draft, id):
        if is_chosen:
            raise OrgcodeError(
                message("There is a proposal {id} already.", id=id),
                message("Choose another id, or change that proposal with --renew."),
            )
        number += 1
        ending = f"-{number}"
        id = wanted[: MAX_ID - len(ending)].rstrip("-") + ending
    return id


def _is_taken(draft: Draft, id: str) -> bool:
    repository = draft.repository
    branches = repository.branches
    return (
        repository.entry(draft.target.tip, f"proposals/{id}") is not None
        or branches.tip(PREFIX + id) is not None
        or any(branches.tip(f"{remote}proposal/{id}") for remote in branches.remotes())
    )


def _slug(now: datetime, title: str) -> str:
    return f"{now.date()}-{id_from(title, 'proposal')}"[:MAX_ID].rstrip("-")


def _tension(org: Org, given: str, files: Files) -> Mapping[str, str]:
    text = whole(given)
    id = text.removeprefix("tensions/").removesuffix(".yaml")
    if is_id(id) and (id in org.tensions or path_of("tension", id) in files):
        return {"id": id}
    if is_id(id) and " " not in text:
        raise OrgcodeError(
            message("There is no tension {id}.", id=id),
            message("'orgcode list tensions' shows which there are; or write it as a sentence."),
        )
    return {"text": text}


def _asked(org: Org, names: Sequence[str]) -> Mapping[str, list[str]]:
    """People and roles, as they were named."""
    found: dict[str, list[str]] = {}
    for name in names:
        id = name.removeprefix("people/").removeprefix("roles/")
        if id in org.people and not name.startswith("roles/"):
            found.setdefault("people", []).append(id)
        elif id in org.roles:
            found.setdefault("roles", []).append(id)
        else:
            raise OrgcodeError(
                message("There is no person or role {name} to ask.", name=name),
                message("'orgcode list people' and 'orgcode list roles' show which there are."),
            )
    return found
