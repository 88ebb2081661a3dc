"""A small house in which everything stands that can change, as the texts of its files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from orgcode.documents.facts import read_facts
from orgcode.documents.loading import load
from orgcode.model.org import Org
from orgcode.model.snapshot import EXECUTABLE, Entry, Unreadable
from tests.checking.examples import Tree

DAY = date(2027, 3, 1)

HOUSE: Mapping[str, str] = {
    "org.yaml": """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: The house
purpose: Live and work together.
anchor: house
ruleset: teal@1
languages: [en, nl]
values: [Nearness, Trust]
memberships:
  full: {name: Full, votes: true}
  guest: {name: Guest, votes: false}
decision_rules:
  - {for: role, by: consent, of: members}
  - {for: [policy, agreement], by: advice, of: all}
severities: {seat-open: notice}
""",
    "circles/house.yaml": """\
name: House
core_roles: {facilitator: [fay], secretary: [sam]}
""",
    "circles/kitchen.yaml": """\
name: Kitchen
purpose: Food for all.
parent: house
context: {text: A small room., as_of: 2026-06-01}
domains: [{id: stock, text: The stock}, The menu]
accountabilities: [Cooking every day]
core_roles: {lead: [kim], representative: [rob]}
members: [mia]
former: [{person: out}]
metrics:
  - {name: Meals, value: 60, unit: a day, as_of: 2027-01-01}
  - {name: Waste, value: 3, unit: kg}
meetings: [{name: Weekly, every: 1 week}]
links: [{name: Chat, url: https://chat.example/kitchen}]
""",
    "circles/garden.yaml": """\
name: Garden
purpose: Green.
parent: house
core_roles: {lead: [ida]}
""",
    "circles/stove.yaml": """\
name: Stove
parent: kitchen
purpose: Warmth.
decision_rules:
  - {for: role, by: consensus, of: members}
""",
    "roles/cook.yaml": """\
name: Cook
circle: kitchen
purpose: Meals
accountabilities:
  - Writing the menu
  - Buying the food
  - Washing up
domains: [The pans]
holders: [cas, {person: mia, since: 2026-06-01, until: 2027-06-30, focus: Sundays}]
seats: 3
skills: [cooking]
consult: [fay, circle:garden]
""",
    "roles/buyer.yaml": """\
name: Buyer
circle: kitchen
purpose: Food in the house
accountabilities: [Paying the bills]
holders: [{person: rob, until: 2026-12-31}]
""",
    "roles/keeper.yaml": """\
name: Keeper
circle: garden
purpose: A garden that grows
notes: See [the garden](../pages/garden.md).
holders: [ida]
""",
    "policies/hygiene.yaml": """\
title: Clean hands
circle: kitchen
text: Wash them, see [how](../pages/hygiene.md).
kind: constraint
domain: kitchen#stock
review_on: 2028-01-01
""",
    "agreements/noise.yaml": """\
title: Quiet at night
kind: relational
circle: house
text: After ten nobody makes noise. ![The sign](../assets/sign.svg)
between: [cas, circle:garden]
agreed_on: 2026-01-01
""",
    "objectives/eaters.yaml": """\
title: More eaters
circle: kitchen
owner: cook
text: It is nicer together.
ends_on: 2027-12-31
key_results:
  - {name: Eaters, start: 60, target: 100, current: 70, unit: a day, as_of: 2027-01-01}
  - {name: Smiles, target: 10}
""",
    "tensions/pans.yaml": """\
title: Too few pans
sensed_by: cas
role: cook
text: There is only one big one.
sensed_on: 2027-01-10
""",
    "proposals/2027-01-15-pan/proposal.yaml": """\
title: Buy a pan
proposer: cas
opened: {at: "2027-01-15T12:00:00Z", base: 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a}
tension: {id: pans}
ask: {people: [out]}
""",
    "proposals/2027-01-15-pan/responses/kim.yaml": """\
- stance: concern
  change: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  at: "2027-01-16T12:00:00Z"
  after: null
  reason: It costs a lot.
""",
    "people/kim.yaml": """\
name: Kim
membership: full
accounts: {github: {login: kim, id: 0123}}
emails: [kim@example.org]
keys:
  - {key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHzZkXKqW kim, since: 2026-01-01}
joined_on: 2025-01-01
away: [{from: 2026-07-01, until: 2026-07-21}]
skills: [singing]
languages: [en]
""",
    "pages/hygiene.md": "# Hygiene\n",
    "pages/garden.md": "# Garden\n",
    "pages/about.md": "# About\n",
    "assets/sign.svg": "<svg/>\n",
    "README.md": "# House\n",
    ".github/workflows/check.yml": "on: push\n",
}

PEOPLE = ("cas", "fay", "ida", "mia", "out", "rob", "sam")

_READ = cache(read_facts)

Files = Mapping[str, bytes | Unreadable]


def house() -> dict[str, bytes | Unreadable]:
    """Its files by path."""
    people = {f"people/{id}.yaml": f"name: {id.title()}\n" for id in PEOPLE}
    return {path: text.encode() for path, text in {**HOUSE, **people}.items()}


class Program(bytes):
    """The content of a file that is marked as a program."""

    __slots__ = ()


class Marked(Tree):
    """A snapshot in which files may be marked as programs."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every path, with its mode."""
        return {
            path: Entry(EXECUTABLE) if isinstance(self.files[path], Program) else entry
            for path, entry in super().entries.items()
        }


def organisation(files: Files) -> Org:
    """The organisation of some files, on the day of the table."""
    return load(Marked(files), DAY, _READ)
