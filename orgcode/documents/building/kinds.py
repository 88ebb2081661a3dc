"""Kinds of circle and core role, and decision rules: of a ruleset, org.yaml or a circle."""

from __future__ import annotations

from orgcode.documents.building.fields import Data, days, domains, items, list_of, texts
from orgcode.model.entities import CircleKind, CoreRole, DecisionRule, Otherwise, Way


def decision_rules(data: Data, path: str) -> tuple[DecisionRule, ...]:
    """The decision rules of a ruleset, org.yaml or a circle."""
    rules = []
    for place, item in items(data, "decision_rules"):
        otherwise = item.get("otherwise")
        rules.append(
            DecisionRule(
                kinds=texts(item.get("for")),
                where={key: str(value) for key, value in (item.get("where") or {}).items()},
                way=_way(item),
                otherwise=Otherwise(after=days(otherwise.get("after")), way=_way(otherwise))
                if otherwise
                else None,
                path=path,
                pointer=("decision_rules", place),
            )
        )
    return tuple(rules)


def _way(data: Data) -> Way:
    return Way(
        by=data.get("by", "consent"),
        of=texts(data.get("of")),
        open_for=days(data.get("open_for")),
        quorum=None if data.get("quorum") is None else str(data["quorum"]),
        silence=data.get("silence", "blocks"),
        threshold=data.get("threshold", "> 1/2"),
        recuse=list_of(data, "recuse"),
        early=data.get("early"),
    )


def circle_kinds(data: Data) -> dict[str, CircleKind]:
    """The kinds of circle of a ruleset or org.yaml."""
    return {
        id: CircleKind(
            id=id,
            name=item.get("name", id),
            plural=item.get("plural"),
            description=item.get("description"),
            core_roles=list_of(item, "core_roles"),
        )
        for id, item in (data.get("circle_kinds") or {}).items()
        if item is not None
    }


def core_roles(data: Data) -> dict[str, CoreRole]:
    """The kinds of core role of a ruleset or org.yaml."""
    return {
        id: CoreRole(
            id=id,
            name=item.get("name", id),
            purpose=item.get("purpose"),
            accountabilities=list_of(item, "accountabilities"),
            domains=domains(item),
            optional=item.get("optional", False),
            term=item.get("term"),
            in_parent=item.get("in_parent", False),
            stands_in=item.get("stands_in", "self"),
        )
        for id, item in (data.get("core_roles") or {}).items()
        if item is not None
    }
