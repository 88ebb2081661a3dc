"""Ensure that an id is never used again for something else.

The id of a thing is its address: links, minutes and the history of files lead to it. If another
role or person gets an id that was somebody else's, everything that was ever written about the
first seems to be about the second. Give what is new an id of its own. What merely continues after
having been over keeps its id and its name.

Wrong:

    # roles/cook.yaml, before
    name: Cook
    circle: house
    purpose: Meals
    ended: {on: 2026-06-01}

    # roles/cook.yaml
    name: Baker  # <-- here
    circle: house
    purpose: Bread

Wrong:

    # roles/chef.yaml, before
    name: Chef
    aliases: [cook]
    circle: house
    purpose: Meals

    # roles/chef.yaml
    name: Chef
    circle: house
    purpose: Meals

    # roles/cook.yaml  # <-- here
    name: Cook
    circle: house
    purpose: Breakfast

Right:

    # roles/cook.yaml, before
    name: Cook
    circle: house
    purpose: Meals
    ended: {on: 2026-06-01}

    # roles/cook.yaml
    name: Cook
    circle: house
    purpose: Good meals
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.changes.change import Change
from orgcode.changes.states import same
from orgcode.checking.rule import Group, Subject
from orgcode.model.effect import Effect
from orgcode.model.facts import FOLDER_OF, Identity, identify
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "change"
FOR: tuple[Subject, ...] = ("change",)


def check(org: Org, change: Change) -> Iterator[Problem]:
    """Name what goes by an id that was another's."""
    for effect in change.effects:
        identity = identify(effect.path)
        if identity is None or identity.kind not in FOLDER_OF:
            continue
        if effect.narrowing in _BACK:
            yield from _continued(org, change, identity)
        elif effect.narrowing in _NEW:
            yield from _taken(change, effect, identity)


_BACK = frozenset({"reopened", "returned"})
_NEW = frozenset({"added", "joined", "renamed"})


def _continued(org: Org, change: Change, identity: Identity) -> Iterator[Problem]:
    """What was over and goes on by another name."""
    was = change.before.things(identity.kind).get(identity.id)
    now = org.things(identity.kind).get(identity.id)
    key = "name" if hasattr(now, "name") else "title"
    if was is None or now is None or same(getattr(was, key), getattr(now, key)):
        return
    yield Problem(
        path=now.path,
        pointer=(key,),
        cause=message("The id {id} was that of something that is over.", id=identity.id),
        way_out=message("Leave the former file as it was, and give what is new an id of its own."),
    )


def _taken(change: Change, effect: Effect, identity: Identity) -> Iterator[Problem]:
    """What is new by an id that another thing had before."""
    others = change.before.under("alias", f"{identity.kind}:{identity.id}")
    for other in others:
        yield Problem(
            path=effect.path,
            cause=message(
                "The id {id} leads to {path}, which was called so before.",
                id=identity.id,
                path=other.path,
            ),
            way_out=message("Give what is new an id of its own."),
        )
        return
