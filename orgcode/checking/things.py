"""The thing in a file."""

from __future__ import annotations

from orgcode.model.entities import Thing
from orgcode.model.facts import identify
from orgcode.model.org import Org


def thing_at(org: Org, path: str) -> Thing | None:
    """The thing whose file is at a path; None where nothing of it can be read."""
    identity = identify(path)
    return org.things(identity.kind).get(identity.id) if identity else None
