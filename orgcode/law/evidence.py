"""What was said to a proposal and what is known of it, as far as anybody can show it.

Found by the adapters (in commits, in the receive log of a server, at a forge) and given to the
judge, who believes nothing else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from orgcode.model.entities import Response
from orgcode.model.message import Message
from orgcode.model.org import Org

Level = Literal["claimed", "minuted", "attested", "signed"]
"""How sure it is that an entry is by the person in whose name it stands, least sure first."""

LEVELS: tuple[Level, ...] = ("claimed", "minuted", "attested", "signed")


class Heard(Struct, frozen=True, kw_only=True):
    """One entry of a response, wherever it was found, and what shows that it was said."""

    response: Response
    digest: str
    """What names the entry (`orgcode.model.digest.entry_digest`)."""
    signed_by: str | None = None
    """The id of the person with one of whose keys, as listed before the change, it is signed: the
    person themselves, or who recorded it. None where no signature proves anything."""
    flaw: Message | None = None
    """Why a signature that is there proves nothing."""
    is_attested: bool = False
    """Whether a forge has just said, or a witness has signed, that an account of the person in
    people/ said this."""
    seen_at: datetime | None = None
    """When a witness saw the entry first."""


class Evidence(Struct, frozen=True, kw_only=True):
    """All that is known of a proposal at the moment of judging."""

    proposal: str
    change: str
    """The digest of the present change (`orgcode.changes.digest.change_digest`)."""
    opening: Org
    """The organisation when the proposal was opened: at the state of the target that a witness saw
    it on, else at the merge base."""
    heard: tuple[Heard, ...] = ()
    """Every entry that could be reached, each digest once: of the head, of every commit of the
    branch, of the receive log, of the forge."""
    opened_at: datetime | None = None
    """When a witness saw the proposal first."""
    change_seen_at: datetime | None = None
    """When a witness saw the present change first."""
    conflicts: tuple[str, ...] = ()
    """Paths that the target and the proposal both changed since the merge base, otherwise."""
