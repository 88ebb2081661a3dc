"""When somebody says no with a reason: blocked, and rejected once the time for it is over."""

from __future__ import annotations

from collections.abc import Iterable

from orgcode.law.ballot import Ballot, Tally
from orgcode.model.message import Message, many, messages, one


def opposed(ballot: Ballot) -> Tally | None:
    """What comes of objections; None where there is none."""
    people = ballot.opposing
    if not people:
        return None
    who = ballot.names(people)
    said = messages(
        "{who} has {objection:a} that is still open.",
        "{who} have {objections} that are still open.",
        len(who),
        who=who,
        objection=one("objection"),
        objections=many("objection"),
    )
    return stuck(ballot, said, people)


def stuck(ballot: Ballot, said: Message, people: Iterable[str]) -> Tally:
    """Blocked until these people or a way out help; rejected once neither can any more."""
    ends = ballot.is_over and not ballot.has_way_out
    return Tally(
        outcome="rejected" if ends else "blocked",
        sentence=said,
        unblock=() if ends else tuple(sorted({*people, ballot.proposer})),
    )
