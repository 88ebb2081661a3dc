"""Ensure that every domain that is named is held by the circle or role that is named with it.

A policy may be about a domain: `kitchen#stock` is the domain `stock` of the circle or role
`kitchen`; `kitchen` alone stands for everything that it decides about. Where the domain is not
there, nobody knows whom the policy binds. Correct the name, or give the domain an `id` where it is
held.

Wrong:

    # policies/tasting.yaml
    title: Tasting
    circle: house
    text: Everybody may taste, with a clean spoon.
    domain: cook#stoves  # <-- here

    # roles/cook.yaml
    name: Cook
    circle: house
    domains:
      - {id: stove, text: The stove}

Right:

    # policies/tasting.yaml
    title: Tasting
    circle: house
    text: Everybody may taste, with a clean spoon.
    domain: cook#stove

    # roles/cook.yaml
    name: Cook
    circle: house
    domains:
      - {id: stove, text: The stove}
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.flaws import is_whole
from orgcode.checking.rule import Group, Subject
from orgcode.checking.spelling import Spelling, spelling
from orgcode.model.entities import Circle, Policy, Role
from orgcode.model.finding import Problem, Severity
from orgcode.model.message import Message, message, one
from orgcode.model.org import Org

SEVERITY: Severity = "error"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = ("policy",)


def check(org: Org, policy: Policy) -> Iterator[Problem]:
    """Look up the domain of a policy."""
    owner_id, mark, domain_id = (policy.domain or "").partition("#")
    if not owner_id:
        return
    owner = org.circles.get(owner_id) or org.every_role.get(owner_id)
    if owner is not None:
        if mark and is_whole(org, owner.path):
            yield from _in_owner(policy, owner, domain_id)
    elif not (org.is_known("circle", owner_id) or org.is_known_role(owner_id)):
        yield _problem(
            policy,
            message(
                "There is no {circle} or {role} with the id “{id}”.",
                circle=one("circle"),
                role=one("role"),
                id=owner_id,
            ),
            spelling(org, "circle", "role").way_out(
                owner_id, message("Write whose {domain} it is.", domain=one("domain"))
            ),
        )


def _in_owner(policy: Policy, owner: Circle | Role, id: str) -> Iterator[Problem]:
    ids = [domain.id for domain in owner.domains if domain.id]
    if id not in ids:
        yield _problem(
            policy,
            message(
                "“{owner}” has no {domain} with the id “{id}”.",
                domain=one("domain"),
                owner=owner.id,
                id=id,
            ),
            Spelling(ids).way_out(
                id,
                message(
                    "Give {domain:a} in {path} this `id`, or correct the name here.",
                    domain=one("domain"),
                    path=owner.path,
                ),
            ),
        )


def _problem(policy: Policy, cause: Message, way_out: Message) -> Problem:
    return Problem(path=policy.path, pointer=("domain",), cause=cause, way_out=way_out)
