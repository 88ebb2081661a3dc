"""Ensure that every proposal says from which tension it starts.

A tension is the gap that somebody senses between how it is and how it could be. Without it, others
can only judge a proposal by taste; with it, they can see whether it helps, and think of something
that helps more. Name a tension by its `id`, or write it out as `text`.

Wrong:

    # proposals/2027-02-01-garden/proposal.yaml  # <-- here
    title: Make a garden
    proposer: sara
    opened:
      at: 2027-02-01T10:00:00Z
      base: 0123456789012345678901234567890123456789

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

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Proposal
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "law"
FOR: tuple[Subject, ...] = ("proposal",)


def check(org: Org, proposal: Proposal) -> Iterator[Problem]:
    """Look for a tension that is named, or written out."""
    if proposal.tension_id or proposal.tension_text or not is_whole(org, proposal.path):
        return
    yield Problem(
        path=proposal.path,
        cause=message(
            "This {proposal} does not say from which {tension} it starts.",
            proposal=one("proposal"),
            tension=one("tension"),
        ),
        way_out=message(
            "Write `tension`, with the `id` of {tension:a} or a `text`.", tension=one("tension")
        ),
    )
