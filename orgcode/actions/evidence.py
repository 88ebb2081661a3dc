"""Gather what can be shown of a proposal, wherever it is found, for whoever judges it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import Unlike
from orgcode.adapters.git.heard import Responses, heard
from orgcode.adapters.git.received import ReceivedLog
from orgcode.adapters.git.sights import digest_between, sights
from orgcode.law.evidence import Evidence
from orgcode.law.signers import Verify, day_of, signer
from orgcode.model.entities import Response
from orgcode.model.facts import identify
from orgcode.model.finding import Finding
from orgcode.model.message import Message
from orgcode.model.org import Org


class View(Struct, frozen=True, kw_only=True):
    """Both sides of a change, and any other state beside them."""

    before: Org
    after: Org
    new_errors: tuple[Finding, ...]
    """Errors in the files afterwards that were not there before."""
    at: Callable[[str, date], Org]
    """The organisation at another commit, read for a day."""


class Ground(Struct, frozen=True, kw_only=True):
    """Where evidence is to be looked for."""

    commits: Commits
    log: ReceivedLog
    target: str
    base: str
    tips: tuple[str, ...]
    """The head, and other commits that may hold what was said."""
    unlike: Mapping[str, Unlike]
    conflicts: tuple[str, ...] = ()
    most: int | None = None
    """How many entries of the log are from before the decision; None: all are."""


def evidence_of(
    ground: Ground, view: View, proposal: str, now: datetime, verify: Verify
) -> tuple[Evidence, tuple[Message, ...]]:
    """All that can be shown of a proposal, and why the log of a server shows nothing."""
    commits, before = ground.commits, view.before
    organisation = before.organisation.id if before.organisation else ""
    change = digest_between(commits, organisation, proposal, ground.unlike)
    responses = Responses(commits, organisation, proposal)
    seen = sights(
        commits,
        ground.log,
        before,
        responses,
        proposal=proposal,
        change=change,
        verify=verify,
        most=ground.most,
    )
    said = responses.beyond(ground.target, (*ground.tips, *seen.tips)) if proposal else ()

    def sign(
        entry: Response, text: bytes, seen_at: datetime | None
    ) -> tuple[str | None, Message | None]:
        return signer(before, entry, text, verify, seen_at=seen_at, now=now)

    evidence = Evidence(
        proposal=proposal,
        change=change,
        opening=_opening(ground, view, proposal, seen.opened_at, seen.opened_on, now),
        heard=heard(said, seen.seen, sign),
        opened_at=seen.opened_at,
        change_seen_at=seen.change_seen_at,
        conflicts=ground.conflicts,
    )
    return evidence, seen.flaws


def new_proposal(before: Org, paths: Iterable[str]) -> str:
    """The id of the proposal whose record is new among these paths; empty where there is none."""
    for path in sorted(paths):
        identity = identify(path)
        if identity and identity.kind == "proposal" and path not in before.snapshot.entries:
            return identity.id
    return ""


def _opening(
    ground: Ground,
    view: View,
    proposal: str,
    opened_at: datetime | None,
    opened_on: str | None,
    now: datetime,
) -> Org:
    """The organisation when the proposal was opened."""
    commits, before = ground.commits, view.before
    was_target = bool(opened_on) and commits.is_on_line(opened_on or "", ground.target)
    commit = opened_on if was_target and opened_on else ground.base
    day: date | None = opened_at.date() if opened_at else None
    if day is None and before.organisation and before.organisation.assurance_time == "claimed":
        record = view.after.proposals.get(proposal)
        day = day_of(record.opened_at) if record else None
    day = day or now.date()
    return before if (commit, day) == (ground.target, before.today) else view.at(commit, day)
