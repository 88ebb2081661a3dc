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
from typing import NamedTuple

from orgcode.checking.flaws import is_whole
from orgcode.checking.naming import own_decision_rules
from orgcode.checking.rule import Group
from orgcode.checking.spelling import Spelling
from orgcode.model.entities import AGREEMENT_KINDS
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import Message, message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"


class _Kinds(NamedTuple):
    ids: Collection[str]
    what: Message


def check(org: Org) -> Iterator[Problem]:
    """Name kinds that neither the ruleset nor org.yaml has."""
    if not is_whole(org, "org.yaml"):
        return
    circles = _Kinds(org.circle_kinds, message("kind of circle"))
    policies = _Kinds(org.ruleset.policy_kinds, message("kind of policy"))
    people = _Kinds(org.memberships, message("kind of membership"))
    anything = _Kinds(
        {*circles.ids, *policies.ids, *AGREEMENT_KINDS},
        message("kind of circle, policy or agreement"),
    )
    for circle in org.circles.values():
        yield from _unknown(circles, circle.path, ("kind",), circle.kind)
    for policy in org.policies.values():
        yield from _unknown(policies, policy.path, ("kind",), policy.kind)
    for person in org.people.values():
        yield from _unknown(people, person.path, ("membership",), person.membership)
    for rule in own_decision_rules(org):
        where = (*rule.pointer, "where")
        yield from _unknown(anything, rule.path, (*where, "kind"), rule.where.get("kind"))
        yield from _unknown(people, rule.path, (*where, "membership"), rule.where.get("membership"))


def _unknown(kinds: _Kinds, path: str, pointer: Pointer, id: str | None) -> Iterator[Problem]:
    if id and id not in kinds.ids:
        yield Problem(
            path=path,
            pointer=pointer,
            cause=message("There is no {what} with the id “{id}”.", what=kinds.what, id=id),
            way_out=Spelling(kinds.ids).way_out(id, _way_out(kinds.ids)),
        )


def _way_out(ids: Collection[str]) -> Message:
    if not ids:
        return message("Add it to org.yaml, or leave it out here.")
    return message("There are: {ids}.", ids=tuple(sorted(ids)))
