"""Ensure that what was proposed and said stays as it was said.

The record of a proposal tells why something was decided, who agreed, and which objections there
were. It is only worth something if nobody can rewrite it afterwards. Put the record back as it was.
Who thinks otherwise now adds an entry; what turned out to be wrong is put right by a new proposal.

Adding is no altering: new entries behind the others, answers, an outcome.

Wrong:

    # proposals/2027-01-15-pan/responses/omar.yaml, before
    - stance: concern
      change: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      at: 2027-01-16T12:00:00Z
      after: null
      reason: It costs a lot

    # proposals/2027-01-15-pan/responses/omar.yaml  # <-- here
    - stance: consent
      change: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      at: 2027-01-16T12:00:00Z
      after: null

Right:

    # proposals/2027-01-15-pan/responses/omar.yaml, before
    - stance: concern
      change: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      at: 2027-01-16T12:00:00Z
      after: null
      reason: It costs a lot

    # proposals/2027-01-15-pan/responses/omar.yaml
    - stance: concern
      change: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      at: 2027-01-16T12:00:00Z
      after: null
      reason: It costs a lot
    - stance: consent
      change: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
      at: 2027-01-17T12:00:00Z
      after: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.changes.change import Change
from orgcode.changes.states import readable_at, same
from orgcode.checking.rule import Group, Subject
from orgcode.model.effect import Effect
from orgcode.model.facts import identify
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "change"
FOR: tuple[Subject, ...] = ("change",)

_ALTERING = frozenset({"proposal.altered", "proposal.amended", "proposal.removed"})


def check(_: Org, change: Change) -> Iterator[Problem]:
    """Name the files of a record that say something else than before."""
    told = set()
    for effect in change.effects:
        if effect.path not in told and _alters(change, effect):
            told.add(effect.path)
            yield Problem(
                path=effect.path,
                cause=message("This is the record of a proposal, and it is not what it was."),
                way_out=message(
                    "Put it back as it was; new entries, answers and an outcome may be added."
                ),
            )


def _alters(change: Change, effect: Effect) -> bool:
    if effect.kind in _ALTERING:
        return True
    if effect.kind == "proposal.unreadable":
        return change.before.is_there(effect.path)
    if effect.kind == "proposal.answered":
        before, after = (_answers(org, effect.path) for org in (change.before, change.after))
        return not same(before, after[: len(before)])
    if effect.kind == "proposal.closed":
        identity = identify(effect.path)
        was = change.before.proposals.get(identity.id) if identity else None
        return was is not None and was.outcome is not None
    return False


def _answers(org: Org, path: str) -> list[object]:
    data = readable_at(org, path)
    return list(data.get("answers") or ()) if isinstance(data, dict) else []
