"""What is agreed and aimed at, and what is still in tension."""

from __future__ import annotations

from datetime import date

from orgcode.documents.building.fields import Data, common, day, list_of
from orgcode.model.entities import Agreement, Closed, KeyResult, Objective, Policy, Tension


def policy(data: Data, id: str, path: str) -> Policy:
    """A policy."""
    return Policy(
        **common(data, id, path),
        title=data.get("title", id),
        circle=data.get("circle", ""),
        text=data.get("text", ""),
        kind=data.get("kind"),
        domain=data.get("domain"),
        effective_on=day(data, "effective_on"),
        review_on=day(data, "review_on"),
        expires_on=day(data, "expires_on"),
    )


def agreement(data: Data, id: str, path: str) -> Agreement:
    """An agreement."""
    return Agreement(
        **common(data, id, path),
        title=data.get("title", id),
        kind=data.get("kind", ""),
        circle=data.get("circle", ""),
        text=data.get("text"),
        between=list_of(data, "between"),
        agreed_on=day(data, "agreed_on"),
        review_on=day(data, "review_on"),
        every=data.get("every"),
        last_held_on=day(data, "last_held_on"),
    )


def objective(data: Data, id: str, path: str) -> Objective:
    """An objective."""
    return Objective(
        **common(data, id, path),
        title=data.get("title", id),
        circle=data.get("circle", ""),
        owner=data.get("owner"),
        text=data.get("text"),
        starts_on=day(data, "starts_on"),
        ends_on=day(data, "ends_on"),
        parent=data.get("parent"),
        key_results=tuple(
            KeyResult(
                name=item.get("name", ""),
                start=item.get("start"),
                target=item.get("target"),
                current=item.get("current"),
                unit=item.get("unit"),
                as_of=day(item, "as_of"),
            )
            for item in list_of(data, "key_results")
        ),
        result=data.get("result"),
    )


def tension(data: Data, id: str, path: str) -> Tension:
    """A tension."""
    closed = data.get("closed")
    return Tension(
        **common(data, id, path),
        title=data.get("title", id),
        sensed_by=data.get("sensed_by", ""),
        role=data.get("role"),
        text=data.get("text"),
        sensed_on=day(data, "sensed_on"),
        closed=Closed(on=date.fromisoformat(closed["on"]), because=closed.get("because"))
        if closed and closed.get("on")
        else None,
    )
