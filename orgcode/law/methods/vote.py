"""A vote: it is decided by the share of yes among yes and no."""

from __future__ import annotations

from orgcode.law.ballot import Ballot, Tally
from orgcode.law.methods.waiting import waiting
from orgcode.law.shares import parse_threshold
from orgcode.model.message import Message, message, messages

_VOTES = frozenset({"yes", "consent", "no", "objection"})
_CAST = _VOTES | {"abstain"}


def vote(ballot: Ballot) -> Tally:
    """Adopted or rejected once the time for it is over or all have voted. An objection reads as
    no, silence never votes, and no vote at all rejects.
    """
    voted = [p for p in ballot.responded if ballot.standing[p].stance in _CAST]
    left = tuple(person for person in ballot.body if person not in set(voted))
    if not (ballot.is_over or (not left and ballot.may_end_now)):
        return _waiting(ballot, left)
    yes, no = len(ballot.assenting), len(_against(ballot))
    counts = {"yes": yes, "no": no}
    if len(voted) < ballot.quorum:
        said: Message = messages(
            "Only {count} has voted, and {quorum} had to.",
            "Only {count} have voted, and {quorum} had to.",
            len(voted),
            quorum=ballot.quorum,
        )
        return Tally(outcome="rejected", sentence=said)
    if not parse_threshold(ballot.way.threshold).is_met(yes, no):
        said = message("{yes} voted yes and {no} voted no, which is not enough.", **counts)
        return Tally(outcome="rejected", sentence=said)
    said = message("{yes} voted yes and {no} voted no, which is enough.", **counts)
    return Tally(outcome="adopted", sentence=said)


def _against(ballot: Ballot) -> tuple[str, ...]:
    """Who is against it: of the body, and whose objection to it has not been let go."""
    found = {p for p in ballot.body if (s := ballot.standing.get(p)) and s.is_no}
    return tuple(sorted(found))


def _waiting(ballot: Ballot, left: tuple[str, ...]) -> Tally:
    if not left:
        return waiting(ballot)
    who = ballot.names(left)
    said = messages("{who} has not voted yet.", "{who} have not voted yet.", len(who), who=who)
    return Tally(outcome="open", sentence=said, missing=left, unblock=left)
