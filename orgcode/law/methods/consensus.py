"""Consensus: it is decided when all who decide agree."""

from __future__ import annotations

from orgcode.law.ballot import Ballot, Tally
from orgcode.law.methods.stuck import opposed, stuck
from orgcode.law.methods.waiting import waiting
from orgcode.model.message import message, messages


def consensus(ballot: Ballot) -> Tally:
    """Adopted when all of the body say yes; who responds otherwise blocks it."""
    against = opposed(ballot)
    if against:
        return against
    assenting = set(ballot.assenting)
    others = tuple(person for person in ballot.responded if person not in assenting)
    if others:
        who = ballot.names(others)
        said = messages(
            "{who} has responded without agreeing, and all have to agree.",
            "{who} have responded without agreeing, and all have to agree.",
            len(who),
            who=who,
        )
        return stuck(ballot, said, others)
    if ballot.silent or not ballot.has_quorum or not ballot.may_end_now:
        return waiting(ballot)
    return Tally(outcome="adopted", sentence=message("All who decide about it agree."))
