"""From org.yaml to the organisation."""

from __future__ import annotations

from orgcode.documents.building.fields import Data, common, day, list_of
from orgcode.documents.building.kinds import circle_kinds, core_roles, decision_rules
from orgcode.model.entities import Handbook, MembershipKind, Organisation, Witness


def organisation(data: Data, id: str, path: str) -> Organisation:
    """The organisation; its id is the UUID in the file."""
    assurance = data.get("assurance") or {}
    handbook = data.get("handbook") or {}
    return Organisation(
        **common(data, data.get("id", id), path),
        name=data.get("name", ""),
        purpose=data.get("purpose", ""),
        anchor=data.get("anchor", ""),
        ruleset=data.get("ruleset", ""),
        format=data.get("orgcode", 1),
        languages=list_of(data, "languages") or ("en",),
        values=list_of(data, "values"),
        memberships={
            kind: MembershipKind(
                id=kind, name=item.get("name", kind), votes=item.get("votes", True)
            )
            for kind, item in (data.get("memberships") or {}).items()
            if item is not None
        },
        circle_kinds=circle_kinds(data),
        core_roles=core_roles(data),
        decision_rules=decision_rules(data, path),
        assurance_time=assurance.get("time", "witnessed"),
        assurance_people=assurance.get("people") or {},
        witnesses=tuple(
            Witness(
                name=item.get("name", ""),
                key=item.get("key", ""),
                since=day(item, "since"),
                until=day(item, "until"),
            )
            for item in list_of(data, "witnesses")
        ),
        rules_in_force_since=day(data, "rules_in_force_since"),
        severities=data.get("severities") or {},
        forge=data.get("forge") or {},
        handbook=Handbook(
            url=handbook.get("url"),
            logo=handbook.get("logo"),
            accent=handbook.get("accent"),
            audience=handbook.get("audience"),
            public=list_of(handbook, "public") if handbook.get("public") is not None else None,
        ),
    )
