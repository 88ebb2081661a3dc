"""Ensure that every concern, objection and advice has an answer.

Whoever takes the trouble to say what they see should learn what became of it. The proposer answers
under `answers` in the proposal, naming the entry by its digest. An entry that its author has
replaced with a newer one needs no answer any more, nor does a proposal that was withdrawn or
rejected.

Wrong:

    # proposals/2027-02-01-garden/proposal.yaml
    title: Make a garden
    proposer: sara
    opened:
      at: 2027-02-01T10:00:00Z
      base: 0123456789012345678901234567890123456789
    tension: {text: We buy all our vegetables while the land lies idle.}

    # proposals/2027-02-01-garden/responses/omar.yaml
    - stance: concern  # <-- here
      change: 00000000000000000000000000000000000000000000000000000000000000aa
      at: 2027-02-02T08:00:00Z
      after: null
      reason: Who waters it in August?

Right:

    # proposals/2027-02-01-garden/proposal.yaml
    title: Make a garden
    proposer: sara
    opened:
      at: 2027-02-01T10:00:00Z
      base: 0123456789012345678901234567890123456789
    tension: {text: We buy all our vegetables while the land lies idle.}
    answers:
      - to: f6c58f72ec122ffe067ced8b8d5e02d0eb031626f526015758d32a6d1d2bd189
        text: The neighbours do.

    # proposals/2027-02-01-garden/responses/omar.yaml
    - stance: concern
      change: 00000000000000000000000000000000000000000000000000000000000000aa
      at: 2027-02-02T08:00:00Z
      after: null
      reason: Who waters it in August?
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.model.entities import Response
from orgcode.model.entry_digests import digest_in
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "law"
FOR: tuple[Subject, ...] = ("response",)

_WANT_ANSWER = frozenset({"concern", "objection", "advice"})


def check(org: Org, entries: tuple[Response, ...]) -> Iterator[Problem]:
    """Look for the newest entry of a person among those that are answered."""
    entry = entries[-1]
    proposal = org.proposals.get(entry.proposal)
    if org.organisation is None or entry.stance not in _WANT_ANSWER or proposal is None:
        return
    if proposal.outcome or not is_whole(org, proposal.path) or not is_whole(org, entry.path):
        return
    digest = digest_in(org, entry)
    if digest is not None and digest not in {answer.to for answer in proposal.answers}:
        yield Problem(
            path=entry.path,
            pointer=entry.pointer,
            cause=message("This {response} has no answer yet.", response=one("response")),
            way_out=message(
                "The proposer answers under `answers` in {path}, with `to: {digest}`.",
                path=proposal.path,
                digest=digest,
            ),
        )
