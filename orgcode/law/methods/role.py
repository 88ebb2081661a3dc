"""A role's own authority: one of its holders decides, and none of them is against it."""

from __future__ import annotations

from orgcode.law.ballot import Ballot, Tally
from orgcode.law.methods.stuck import opposed
from orgcode.model.message import message


def role(ballot: Ballot) -> Tally:
    """Adopted when one holder says yes and none objects."""
    against = opposed(ballot)
    if against:
        return against
    deciding = ballot.assenting
    if deciding:
        who = ballot.names(deciding)
        return Tally(outcome="adopted", sentence=message("Decided by {who}.", who=who))
    who = ballot.names(ballot.body)
    return Tally(
        outcome="open",
        sentence=message("It is up to {who}, who has not said yes yet.", who=who)
        if len(who) == 1
        else message("One of {who} has to say yes.", who=who),
        missing=ballot.silent,
        unblock=ballot.body,
    )
