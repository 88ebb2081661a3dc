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

from collections.abc import Iterable, Iterator

from orgcode.checking.naming import circles_named, roles_named
from orgcode.checking.rule import Group
from orgcode.law.authority import Authority, OneSided
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "people"
DEPENDS_ON_DATE = True

_SHOWN = 3
"""How many people are named; of more the number is said."""


def check(org: Org) -> Iterator[Problem]:
    """Gather the one-sided relations under the rules from which they follow."""
    if not org.is_whole("org", "circle", "role", "person"):
        return
    if not _all_known(org):
        return
    by_rule: dict[int, list[OneSided]] = {}
    for found in Authority(org).one_sided():
        by_rule.setdefault(id(found.match.rule), []).append(found)
    for arrows in by_rule.values():
        match = arrows[0].match
        of_ruleset = match.level == "ruleset"
        yield Problem(
            path="org.yaml" if of_ruleset else match.rule.path,
            pointer=("ruleset",) if of_ruleset else match.rule.pointer,
            cause=message(
                "By this rule {deciders} can appoint or release {holders}, and no rule gives a say "
                "in return.",
                deciders=_names(org, (person for arrow in arrows for person in arrow.by)),
                holders=_names(org, (arrow.holding.person for arrow in arrows)),
            ),
            way_out=message(
                "Let those who work in the circle decide with them, for instance with "
                "“of: members”, or let them take part in deciding the policies of the circle."
            ),
        )


def _all_known(org: Org) -> bool:
    """Whether everything exists that decides: what does not has a finding of its own."""
    return all(org.is_known("circle", named.id) for named in circles_named(org)) and all(
        org.is_known_role(named.id) for named in roles_named(org)
    )


def _names(org: Org, people: Iterable[str]) -> object:
    """People by name, and beyond a few how many more there are."""
    ids = sorted(set(people))
    names = tuple(org.people[id].name for id in ids[:_SHOWN])
    if len(ids) <= _SHOWN:
        return names
    return message("{names}, and {count} more", names=names, count=len(ids) - _SHOWN)
