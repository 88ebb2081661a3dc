"""Ensure that every kind of circle, membership or policy that is named exists.

Kinds of circle and policy come with the ruleset; org.yaml may add kinds of circle under
`circle_kinds`, and has the kinds of membership under `memberships`. What has an unknown kind gets
no core roles and no vote, and no decision rule applies to it. Correct the kind, or add it to
org.yaml.

Wrong:

    # circles/garden.yaml
    name: Garden
    parent: house
    purpose: Vegetables
    kind: taem  # <-- here

    # people/omar.yaml
    name: Omar
    membership: guest  # <-- here

Right:

    # circles/garden.yaml
    name: Garden
    parent: house
    purpose: Vegetables
    kind: team

    # people/omar.yaml
    name: Omar
    membership: guest

    # org.yaml, continued
    memberships:
      guest: {name: Guest, votes: false}
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import Spelling
from orgcode.model.entities import AGREEMENT_KINDS, Circle, Organisation, Person, Policy
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("organisation", "circle", "person", "policy")

_CIRCLE = message("kind of {circle}", circle=one("circle"))
_POLICY = message("kind of {policy}", policy=one("policy"))
_PERSON = message("kind of membership")
_ANYTHING = message(
    "kind of {circle}, {policy} or {agreement}",
    circle=one("circle"),
    policy=one("policy"),
    agreement=one("agreement"),
)

_Named = tuple[Pointer, str | None, Message, Collection[str]]
"""A kind that is named and where, what it is a kind of, and which there are."""


def check(org: Org, thing: Organisation | Circle | Person | Policy | None) -> Iterator[Problem]:
    """Name kinds that neither the ruleset nor org.yaml has."""
    if thing is None:
        return
    for pointer, id, what, ids in _named(org, thing):
        if id and id not in ids and is_whole(org, "org.yaml"):
            yield Problem(
                path=thing.path,
                pointer=pointer,
                cause=message("There is no {what} with the id “{id}”.", what=what, id=id),
                way_out=Spelling(ids).way_out(id, _way_out(ids)),
            )


def _named(org: Org, thing: Organisation | Circle | Person | Policy) -> Iterator[_Named]:
    if isinstance(thing, Person):
        yield ("membership",), thing.membership, _PERSON, org.memberships
    elif isinstance(thing, Policy):
        yield ("kind",), thing.kind, _POLICY, org.ruleset.policy_kinds
    else:
        if isinstance(thing, Circle):
            yield ("kind",), thing.kind, _CIRCLE, org.circle_kinds
        for rule in thing.decision_rules:
            where = (*rule.pointer, "where")
            anything = {*org.circle_kinds, *org.ruleset.policy_kinds, *AGREEMENT_KINDS}
            yield (*where, "kind"), rule.where.get("kind"), _ANYTHING, anything
            yield (*where, "membership"), rule.where.get("membership"), _PERSON, org.memberships


def _way_out(ids: Collection[str]) -> Message:
    if not ids:
        return message("Add it to org.yaml, or leave it out here.")
    return message("There are: {ids}.", ids=tuple(sorted(ids)))
