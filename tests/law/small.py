"""A small organisation to ask about its law, made of the texts of its files."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from msgspec.structs import replace

from orgcode.documents.loading import load
from orgcode.model.finding import Flaw, Spot
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

DAY = date(2027, 3, 1)

ORG = """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: The house
purpose: Live and work together.
anchor: house
ruleset: teal@1
memberships:
  full: {name: Full, votes: true}
  guest: {name: Guest, votes: false}
"""

KITCHEN_YAML = """\
name: Kitchen
parent: house
core_roles: {lead: [kim], representative: [rob]}
members: [mia]
"""

HOUSE = {
    "org.yaml": ORG,
    "circles/house.yaml": """\
        name: House
        kind: anchor
        core_roles: {facilitator: [fay], secretary: [sam]}
        """,
    "circles/kitchen.yaml": KITCHEN_YAML,
    "circles/stove.yaml": """\
        name: Stove
        kind: team
        parent: kitchen
        core_roles: {representative: [rik]}
        """,
    "roles/cook.yaml": """\
        name: Cook
        circle: kitchen
        purpose: Meals
        holders: [cas]
        """,
    "roles/fire.yaml": """\
        name: Fire
        circle: stove
        purpose: Warmth
        holders: [ida]
        """,
}
"""House holds Kitchen, Kitchen holds Stove."""

PEOPLE = ("cas", "fay", "ida", "kim", "mia", "out", "rik", "rob", "sam")
"""Everybody; `out` is in no circle."""


def organisation(changes: dict[str, str] | None = None) -> Org:
    """The house, with some files added or put in the place of others; an empty one takes away.

    What stands under `org.yaml` comes after what it has anyway.
    """
    texts = {path: dedent(text) for path, text in HOUSE.items()}
    texts |= {f"people/{id}.yaml": f"name: {id.title()}\n" for id in PEOPLE}
    for path, text in (changes or {}).items():
        texts[path] = (texts[path] if path == "org.yaml" else "") + dedent(text)
    org = load(Files({path: text.encode() for path, text in texts.items() if text}), DAY)
    flaws = {path: facts.flaws for path, facts in org.files.items() if facts.flaws}
    assert flaws == {}
    return org


def broken(org: Org, path: str) -> Org:
    """The same, but a part of one file could not be read."""
    flaw = Flaw(rule="wrong-shape", spot=Spot(1, 1), cause=message("Bad."), way_out=message("."))
    facts = replace(org.files[path], flaws=(flaw,), words=())

    def postings(index: str, key: str) -> tuple[tuple[str, str], ...]:
        found = org.postings(index, key)
        return ((path, ""), *found) if (index, key) == ("broken", facts.kind) else found

    return replace(org, files={**org.files, path: facts}, postings=postings)
