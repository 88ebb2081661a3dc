"""A decision as plain data, to be noted about a commit, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from orgcode.model.chronicle import Told
from orgcode.model.coding import CodingError, from_plain, plain
from orgcode.model.decision import Counted, Decision, Proof, Ruling


def as_note(decision: Decision) -> object:
    """What can be kept of a decision."""
    at, until, adoptable = map(_text, (decision.at, decision.until, decision.adoptable_from))
    proofs = [each._replace(seen_at=None) for each in decision.proofs]
    seen = [_text(each.seen_at) for each in decision.proofs]
    bare = decision._replace(at=None, until=None, adoptable_from=None, proofs=tuple(proofs))
    return [plain(tuple(bare)), [at, until, adoptable], seen]


def from_note(note: Any) -> Decision | None:
    """The decision of which that was kept; None where it is nothing of the sort."""
    try:
        bare, moments, seen = note
        at, until, adoptable = map(_moment, moments)
        found = Decision(*_tuple(from_plain(bare)))
        return found._replace(
            told=tuple(Told(*_tuple(each)) for each in found.told),
            rulings=tuple(_ruling(each) for each in found.rulings),
            proofs=tuple(
                Proof(*_tuple(each))._replace(seen_at=_moment(moment))
                for each, moment in zip(found.proofs, seen, strict=True)
            ),
            at=at,
            until=until,
            adoptable_from=adoptable,
        )
    except (CodingError, TypeError, ValueError):
        return None


def _ruling(found: object) -> Ruling:
    ruling = Ruling(*_tuple(found))
    return ruling._replace(voices=tuple(Counted(*_tuple(each)) for each in ruling.voices))


def _tuple(found: object) -> tuple[Any, ...]:
    if not isinstance(found, tuple):
        raise CodingError(repr(found)[:40])
    return found


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
