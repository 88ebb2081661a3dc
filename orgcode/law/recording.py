"""Whether a proposal may be put on record without being adopted (rule 2 of the law).

The step holds the record alone. `withdrawn` is for its proposer, by an entry of theirs; `rejected`
for anybody, once the verdict on what was proposed is rejected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgcode.changes.change import Change
from orgcode.law.form import faults_of_content, faults_of_record, is_founding, is_readable
from orgcode.law.judge import is_withdrawn
from orgcode.law.verdict import Verdict
from orgcode.model.effect import top
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message, one


def judge_record(
    change: Change, proposal: str, proposed: Verdict, new_errors: Sequence[Finding]
) -> Verdict:
    """Judge a step that records how a proposal ended; `proposed` is the verdict on what it
    proposed.
    """
    faults = tuple(_faults(change, proposal, proposed, new_errors))
    if faults:
        return Verdict(
            outcome="invalid",
            sentence=message("It cannot be recorded so: {why}", why=faults[0]),
            reasons=faults,
        )
    said = (
        message("The proposer withdrew it, and that is on record.")
        if is_withdrawn(proposed)
        else message("It was rejected, and that is on record.")
    )
    return Verdict(outcome="adopted", sentence=said, judgements=proposed.judgements)


def _faults(
    change: Change, proposal: str, proposed: Verdict, new_errors: Sequence[Finding]
) -> Iterator[Message]:
    yield from faults_of_content(change, (), new_errors)
    yield from faults_of_record(change, proposal)
    if not (is_founding(change.before) or is_readable(change.before)):
        yield message("org.yaml cannot be read as it is now.")
    if any(top(effect.kind) != "proposal" for effect in change.effects):
        yield message(
            "What ended without being adopted changes nothing but the record of the {proposal}.",
            proposal=one("proposal"),
        )
    record = change.after.proposals.get(proposal)
    outcome = record.outcome if record else None
    if outcome == "withdrawn" and not is_withdrawn(proposed):
        yield message("Only the proposer withdraws it, by a response of their own.")
    elif outcome == "rejected" and (proposed.outcome != "rejected" or is_withdrawn(proposed)):
        yield message("It has not been rejected: {sentence}", sentence=proposed.sentence)
    elif outcome is None:
        yield message("The record does not say how it ended.")
