"""The steps that a target took: its line of first parents, each step with what it was to become."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from orgcode.adapters.git.ancestry import RawCommit
from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import EMPTY, Unlike
from orgcode.adapters.git.result import Result, result_of
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message


class Step(Struct, frozen=True, kw_only=True):
    """One step: from the commit before (None: it is the first of all) to itself."""

    commit: RawCommit
    before: RawCommit | None
    unlike: Mapping[str, Unlike]
    """What it has otherwise than the commit before."""
    result: Result | None = None
    """What its second parent would have made of the commit before, where it has one."""
    flaw: Message | None = None
    """Why it is no step that a proposal can take."""

    @property
    def head(self) -> str | None:
        """The head of the proposal that it took in; None where it stands alone."""
        return self.commit.parents[1] if len(self.commit.parents) > 1 else None

    @property
    def is_result(self) -> bool:
        """Whether its files are exactly those of the result."""
        return self.result is not None and self.result.laid.id == self.commit.tree


class Line(Struct, frozen=True, kw_only=True):
    """The steps from one tip of a target to another, the first first."""

    steps: tuple[str, ...]
    flaw: Message | None = None
    """Why the new tip does not go on from the old one; then there are no steps."""


def line_between(commits: Commits, old: str | None, new: str) -> Line:
    """The steps after `old` up to `new`; all of them where there is no old tip."""
    found: list[str] = []
    for commit in commits.line(new):
        if commit.id == old:
            break
        found.append(commit.id)
    else:
        if old is not None:
            return Line(steps=(), flaw=_astray(commits, old, new))
    return Line(steps=tuple(reversed(found)))


def step_at(commits: Commits, id: str) -> Step:
    """One step; raises `OrgcodeError` where its own files cannot be told."""
    commit = commits.commit(id)
    before = commits.commit(commit.parents[0]) if commit.parents else None
    unlike = commits.folders.unlike(before.tree if before else EMPTY, commit.tree)
    result: Result | None = None
    flaw: Message | None = None
    if len(commit.parents) > 2:
        flaw = message("It joins several branches at once, so that nobody can say what it took in.")
    elif before is not None and len(commit.parents) == 2:
        try:
            result = result_of(commits, before.id, commit.parents[1])
        except OrgcodeError as error:
            flaw = error.cause
    return Step(commit=commit, before=before, unlike=unlike, result=result, flaw=flaw)


def _astray(commits: Commits, old: str, new: str) -> Message:
    if commits.is_before(old, new):
        return message(
            "The former tip {old} is not on the main line of {new}, but was merged into it from"
            " beside.",
            old=old,
            new=new,
        )
    return message(
        "The former tip {old} did not lead to {new}: the history has been rewritten.",
        old=old,
        new=new,
    )
