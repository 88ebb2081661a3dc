"""Tell which policies and agreements bind a circle, role or person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from orgcode.actions.addressing import Addressed, address_of, find_thing
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import read_org
from orgcode.law.binding import Bindings, WhatBinds
from orgcode.model.entities import Circle, Organisation, Person, Role
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.org import Org


class Bound(Struct, frozen=True, kw_only=True):
    """A circle, role or person, and what binds it."""

    org: Org
    found: Addressed
    what: WhatBinds


def what_binds(
    directory: Path,
    today: date,
    target: str,
    *,
    at: str | None = None,
    progress: Progress = silent,
) -> Bound:
    """What binds the circle, role or person at an address; `org` stands for the anchor circle.

    Raises `OrgcodeError` where there is none.
    """
    org = read_org(directory, today, at=at, progress=progress)
    found = _anchor(org, find_thing(org, target, among=("circle", "role", "person")))
    if not isinstance(found.thing, Circle | Role | Person):
        raise OrgcodeError(
            message("{address} is nothing that agreements can bind.", address=found.address),
            message(
                "Give an address that begins with {folders}.", folders="circles/, roles/, people/"
            ),
        )
    return Bound(org=org, found=found, what=Bindings(org).what_binds(found.thing))


def _anchor(org: Org, found: Addressed) -> Addressed:
    """The anchor circle where the organisation as a whole is meant."""
    anchor = org.circles.get(org.anchor or "")
    if not isinstance(found.thing, Organisation) or anchor is None:
        return found
    return Addressed(kind="circle", address=address_of("circle", anchor.id), thing=anchor)
