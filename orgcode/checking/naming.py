"""Where the files of an organisation name a person, circle or role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgcode.model.entities import (
    Agreement,
    Circle,
    DecisionRule,
    Objective,
    Policy,
    Proposal,
    Response,
    Role,
    Tension,
)
from orgcode.model.finding import Pointer
from orgcode.model.org import Org


class Named(NamedTuple):
    """A place where an id stands, and the id."""

    path: str
    pointer: Pointer
    id: str


def people_named(org: Org) -> Iterator[Named]:
    """Every place that names a person."""
    return (named for named in _people(org) if named.id)


def circles_named(org: Org) -> Iterator[Named]:
    """Every place that names a circle."""
    return (named for named in _circles(org) if named.id)


def roles_named(org: Org) -> Iterator[Named]:
    """Every place that names a role: one with a file, or a core role `<circle>/<core-role>`."""
    return (named for named in _roles(org) if named.id)


def core_roles_named(org: Org) -> Iterator[Named]:
    """Every place that names a core role without a circle."""
    for circle in org.circles.values():
        for core in circle.core_roles:
            yield Named(circle.path, ("core_roles", core), core)
    if org.organisation:
        path = org.organisation.path
        for kind in org.organisation.circle_kinds.values():
            for place, core in enumerate(kind.core_roles):
                yield Named(path, ("circle_kinds", kind.id, "core_roles", place), core)
    yield from _in_electorates(org, "core")
    for rule in own_decision_rules(org):
        if core_role := rule.where.get("core_role"):
            yield Named(rule.path, (*rule.pointer, "where", "core_role"), core_role)


def things_in_circles(org: Org) -> Iterator[Role | Policy | Agreement | Objective]:
    """Everything with a file of its own that names the circle in which it stands."""
    yield from org.roles.values()
    yield from org.policies.values()
    yield from org.agreements.values()
    yield from org.objectives.values()


def own_decision_rules(org: Org) -> Iterator[DecisionRule]:
    """The decision rules that stand in the repository: org.yaml's and those of circles."""
    if org.organisation:
        yield from org.organisation.decision_rules
    for circle in org.circles.values():
        yield from circle.decision_rules


def _people(org: Org) -> Iterator[Named]:
    for circle in org.circles.values():
        for holdings in (circle.members, *circle.core_roles.values()):
            for holding in holdings:
                yield Named(circle.path, (*holding.pointer, "person"), holding.person)
        for place, former in enumerate(circle.former):
            yield Named(circle.path, ("former", place, "person"), former.person)
    for role in org.roles.values():
        for holding in role.holders:
            yield Named(role.path, (*holding.pointer, "person"), holding.person)
    yield from _parties(org, "person")
    for tension in org.tensions.values():
        yield Named(tension.path, ("sensed_by",), tension.sensed_by)
    for proposal in org.proposals.values():
        yield Named(proposal.path, ("proposer",), proposal.proposer)
        for place, id in enumerate(proposal.ask_people):
            yield Named(proposal.path, ("ask", "people", place), id)
    seen = set()
    for response in org.responses:
        if response.path not in seen:
            seen.add(response.path)
            yield Named(response.path, (), response.person)
        if response.nominee:
            yield Named(response.path, (*response.pointer, "nominee"), response.nominee)
        if response.recorded_by:
            yield Named(response.path, (*response.pointer, "recorded_by"), response.recorded_by)


def _circles(org: Org) -> Iterator[Named]:
    if org.organisation:
        yield Named(org.organisation.path, ("anchor",), org.organisation.anchor)
    for circle in org.circles.values():
        if circle.parent:
            yield Named(circle.path, ("parent",), circle.parent)
    serving: tuple[Circle | Role, ...] = (*org.circles.values(), *org.roles.values())
    for thing in serving:
        for place, id in enumerate(thing.serves):
            yield Named(thing.path, ("serves", place), id)
    for placed in things_in_circles(org):
        yield Named(placed.path, ("circle",), placed.circle)
    yield from _parties(org, "circle")
    yield from _in_electorates(org, "circle")
    for rule in own_decision_rules(org):
        if circle_id := rule.where.get("circle"):
            yield Named(rule.path, (*rule.pointer, "where", "circle"), circle_id)


def _roles(org: Org) -> Iterator[Named]:
    for circle in org.circles.values():
        for place, former in enumerate(circle.former):
            if former.role:
                yield Named(circle.path, ("former", place, "role"), former.role)
    yield from _parties(org, "role")
    for objective in org.objectives.values():
        if objective.owner:
            yield Named(objective.path, ("owner",), objective.owner)
    from_roles: tuple[Tension | Proposal | Response, ...] = (
        *org.tensions.values(),
        *org.proposals.values(),
        *org.responses,
    )
    for thing in from_roles:
        if thing.role:
            yield Named(thing.path, (*thing.pointer, "role"), thing.role)
    for proposal in org.proposals.values():
        for place, id in enumerate(proposal.ask_roles):
            yield Named(proposal.path, ("ask", "roles", place), id)
    yield from _in_electorates(org, "role")


def _parties(org: Org, kind: str) -> Iterator[Named]:
    """Parties of one kind: `circle:kitchen`, `role:cook`, or the bare id of a person."""
    lists = [(role.path, "consult", role.consult) for role in org.roles.values() if role.consult]
    lists += [(a.path, "between", a.between) for a in org.agreements.values() if a.between]
    for path, key, parties in lists:
        for place, party in enumerate(parties):
            prefix, colon, id = party.rpartition(":")
            if (prefix if colon else "person") == kind:
                yield Named(path, (key, place), id)


def _in_electorates(org: Org, kind: str) -> Iterator[Named]:
    """What decision rules name in `of`: `circle:<id>`, `role:<id>`, `core:<core-role>`."""
    for rule in own_decision_rules(org):
        ways = [(rule.pointer, rule.way)]
        if rule.otherwise:
            ways.append(((*rule.pointer, "otherwise"), rule.otherwise.way))
        for pointer, way in ways:
            for place, group in enumerate(way.of):
                prefix, colon, id = group.partition(":")
                if colon and prefix == kind:
                    spot = (*pointer, "of") if len(way.of) == 1 else (*pointer, "of", place)
                    yield Named(rule.path, spot, id)
