"""When a witness first saw a proposal, its present change, and each thing that was said to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from orgcode.adapters.git.commits import Commits
from orgcode.adapters.git.folders import Unlike
from orgcode.adapters.git.heard import Responses
from orgcode.adapters.git.objects import Objects
from orgcode.adapters.git.received import Received, ReceivedLog, witness_of
from orgcode.changes.digest import digest_of
from orgcode.documents.facts import read_facts
from orgcode.law.signers import Verify
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import path_of
from orgcode.model.message import Message
from orgcode.model.org import Org


class Sights(Struct, frozen=True, kw_only=True):
    """What the log of a server shows of a proposal."""

    opened_at: datetime | None = None
    opened_on: str | None = None
    """The tip of the target when it was opened."""
    change_seen_at: datetime | None = None
    seen: Mapping[str, datetime] = field(default_factory=dict)
    """When each entry of a response was seen first, by its digest."""
    tips: tuple[str, ...] = ()
    """Every commit to which its branch ever led, and those of which nobody can say what they are:
    what was said in them counts, whether they are witnessed or not."""
    flaws: tuple[Message, ...] = ()
    """Why entries about the proposal bear no witness, each once."""


def sights(
    commits: Commits,
    log: ReceivedLog,
    org: Org,
    responses: Responses,
    *,
    proposal: str,
    change: str,
    verify: Verify,
    most: int | None = None,
) -> Sights:
    """What the log shows of a proposal to an organisation as it is before the change; `change` is
    the digest of the present one. Where it has been decided already, only the `most` entries from
    before that are looked at: what was said afterwards was said too late.
    """
    about = list(log.of(f"refs/heads/proposal/{proposal}", most))
    flaws: list[Message] = []
    witnessed: list[tuple[Received, str]] = []
    for entry, tip in about:
        found = witness_of(entry, org, verify)
        if isinstance(found, Message):
            if found not in flaws:
                flaws.append(found)
        else:
            witnessed.append((entry, tip))
    seen: dict[str, datetime] = {}
    for entry, tip in witnessed:
        for said in responses.beyond(_known(commits, entry, tip), (tip,)):
            seen.setdefault(said.digest, entry.at)
    first = witnessed[0][0] if witnessed else None
    organisation = org.organisation.id if org.organisation else ""
    return Sights(
        opened_at=first.at if first else None,
        opened_on=first.target if first else None,
        change_seen_at=next(
            (
                entry.at
                for entry, tip in witnessed
                if _digest(commits, organisation, proposal, entry, tip) == change
            ),
            None,
        ),
        seen=seen,
        tips=tuple(dict.fromkeys([*(tip for _, tip in about), *log.strays])),
        flaws=(*log.flaws, *flaws),
    )


def digest_between(
    commits: Commits, organisation: str, proposal: str, unlike: Mapping[str, Unlike]
) -> str:
    """The digest of a change, its record included, from what is otherwise afterwards."""
    before = Objects({path: c.before for path, c in unlike.items() if c.before}, commits.odb)
    after = Objects({path: c.after for path, c in unlike.items() if c.after}, commits.odb)
    path = path_of("proposal", proposal)
    record = read_facts("proposal", after.read(path)).data if path in after.entries else None
    return digest_of(organisation, proposal, record, before, after, unlike)


def _digest(
    commits: Commits, organisation: str, proposal: str, entry: Received, tip: str
) -> str | None:
    """The digest of the change as it was at a tip, beside the target of that moment."""
    try:
        base = commits.commit(commits.base(entry.target, tip)).tree
        unlike = commits.folders.unlike(base, commits.commit(tip).tree)
    except OrgcodeError:
        return None
    return digest_between(commits, organisation, proposal, unlike)


def _known(commits: Commits, entry: Received, tip: str) -> str:
    """What came before a tip and is not of the proposal; the tip itself where nobody can say."""
    return entry.target if commits.has(entry.target) else tip
