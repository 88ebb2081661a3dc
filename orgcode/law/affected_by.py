"""Who is affected by a change, each with the reasons why (design section 4).

What one state of the organisation tells of a thing (`law.affected`) is asked of both sides of the
change, for each effect; on top of it come the members of the circles in which the effect stands,
those below where it is about a domain, and whom a proposal asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from orgcode.changes.change import Change
from orgcode.law.affected import Group, Reasons, affected, gather, member_of, members_and_below
from orgcode.model.effect import Effect, top
from orgcode.model.entities import Circle, Role, Thing
from orgcode.model.facts import FOLDERS
from orgcode.model.message import Message, message
from orgcode.model.org import Org


def affected_by(change: Change, effects: Iterable[Effect] | None = None) -> Reasons:
    """Ids of the people whom a change, or some effects of it, concern, with all the reasons."""
    chosen = change.effects if effects is None else tuple(effects)
    return gather(_spread(reasons for effect in chosen for reasons in _of_effect(change, effect)))


def affected_in(org: Org, effect: Effect) -> Reasons:
    """Ids of the people whom an effect concerns as one state of the organisation tells."""
    return gather(_spread(_on_side(org, effect)))


def thing_of(org: Org, address: str) -> Thing | None:
    """The thing that an effect is about, on one side; None for files, and where it is not there."""
    if address == "org":
        return org.organisation
    folder, _, id = address.partition("/")
    if folder == "roles":
        return org.every_role.get(id)
    if folder in FOLDERS:
        return org.things(FOLDERS[folder]).get(id)
    return None


def _of_effect(change: Change, effect: Effect) -> Iterator[Reasons]:
    kind = top(effect.kind)
    if kind == "format":
        return
    if kind == "proposal":
        yield gather(_asked(change.after, effect))
        return
    for org in (change.before, change.after):
        yield from _on_side(org, effect)


def _on_side(org: Org, effect: Effect) -> Iterator[Reasons]:
    thing = thing_of(org, effect.thing)
    if thing is not None:
        yield affected(org, thing, effect.subjects)
    groups = [*_members(org, effect.circles)]
    if thing is None:
        groups.append((effect.subjects, lambda: message("is the person concerned")))
    elif isinstance(thing, Circle | Role) and _is_about_domains(effect):
        groups += _below(org, thing)
    yield _active(org, gather(groups))


def _members(org: Org, circles: Iterable[str]) -> Iterator[Group]:
    for id in circles:
        if id in org.circles:
            yield org.members(id), partial(member_of, org, id)


def _below(org: Org, thing: Circle | Role) -> Iterator[Group]:
    """The members of the circle of a domain and of those below it."""
    circle = thing.id if isinstance(thing, Circle) else thing.circle
    for id, people in members_and_below(org, circle):
        yield people, partial(member_of, org, id)


def _is_about_domains(effect: Effect) -> bool:
    return any("domains" in getattr(edit, "pointer", ())[:1] for edit in effect.edits)


def _asked(org: Org, effect: Effect) -> Iterator[Group]:
    """Whom a proposal asks."""
    proposal = org.proposals.get(effect.thing.partition("/")[2])
    if proposal is None or not effect.path.endswith("/proposal.yaml"):
        return
    people = {id for id in proposal.ask_people if id in org.people}
    for id in proposal.ask_roles:
        role = org.every_role.get(id)
        if role is not None:
            people.update(holding.person for holding in org.holders(role))
    yield sorted(people), lambda: message("is asked by the proposer")


def _active(org: Org, reasons: Reasons) -> Reasons:
    active = {
        id for id in reasons if (person := org.people.get(id)) and person.is_active(org.today)
    }
    return {id: why for id, why in reasons.items() if id in active}


def _spread(found: Iterable[Reasons]) -> Iterator[Group]:
    for reasons in found:
        for person, why in reasons.items():
            for reason in why:
                yield (person,), partial(_the, reason)


def _the(reason: Message) -> Message:
    return reason
