"""Where a thing names a person, circle or role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgcode.model.entities import (
    Agreement,
    Circle,
    DecisionRule,
    Objective,
    Organisation,
    Policy,
    Proposal,
    Response,
    Role,
    Tension,
    Thing,
)
from orgcode.model.finding import Pointer

Content = Thing | tuple[Response, ...] | None
"""What a rule may be about: a thing, the entries of a response, or no organisation at all."""


class Named(NamedTuple):
    """A place where an id stands, and the id."""

    pointer: Pointer
    id: str


def path_of(content: Thing | tuple[Response, ...]) -> str:
    """The file in which something stands."""
    return content[0].path if isinstance(content, tuple) else content.path


def people_named(content: Content) -> Iterator[Named]:
    """Every place that names a person."""
    match content:
        case Role():
            for holding in content.holders:
                yield Named((*holding.pointer, "person"), holding.person)
            yield from _parties("consult", content.consult, "person")
        case Circle():
            for holdings in (content.members, *content.core_roles.values()):
                for holding in holdings:
                    yield Named((*holding.pointer, "person"), holding.person)
            for place, former in enumerate(content.former):
                yield Named(("former", place, "person"), former.person)
        case Agreement():
            yield from _parties("between", content.between, "person")
        case Tension():
            yield Named(("sensed_by",), content.sensed_by)
        case Proposal():
            yield Named(("proposer",), content.proposer)
            yield from _listed(("ask", "people"), content.ask_people)
        case tuple():
            yield Named((), content[0].person)
            for entry in content:
                yield Named((*entry.pointer, "nominee"), entry.nominee or "")
                yield Named((*entry.pointer, "recorded_by"), entry.recorded_by or "")


def circles_named(content: Content) -> Iterator[Named]:
    """Every place that names a circle."""
    match content:
        case Role():
            yield Named(("circle",), content.circle)
            yield from _listed(("serves",), content.serves)
            yield from _parties("consult", content.consult, "circle")
        case Circle():
            yield Named(("parent",), content.parent or "")
            yield from _listed(("serves",), content.serves)
            yield from _in_rules(content.decision_rules, "circle")
        case Policy() | Objective():
            yield Named(("circle",), content.circle)
        case Agreement():
            yield Named(("circle",), content.circle)
            yield from _parties("between", content.between, "circle")
        case Organisation():
            yield Named(("anchor",), content.anchor)
            yield from _in_rules(content.decision_rules, "circle")


def roles_named(content: Content) -> Iterator[Named]:
    """Every place that names a role: one with a file, or a core role `<circle>/<core-role>`."""
    match content:
        case Role():
            yield from _parties("consult", content.consult, "role")
        case Circle():
            for place, former in enumerate(content.former):
                yield Named(("former", place, "role"), former.role or "")
            yield from _in_rules(content.decision_rules, "role")
        case Agreement():
            yield from _parties("between", content.between, "role")
        case Objective():
            yield Named(("owner",), content.owner or "")
        case Tension():
            yield Named(("role",), content.role or "")
        case Proposal():
            yield Named(("role",), content.role or "")
            yield from _listed(("ask", "roles"), content.ask_roles)
        case tuple():
            for entry in content:
                yield Named((*entry.pointer, "role"), entry.role or "")
        case Organisation():
            yield from _in_rules(content.decision_rules, "role")


def core_roles_named(thing: Organisation | Circle | None) -> Iterator[Named]:
    """Every place that names a core role without a circle."""
    if isinstance(thing, Circle):
        for core in thing.core_roles:
            yield Named(("core_roles", core), core)
    elif thing is not None:
        for kind in thing.circle_kinds.values():
            yield from _listed(("circle_kinds", kind.id, "core_roles"), kind.core_roles)
    for rule in thing.decision_rules if thing else ():
        yield from _in_electorates(rule, "core")
        if core_role := rule.where.get("core_role"):
            yield Named((*rule.pointer, "where", "core_role"), core_role)


def _listed(pointer: Pointer, ids: tuple[str, ...]) -> Iterator[Named]:
    return (Named((*pointer, place), id) for place, id in enumerate(ids))


def _parties(key: str, parties: tuple[str, ...], kind: str) -> Iterator[Named]:
    """Parties of one kind: `circle:kitchen`, `role:cook`, or the bare id of a person."""
    for place, party in enumerate(parties):
        prefix, colon, id = party.rpartition(":")
        if (prefix if colon else "person") == kind:
            yield Named((key, place), id)


def _in_rules(rules: tuple[DecisionRule, ...], kind: str) -> Iterator[Named]:
    """What decision rules name in `of` and `where`."""
    for rule in rules:
        yield from _in_electorates(rule, kind)
        if kind == "circle" and (circle_id := rule.where.get("circle")):
            yield Named((*rule.pointer, "where", "circle"), circle_id)


def _in_electorates(rule: DecisionRule, kind: str) -> Iterator[Named]:
    """What a decision rule names in `of`: `circle:<id>`, `role:<id>`, `core:<core-role>`."""
    ways = [(rule.pointer, rule.way)]
    if rule.otherwise:
        ways.append(((*rule.pointer, "otherwise"), rule.otherwise.way))
    for pointer, way in ways:
        for place, group in enumerate(way.of):
            prefix, colon, id = group.partition(":")
            if colon and prefix == kind:
                yield Named((*pointer, "of") if len(way.of) == 1 else (*pointer, "of", place), id)
