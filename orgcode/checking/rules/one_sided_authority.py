"""Ensure that authority runs both ways.

Whoever decides who holds a role can appoint and release others. That is fair where those others
also have a say: in who holds the roles of the first, or in the policies that bind them. Where it
runs one way only, some judge and others are judged.

The finding stands at the decision rule from which it follows. Let those who work in the circle take
part in it, for instance with `of: members`, or let them decide on the policies of the circle.
People whose membership has no vote are left out here.

Wrong:

    # org.yaml, continued
    decision_rules:
      - for: [assignment, policy]  # <-- here
        by: role
        of: role:director

    # roles/director.yaml
    name: Director
    circle: house
    purpose: Everything
    holders: [sara]

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders: [omar]

Right:

    # org.yaml, continued
    decision_rules:
      - for: [assignment, policy]
        by: consent
        of: members

    # roles/director.yaml
    name: Director
    circle: house
    purpose: Everything
    holders: [sara]

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Meals
    holders: [omar]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest

from orgcode.checking.deciding import number_of, place_of
from orgcode.checking.naming import Content, circles_named, roles_named
from orgcode.checking.rule import Group, Share, Subject
from orgcode.law.authority import Authority, OneSided
from orgcode.law.electorate import voters
from orgcode.model.entities import Role
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import many, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "people"
DEPENDS_ON_DATE = True
FOR: tuple[Subject, ...] = (
    "organisation",
    "circle",
    "role",
    "core-role",
    "policy",
    "agreement",
    "objective",
    "tension",
    "proposal",
    "response",
)

_SHOWN = 3
"""How many people are named; of more it is said that there are, and of holders how many."""
_UNKNOWN = "unknown"
"""The share of what names something that is not there, and has a finding of its own for it."""


def check(org: Org, thing: Content) -> Iterator[Share]:
    """Look for holders of a role who have no say over those who can release them."""
    if not _all_known(org, thing):
        yield Share(_UNKNOWN)
    elif isinstance(thing, Role) and thing.holders and not _runs_both_ways(org, thing):
        for found in Authority(org).one_sided_in(thing):
            yield _share(org, found)


def gather(org: Org, shares: Sequence[Share]) -> Iterator[Problem]:
    """Tell of the one-sided relations under the rules from which they follow."""
    rules: dict[tuple[str, str, Pointer], tuple[set[str], set[str]]] = {}
    for key, data in shares:
        if key == _UNKNOWN:
            return
        path, pointer, by, holder = data
        deciders, holders = rules.setdefault((key, path, tuple(pointer)), (set(), set()))
        deciders.update(by)
        holders.add(holder)
    if not org.is_whole("org", "circle", "role", "person"):
        return
    for (_, path, pointer), (deciders, holders) in rules.items():
        yield Problem(
            path=path,
            pointer=pointer,
            cause=message(
                "By this rule {deciders} can appoint or release {holders}, and no rule gives a say "
                "in return.",
                deciders=_deciders(org, deciders),
                holders=_holders(org, holders),
            ),
            way_out=message(
                "Let those who work in the {circle} decide with them, for instance with "
                "“of: members”, or let them take part in deciding the {policies} of the {circle}.",
                circle=one("circle"),
                policies=many("policy"),
            ),
        )


def _runs_both_ways(org: Org, role: Role) -> bool:
    """Whether those who decide who holds such a role are members of its circle, and all members
    decide on the policies by which they are bound; asked once for all roles of a circle.
    """
    like = f"{role.circle}/{role.core.id if role.core else ''}"
    return org.kept(f"authority both ways:{like}", lambda: _is_mutual(org, role))


def _is_mutual(org: Org, role: Role) -> bool:
    authority = Authority(org)
    deciders, binders = authority.over_role(role), authority.over_circle(role.circle)
    if deciders is None or binders is None or "affected" in deciders.match.rule.way.of:
        return False
    members = org.members(role.circle)
    return deciders.people <= members and members & voters(org) <= binders.people


def _all_known(org: Org, thing: Content) -> bool:
    """Whether everything exists that a thing names, and that may decide."""
    if isinstance(thing, Role) and not (thing.serves or thing.consult):
        return thing.circle in org.circles or org.is_known("circle", thing.circle)
    return all(not id or org.is_known("circle", id) for _, id in circles_named(thing)) and all(
        not id or org.is_known_role(id) for _, id in roles_named(thing)
    )


def _share(org: Org, found: OneSided) -> Share:
    """A relation with as many of those who decide as are named, and one more."""
    match = found.match
    number = number_of(org, match.level, match.circle, match.rule)
    path, pointer = place_of(match.level, match.rule)
    by = tuple(nsmallest(_SHOWN + 1, found.by))
    key = f"{match.level} {number} {match.circle or ''}"
    return Share(key, (path, pointer, by, found.holding.person))


def _deciders(org: Org, ids: set[str]) -> object:
    """People by name; beyond a few, shares do not tell how many there are."""
    names = _names(org, ids)
    return names if len(ids) <= _SHOWN else message("{names}, among others,", names=names)


def _holders(org: Org, ids: set[str]) -> object:
    """People by name, and beyond a few how many more there are."""
    names = _names(org, ids)
    if len(ids) <= _SHOWN:
        return names
    return message("{names}, and {count} more", names=names, count=len(ids) - _SHOWN)


def _names(org: Org, ids: set[str]) -> tuple[str, ...]:
    return tuple(org.people[id].name for id in nsmallest(_SHOWN, ids))
