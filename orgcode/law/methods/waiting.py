"""What a decision waits for while nobody is against it."""

from __future__ import annotations

from orgcode.law.ballot import Ballot, Tally
from orgcode.model.message import message, messages


def waiting(ballot: Ballot) -> Tally:
    """Open: for responses, for an assent, or for time to pass."""
    silent = ballot.silent
    missing = ballot.names(silent)
    if missing:
        said = messages(
            "{who} has not responded yet.",
            "{who} have not responded yet.",
            len(missing),
            who=missing,
        )
    elif not ballot.has_quorum:
        said = messages(
            "At least {count} person has to respond, and there are not so many who decide.",
            "At least {count} people have to respond, and there are not so many who decide.",
            ballot.quorum,
        )
    elif not ballot.assenting:
        said = message("Nobody who decides has said yes yet.")
    else:
        said = message("All have responded; it stays open until the time set for it is over.")
    everybody_spoke = not silent and not ballot.assenting
    return Tally(
        outcome="open",
        sentence=said,
        missing=silent,
        unblock=ballot.body if everybody_spoke else silent,
    )
