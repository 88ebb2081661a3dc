"""Consent: it is decided when nobody who decides objects.

An objection has a reason, and ends by a newer entry of the same person. The idea is that of
sociocracy (Sociocracy 3.0, "consent decision making"); how silence counts is the rule's own matter.
"""

from __future__ import annotations

from orgcode.law.ballot import Ballot, Tally
from orgcode.law.methods.stuck import opposed
from orgcode.law.methods.waiting import waiting
from orgcode.model.message import message, one


def consent(ballot: Ballot) -> Tally:
    """Adopted without an open objection, when all have responded, or when silence consents after
    the time set; with the quorum, and at least one who says yes.
    """
    against = opposed(ballot)
    if against:
        return against
    if not (ballot.has_quorum and ballot.assenting):
        return waiting(ballot)
    if not ballot.silent and ballot.may_end_now:
        return Tally(
            outcome="adopted",
            sentence=message(
                "Nobody who decides about it has {objection:a}.", objection=one("objection")
            ),
        )
    if _silence_consents(ballot):
        return Tally(
            outcome="adopted",
            sentence=message("Nobody who decides about it has objected in the time set for it."),
        )
    return waiting(ballot)


def _silence_consents(ballot: Ballot) -> bool:
    if ballot.way.silence != "consents" or not ballot.period.is_silence(ballot.now):
        return False
    return not ballot.short.intersection(ballot.silent)
