"""Proposals and what people said to them."""

from __future__ import annotations

from orgcode.documents.building.fields import Data, common, day, list_of
from orgcode.model.entities import Answer, Proposal, Response


def proposal(data: Data, id: str, path: str) -> Proposal:
    """The record of a proposal."""
    opened = data.get("opened") or {}
    tension = data.get("tension") or {}
    ask = data.get("ask") or {}
    return Proposal(
        **common(data, id, path),
        title=data.get("title", id),
        proposer=data.get("proposer", ""),
        opened_at=opened.get("at", ""),
        opened_base=opened.get("base", ""),
        role=data.get("role"),
        tension_id=tension.get("id"),
        tension_text=tension.get("text"),
        because=data.get("because"),
        example=data.get("example"),
        ask_people=list_of(ask, "people"),
        ask_roles=list_of(ask, "roles"),
        answers=tuple(
            Answer(to=item.get("to", ""), text=item.get("text", ""))
            for item in list_of(data, "answers")
        ),
        evaluate_on=day(data, "evaluate_on"),
        outcome=data.get("outcome"),
    )


def response(data: Data, proposal: str, person: str, path: str, place: int) -> Response:
    """One entry of a response file; `place` is its place in the list."""
    return Response(
        proposal=proposal,
        person=person,
        stance=data.get("stance", ""),
        change=data.get("change", ""),
        at=data.get("at", ""),
        after=data.get("after"),
        path=path,
        pointer=(place,),
        role=data.get("role"),
        reason=data.get("reason"),
        nominee=data.get("nominee"),
        recorded_by=data.get("recorded_by"),
        evidence=data.get("evidence"),
        signature=data.get("signature"),
    )
