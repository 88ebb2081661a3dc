"""Ensure that every tension that is named has a file in `tensions/`.

A proposal starts from a tension, and a tension stays visible until something came of it. That
works only if the proposal names one that is there. Correct the id; or write the tension out in the
proposal, as its `text`.

Wrong:

    # proposals/2027-02-01-garden/proposal.yaml
    title: Make a garden
    proposer: sara
    opened:
      at: 2027-02-01T10:00:00Z
      base: 0123456789012345678901234567890123456789
    tension: {id: no-vegetables}  # <-- here

Right:

    # proposals/2027-02-01-garden/proposal.yaml
    title: Make a garden
    proposer: sara
    opened:
      at: 2027-02-01T10:00:00Z
      base: 0123456789012345678901234567890123456789
    tension: {text: We buy all our vegetables while the land lies idle.}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import spelling
from orgcode.model.entities import Proposal
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("proposal",)


def check(org: Org, proposal: Proposal) -> Iterator[Problem]:
    """Look for the file of the tension that a proposal names."""
    id = proposal.tension_id
    if id and not org.is_known("tension", id):
        yield Problem(
            path=proposal.path,
            pointer=("tension", "id"),
            cause=message("There is no {what} with the id “{id}”.", what=one("tension"), id=id),
            way_out=spelling(org, "tension").way_out(
                id, message("Correct the id, or add the file tensions/{id}.yaml.", id=id)
            ),
        )
