"""The advice process: whoever proposes decides, after hearing everyone whom it concerns.

The idea is described by Frederic Laloux (Reinventing Organizations, 2014). Here the hearing is
shown by responses or by time, and each concern, objection and piece of advice gets an answer.
"""

from __future__ import annotations

from orgcode.law.ballot import Ballot, Tally
from orgcode.law.methods.stuck import stuck
from orgcode.model.message import message, messages, one

_WANT_ANSWER = frozenset({"objection", "concern", "advice"})


def advice(ballot: Ballot) -> Tally:
    """Adopted by the proposer, who must be among those to whom it is open, when all affected have
    been heard or have had the time for it, and everything that they said has an answer.
    """
    if ballot.proposer not in ballot.body:
        return _not_open(ballot)
    unheard = _unheard(ballot)
    if unheard and not ballot.period.was_had(ballot.now):
        who = ballot.names(unheard)
        said = messages(
            "{who} has not given {advice} yet.",
            "{who} have not given {advice} yet.",
            len(who),
            who=who,
            advice=one("advice"),
        )
        return Tally(outcome="open", sentence=said, missing=unheard, unblock=unheard)
    unanswered = _unanswered(ballot)
    if unanswered:
        who = ballot.names(unanswered)
        said = message("The proposer has not answered yet what {who} said.", who=who)
        return Tally(outcome="open", sentence=said, unblock=(ballot.proposer,))
    if ballot.proposer not in ballot.assenting:
        said = message("The proposer has not said yes yet.")
        return Tally(outcome="open", sentence=said, unblock=(ballot.proposer,))
    said = message("Everyone whom it concerns has been heard, or has had the time to speak.")
    return Tally(outcome="adopted", sentence=said)


def _not_open(ballot: Ballot) -> Tally:
    who = ballot.names(ballot.body)
    if who:
        said = message(
            "Only {who} may propose this, and decide it after taking {advice}.",
            who=who,
            advice=one("advice"),
        )
    else:
        said = message(
            "Nobody may decide this after taking {advice} at present.", advice=one("advice")
        )
    return stuck(ballot, said, ballot.body)


def _unheard(ballot: Ballot) -> tuple[str, ...]:
    def is_heard(person: str) -> bool:
        standing = ballot.standing.get(person)
        return standing is not None and (standing.is_response or standing.is_opposition)

    waits_for = [p for p in ballot.affected if p != ballot.proposer and p not in ballot.absent]
    return tuple(person for person in waits_for if not is_heard(person))


def _unanswered(ballot: Ballot) -> tuple[str, ...]:
    """Whose concern, objection or advice waits for an answer."""
    heard = {*ballot.affected, *ballot.objectors}
    return tuple(
        person
        for person in sorted(heard)
        if person != ballot.proposer
        and (standing := ballot.standing.get(person))
        and standing.stance in _WANT_ANSWER
        and standing.heard.digest not in ballot.answered
    )
