"""Circles and roles."""

from __future__ import annotations

from orgcode.documents.building.fields import Data, common, day, domains, holdings, list_of
from orgcode.documents.building.kinds import decision_rules
from orgcode.model.entities import Circle, Context, Former, Link, Meeting, Metric, Role


def circle(data: Data, id: str, path: str) -> Circle:
    """A circle."""
    context = data.get("context")
    filled = data.get("core_roles") or {}
    return Circle(
        **common(data, id, path),
        name=data.get("name", id),
        purpose=data.get("purpose"),
        kind=data.get("kind"),
        parent=data.get("parent"),
        context=Context(text=context.get("text", ""), as_of=day(context, "as_of"))
        if context
        else None,
        strategy=data.get("strategy"),
        domains=domains(data),
        accountabilities=list_of(data, "accountabilities"),
        core_roles={core: holdings(filled, core, ("core_roles",)) for core in filled},
        members=holdings(data, "members"),
        former=tuple(
            Former(
                person=item.get("person", ""),
                role=item.get("role"),
                since=day(item, "since"),
                until=day(item, "until"),
            )
            for item in list_of(data, "former")
        ),
        serves=list_of(data, "serves"),
        decision_rules=decision_rules(data, path),
        metrics=tuple(
            Metric(
                name=item.get("name", ""),
                value=item.get("value"),
                unit=item.get("unit"),
                as_of=day(item, "as_of"),
                source=item.get("source"),
            )
            for item in list_of(data, "metrics")
        ),
        meetings=tuple(
            Meeting(
                name=item.get("name", ""),
                kind=item.get("kind"),
                every=item.get("every"),
                day=item.get("day"),
                time=item.get("time"),
                link=item.get("link"),
            )
            for item in list_of(data, "meetings")
        ),
        contact=data.get("contact"),
        links=tuple(
            Link(name=item.get("name", item.get("url", "")), url=item.get("url", ""))
            for item in list_of(data, "links")
        ),
    )


def role(data: Data, id: str, path: str) -> Role:
    """A role that has a file of its own."""
    return Role(
        **common(data, id, path),
        name=data.get("name", id),
        circle=data.get("circle", ""),
        purpose=data.get("purpose"),
        accountabilities=list_of(data, "accountabilities"),
        domains=domains(data),
        holders=holdings(data, "holders"),
        seats=data.get("seats", 1),
        skills=list_of(data, "skills"),
        consult=list_of(data, "consult"),
        serves=list_of(data, "serves"),
    )
