"""What lies between two states of an organisation: the files as they are, revisions, or days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from orgcode.actions.check import Checked, check_beside, check_kept
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import snapshot_of, with_kept
from orgcode.adapters.git.beside import Beside
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.listing import Listing
from orgcode.adapters.git.repository import Repository, find
from orgcode.adapters.processes import FEW
from orgcode.changes.change import Change
from orgcode.changes.states import changed_paths
from orgcode.checking.check import check_change
from orgcode.checking.new_errors import beyond
from orgcode.documents.loading import load
from orgcode.law.affected import Reasons
from orgcode.law.affected_by import affected_by
from orgcode.law.shifts import Shift, shifts
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.finding import Finding
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import Files, Snapshot

HEAD = "HEAD"

Findings = Literal["both", "after", "none"]
"""On which sides of a change is looked for what is wrong."""


class Difference(Struct, frozen=True, kw_only=True):
    """A change, and what was found on both sides of it."""

    change: Change
    findings_before: tuple[Finding, ...]
    findings_after: tuple[Finding, ...]
    affected: Reasons
    """Whom the change concerns, and why."""
    shifts: tuple[Shift, ...]
    """What it does to authority."""
    against_rules: tuple[Finding, ...]
    """What the rules about changes find."""

    @property
    def appeared(self) -> tuple[Finding, ...]:
        """What is found afterwards and was not before, wherever in its file it stands."""
        return tuple(beyond(self.findings_after, self.findings_before))

    @property
    def vanished(self) -> tuple[Finding, ...]:
        """What was found before and no longer is."""
        return tuple(beyond(self.findings_before, self.findings_after))


def check_against(
    directory: Path,
    today: date,
    against: str,
    *,
    at: str | None = None,
    staged: bool = False,
    progress: Progress = silent,
) -> Checked:
    """Everything found in the files as they are, as staged or at a revision; and in the change
    that leads there from the revision or day `against`.
    """
    repository = find(directory)
    first = snapshot_of(repository, at=against)
    last = snapshot_of(repository, at=at, staged=staged)
    found = _between(repository, first, last, today, progress=progress, findings="after")
    findings = sorted(
        (*found.findings_after, *found.against_rules),
        key=lambda each: (each.path, each.line, each.column, each.rule),
    )
    return Checked(tuple(findings), found.change.after.ruleset)


class _Side(Struct, frozen=True):
    org: Org
    listing: Listing
    findings: tuple[Finding, ...]


def difference(
    directory: Path,
    today: date,
    range: str | None = None,
    *,
    with_findings: bool = True,
    progress: Progress = silent,
) -> Difference:
    """What lies between two states, `A..B`; without B the files as they are, without a range those
    against what was committed last. Raises `OrgcodeError` where a state is not to be had.
    """
    repository = find(directory)
    first, last = _ends(repository, range)
    findings: Findings = "both" if with_findings else "none"
    return _between(repository, first, last, today, findings=findings, progress=progress)


def _between(
    repository: Repository,
    first: Snapshot,
    last: Snapshot,
    today: date,
    *,
    findings: Findings,
    progress: Progress,
) -> Difference:
    if _holds_things(first) and _holds_things(last):
        for _ in range(2):  # the first time it may only bring up to date what is kept
            quick = with_kept(
                repository,
                last,
                "check",
                today,
                lambda kept: _beside(kept, first, today, findings, progress),
                progress=progress,
            )
            if isinstance(quick, Difference):
                return quick
    before = _side(repository, first, today, with_findings=findings == "both", progress=progress)
    after = _side(repository, last, today, with_findings=findings != "none", progress=progress)
    if before is None and after is None:
        raise OrgcodeError(
            message("There is no org.yaml here, nor any other file of an organisation."),
            message("Name the folder of an organisation with -C, or make one with 'orgcode init'."),
        )
    old, new = (side or _Side(load(Files({}), today), {}, ()) for side in (before, after))
    changed = tuple(_changed(old, new)) if before and after else None
    change = Change.between(old.org, new.org, changed)
    return _told(change, old.findings, new.findings, findings)


def _beside(
    kept: Kept, first: Snapshot, today: date, findings: Findings, progress: Progress
) -> Difference | None:
    """The difference where few files are not the same on both sides: then the side before is read
    beside what is kept of the one after. None where there are many, or nothing is kept yet.
    """
    changed = unlike_kept(first, kept)
    if len(changed) > FEW or "org.yaml" in changed or not kept.org.files:
        return None
    if findings == "both" and not kept.is_current:
        check_kept(kept, progress)
        return None
    after = check_kept(kept, progress) if findings != "none" else ()
    beside = Beside(kept, first, changed, today)
    before = check_beside(kept, beside.org, beside.stale()) if findings == "both" else ()
    exact = changed_paths(first, kept.snapshot, changed)
    return _told(Change.between(beside.org, kept.org, exact), before, after, findings)


def unlike_kept(first: Snapshot, kept: Kept) -> frozenset[str]:
    """The paths at which a commit is not what is kept, or that cannot be told by their blob ids."""
    entries, listing = first.entries, kept.listing
    found = {path for path in entries if path not in listing}
    for path, item in listing.items():
        entry = entries.get(path)
        if entry is None or item.blob is None or (item.mode, item.blob) != (entry.mode, entry.blob):
            found.add(path)
    return frozenset(found)


def _told(
    change: Change,
    before: tuple[Finding, ...],
    after: tuple[Finding, ...],
    findings: Findings,
) -> Difference:
    is_checked = findings == "after"
    return Difference(
        change=change,
        findings_before=before,
        findings_after=after,
        affected={} if is_checked else affected_by(change),
        shifts=shifts(change) if findings == "both" else (),
        against_rules=check_change(change) if is_checked else (),
    )


def _ends(repository: Repository, range: str | None) -> tuple[Snapshot, Snapshot]:
    if range is None:
        return _last_commit(repository), repository.working_tree()
    first, dots, last = range.partition("..")
    if last.startswith(".") or not (first or last):
        raise OrgcodeError(
            message('"{range}" names no two states.', range=range),
            message("Name a revision or a day, or two with two dots between them: A..B."),
        )
    before = snapshot_of(repository, at=first or HEAD)
    after = snapshot_of(repository, at=last or HEAD) if dots else repository.working_tree()
    return before, after


def _last_commit(repository: Repository) -> Snapshot:
    return repository.commit(HEAD) if repository.has_tip else Files({})


def _side(
    repository: Repository,
    snapshot: Snapshot,
    today: date,
    *,
    with_findings: bool,
    progress: Progress,
) -> _Side | None:
    """One side; None where it holds no organisation."""
    if not _holds_things(snapshot):
        return None

    def read(kept: Kept) -> _Side:
        findings = check_kept(kept, progress) if with_findings else ()
        return _Side(kept.open(), kept.listing, findings)

    return with_kept(repository, snapshot, "check", today, read, progress=progress)


def _holds_things(snapshot: Snapshot) -> bool:
    return any(identify(path) for path in snapshot.entries)


def _changed(before: _Side, after: _Side) -> Iterator[str]:
    """The paths that hold something else; of most their blob ids tell."""
    perhaps = []
    for path in before.listing.keys() | after.listing.keys():
        one, other = before.listing.get(path), after.listing.get(path)
        if not (one and other and one.blob and one[:2] == other[:2]):
            perhaps.append(path)
    return iter(changed_paths(before.org.snapshot, after.org.snapshot, perhaps))
