"""From the data of one file to its entity.

The data have passed their schema, except for parts that were left out because they did not: a
field that is required may be missing here (then it is empty, and a finding says so), and an item
of a list may be None where it stood (so that the places of the others hold).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from orgcode.model.entities import (
    Account,
    Agreement,
    Answer,
    Away,
    Circle,
    CircleKind,
    Closed,
    Context,
    CoreRole,
    DecisionRule,
    Domain,
    Ended,
    Former,
    Handbook,
    Holding,
    Key,
    KeyResult,
    Link,
    Meeting,
    MembershipKind,
    Metric,
    Objective,
    Organisation,
    Otherwise,
    Person,
    Policy,
    Proposal,
    Response,
    Role,
    Tension,
    Thing,
    Way,
    Witness,
)
from orgcode.model.facts import Kind
from orgcode.model.finding import Pointer

Data = Mapping[str, Any]


def _day(data: Data, key: str) -> date | None:
    text = data.get(key)
    return date.fromisoformat(text) if text else None


def _items(data: Data, key: str) -> Iterator[tuple[int, Any]]:
    """The items of a list that have their place and shape."""
    for place, item in enumerate(data.get(key) or ()):
        if item is not None:
            yield place, item


def _list(data: Data, key: str) -> tuple[Any, ...]:
    return tuple(item for _, item in _items(data, key))


def _common(data: Data, id: str, path: str) -> dict[str, Any]:
    ended = data.get("ended")
    return {
        "id": id,
        "path": path,
        "aliases": _list(data, "aliases"),
        "ended": Ended(on=date.fromisoformat(ended["on"]), because=ended.get("because"))
        if ended and ended.get("on")
        else None,
        "tags": _list(data, "tags"),
        "notes": data.get("notes"),
        "extra": data.get("extra") or {},
    }


def _domains(data: Data) -> tuple[Domain, ...]:
    return tuple(
        Domain(text=item.get("text", ""), id=item.get("id"))
        if isinstance(item, Mapping) and ("text" in item or "id" in item)
        else Domain(text=item)
        for item in _list(data, "domains")
    )


def _holding(item: Any, pointer: Pointer) -> Holding:
    if isinstance(item, str):
        return Holding(person=item, pointer=pointer)
    return Holding(
        person=item.get("person", ""),
        since=_day(item, "since"),
        until=_day(item, "until"),
        focus=item.get("focus"),
        elected=bool(item.get("elected", False)),
        hours=item.get("hours"),
        pointer=pointer,
    )


def _holdings(data: Data, key: str, above: Pointer = ()) -> tuple[Holding, ...]:
    return tuple(_holding(item, (*above, key, place)) for place, item in _items(data, key))


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(v for v in value if v is not None)


def _days(text: Any) -> int:
    return int(str(text).split()[0]) if text else 0


def _way(data: Data) -> Way:
    return Way(
        by=data.get("by", "consent"),
        of=_texts(data.get("of")),
        open_for=_days(data.get("open_for")),
        quorum=None if data.get("quorum") is None else str(data["quorum"]),
        silence=data.get("silence", "blocks"),
        threshold=data.get("threshold", "> 1/2"),
        recuse=_list(data, "recuse"),
        early=data.get("early"),
    )


def decision_rules(data: Data, path: str) -> tuple[DecisionRule, ...]:
    """The decision rules of a ruleset, org.yaml or a circle."""
    rules = []
    for place, item in _items(data, "decision_rules"):
        otherwise = item.get("otherwise")
        rules.append(
            DecisionRule(
                kinds=_texts(item.get("for")),
                where={key: str(value) for key, value in (item.get("where") or {}).items()},
                way=_way(item),
                otherwise=Otherwise(after=_days(otherwise.get("after")), way=_way(otherwise))
                if otherwise
                else None,
                path=path,
                pointer=("decision_rules", place),
            )
        )
    return tuple(rules)


def circle_kinds(data: Data) -> dict[str, CircleKind]:
    """The kinds of circle of a ruleset or org.yaml."""
    return {
        id: CircleKind(
            id=id,
            name=item.get("name", id),
            description=item.get("description"),
            core_roles=_list(item, "core_roles"),
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
            accountabilities=_list(item, "accountabilities"),
            domains=_domains(item),
            optional=item.get("optional", False),
            term=item.get("term"),
            in_parent=item.get("in_parent", False),
            stands_in=item.get("stands_in", "self"),
        )
        for id, item in (data.get("core_roles") or {}).items()
        if item is not None
    }


def _organisation(data: Data, id: str, path: str) -> Organisation:
    assurance = data.get("assurance") or {}
    handbook = data.get("handbook") or {}
    common = _common(data, data.get("id", id), path)
    return Organisation(
        **common,
        name=data.get("name", ""),
        purpose=data.get("purpose", ""),
        anchor=data.get("anchor", ""),
        ruleset=data.get("ruleset", ""),
        format=data.get("orgcode", 1),
        languages=_list(data, "languages") or ("en",),
        values=_list(data, "values"),
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
                since=_day(item, "since"),
                until=_day(item, "until"),
            )
            for item in _list(data, "witnesses")
        ),
        rules_in_force_since=_day(data, "rules_in_force_since"),
        severities=data.get("severities") or {},
        forge=data.get("forge") or {},
        handbook=Handbook(
            url=handbook.get("url"),
            logo=handbook.get("logo"),
            accent=handbook.get("accent"),
            audience=handbook.get("audience"),
            public=_list(handbook, "public"),
        ),
    )


def _circle(data: Data, id: str, path: str) -> Circle:
    context = data.get("context")
    filled = data.get("core_roles") or {}
    return Circle(
        **_common(data, id, path),
        name=data.get("name", id),
        purpose=data.get("purpose"),
        kind=data.get("kind"),
        parent=data.get("parent"),
        context=Context(text=context.get("text", ""), as_of=_day(context, "as_of"))
        if context
        else None,
        strategy=data.get("strategy"),
        domains=_domains(data),
        accountabilities=_list(data, "accountabilities"),
        core_roles={core: _holdings(filled, core, ("core_roles",)) for core in filled},
        members=_holdings(data, "members"),
        former=tuple(
            Former(
                person=item.get("person", ""),
                role=item.get("role"),
                since=_day(item, "since"),
                until=_day(item, "until"),
            )
            for item in _list(data, "former")
        ),
        serves=_list(data, "serves"),
        decision_rules=decision_rules(data, path),
        metrics=tuple(
            Metric(
                name=item.get("name", ""),
                value=item.get("value"),
                unit=item.get("unit"),
                as_of=_day(item, "as_of"),
                source=item.get("source"),
            )
            for item in _list(data, "metrics")
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
            for item in _list(data, "meetings")
        ),
        contact=data.get("contact"),
        links=tuple(
            Link(name=item.get("name", item.get("url", "")), url=item.get("url", ""))
            for item in _list(data, "links")
        ),
    )


def _role(data: Data, id: str, path: str) -> Role:
    return Role(
        **_common(data, id, path),
        name=data.get("name", id),
        circle=data.get("circle", ""),
        purpose=data.get("purpose"),
        accountabilities=_list(data, "accountabilities"),
        domains=_domains(data),
        holders=_holdings(data, "holders"),
        seats=data.get("seats", 1),
        skills=_list(data, "skills"),
        consult=_list(data, "consult"),
        serves=_list(data, "serves"),
    )


def _person(data: Data, id: str, path: str) -> Person:
    accounts = data.get("accounts") or {}
    return Person(
        **_common(data, id, path),
        name=data.get("name", id),
        membership=data.get("membership"),
        accounts=tuple(
            Account(forge=forge, login=item.get("login", ""), id=item.get("id"))
            for forge, item in accounts.items()
            if item is not None
        ),
        emails=_list(data, "emails"),
        keys=tuple(
            Key(key=item.get("key", ""), since=_day(item, "since"), until=_day(item, "until"))
            for item in _list(data, "keys")
        ),
        joined_on=_day(data, "joined_on"),
        away=tuple(
            Away(since=since, until=_day(item, "until"))
            for item in _list(data, "away")
            if (since := _day(item, "from"))
        ),
        skills=_list(data, "skills"),
        languages=_list(data, "languages"),
        pronouns=data.get("pronouns"),
        about=data.get("about"),
    )


def _policy(data: Data, id: str, path: str) -> Policy:
    return Policy(
        **_common(data, id, path),
        title=data.get("title", id),
        circle=data.get("circle", ""),
        text=data.get("text", ""),
        kind=data.get("kind"),
        domain=data.get("domain"),
        effective_on=_day(data, "effective_on"),
        review_on=_day(data, "review_on"),
        expires_on=_day(data, "expires_on"),
    )


def _agreement(data: Data, id: str, path: str) -> Agreement:
    return Agreement(
        **_common(data, id, path),
        title=data.get("title", id),
        kind=data.get("kind", ""),
        circle=data.get("circle", ""),
        text=data.get("text"),
        between=_list(data, "between"),
        agreed_on=_day(data, "agreed_on"),
        review_on=_day(data, "review_on"),
        every=data.get("every"),
        last_held_on=_day(data, "last_held_on"),
    )


def _objective(data: Data, id: str, path: str) -> Objective:
    return Objective(
        **_common(data, id, path),
        title=data.get("title", id),
        circle=data.get("circle", ""),
        owner=data.get("owner"),
        text=data.get("text"),
        starts_on=_day(data, "starts_on"),
        ends_on=_day(data, "ends_on"),
        parent=data.get("parent"),
        key_results=tuple(
            KeyResult(
                name=item.get("name", ""),
                start=item.get("start"),
                target=item.get("target"),
                current=item.get("current"),
                unit=item.get("unit"),
                as_of=_day(item, "as_of"),
            )
            for item in _list(data, "key_results")
        ),
        result=data.get("result"),
    )


def _tension(data: Data, id: str, path: str) -> Tension:
    closed = data.get("closed")
    return Tension(
        **_common(data, id, path),
        title=data.get("title", id),
        sensed_by=data.get("sensed_by", ""),
        role=data.get("role"),
        text=data.get("text"),
        sensed_on=_day(data, "sensed_on"),
        closed=Closed(on=date.fromisoformat(closed["on"]), because=closed.get("because"))
        if closed and closed.get("on")
        else None,
    )


def _proposal(data: Data, id: str, path: str) -> Proposal:
    opened = data.get("opened") or {}
    tension = data.get("tension") or {}
    ask = data.get("ask") or {}
    return Proposal(
        **_common(data, id, path),
        title=data.get("title", id),
        proposer=data.get("proposer", ""),
        opened_at=opened.get("at", ""),
        opened_base=opened.get("base", ""),
        role=data.get("role"),
        tension_id=tension.get("id"),
        tension_text=tension.get("text"),
        because=data.get("because"),
        example=data.get("example"),
        ask_people=_list(ask, "people"),
        ask_roles=_list(ask, "roles"),
        answers=tuple(
            Answer(to=item.get("to", ""), text=item.get("text", ""))
            for item in _list(data, "answers")
        ),
        evaluate_on=_day(data, "evaluate_on"),
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


BUILDERS: Mapping[Kind, Callable[[Data, str, str], Thing]] = {
    "org": _organisation,
    "circle": _circle,
    "role": _role,
    "person": _person,
    "policy": _policy,
    "agreement": _agreement,
    "objective": _objective,
    "tension": _tension,
    "proposal": _proposal,
}
"""What builds the entity of each kind from (data, id, path)."""
