"""An entry of a response, ready to be written: what somebody says to a change as it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from orgcode.documents.appending import entries_in, with_entry
from orgcode.model.digest import entry_digest, signed_text

Sign = Callable[[bytes], str | None]
"""Makes the signature of a text; None where it cannot be made."""


class Saying(Struct, frozen=True, kw_only=True):
    """What somebody says to a proposal."""

    person: str
    stance: str
    reason: str | None = None
    role: str | None = None
    nominee: str | None = None
    recorded_by: str | None = None


class Written(Struct, frozen=True, kw_only=True):
    """The file with the new entry, the entry, and the digest that names it."""

    path: str
    content: bytes
    entry: Mapping[str, Any]
    digest: str


def write_entry(
    organisation: str,
    proposal: str,
    change: str,
    saying: Saying,
    before: bytes | None,
    now: datetime,
    sign: Sign,
) -> Written:
    """The file of a person's responses with one entry more, which names the one before."""
    entry: dict[str, Any] = {
        "stance": saying.stance,
        "change": change,
        "at": moment(now),
        "after": last_digest(organisation, proposal, saying.person, entries_in(before or b"")),
    }
    for key in ("role", "reason", "nominee", "recorded_by"):
        if value := getattr(saying, key):
            entry[key] = value
    # What is signed is what others will read in the file.
    entry = dict(entries_in(with_entry(None, entry))[0])
    signature = sign(signed_text(organisation, proposal, saying.person, entry))
    if signature is not None:
        entry["signature"] = signature
    return Written(
        path=response_path(proposal, saying.person),
        content=with_entry(before, entry),
        entry=entry,
        digest=entry_digest(organisation, proposal, saying.person, entry),
    )


def last_digest(
    organisation: str, proposal: str, person: str, entries: Sequence[Mapping[str, Any]]
) -> str | None:
    """What names the newest entry of somebody; None where there is none."""
    return entry_digest(organisation, proposal, person, entries[-1]) if entries else None


def response_path(proposal: str, person: str) -> str:
    """The file of what somebody says to a proposal."""
    return f"proposals/{proposal}/responses/{person}.yaml"


def moment(now: datetime) -> str:
    """A moment as it stands in a record, in UTC, to the second."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
