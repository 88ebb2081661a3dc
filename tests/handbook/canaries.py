"""An organisation in which every text carries the name of the kind of file in which it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

_KINDS = {
    "circle": "circles",
    "role": "roles",
    "person": "people",
    "policy": "policies",
    "agreement": "agreements",
    "objective": "objectives",
    "tension": "tensions",
    "proposal": "proposals",
    "page": "pages",
}
KINDS = tuple(_KINDS)

_ENDED = "ended: {on: 2027-01-01, because: @}\n"
_COMMON = "aliases: [@]\ntags: [@]\nnotes: '@ ^'\nextra: {own: @, more: [@]}\n"

_FILES = {
    "org.yaml": """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: Open
purpose: Wonen. Zie
anchor: canary-circle-top
ruleset: teal%1
languages: [nl, en]
decision_rules:
  - {for: role, where: {circle: canary-circle}, by: role, of: role:canary-role, otherwise:
      {after: 3 days, by: vote, of: [circle:canary-circle, role:canary-circle/lead]}}
  - {for: page, by: role, of: role:canary-role}
  - {for: objective, by: consent, of: [circle:canary-circle, affected]}
witnesses: [{name: canary-person, key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA}]
notes: 'Zie ^'
handbook: {logo: assets/logo.png}
""",
    "circles/canary-circle-top.yaml": "name: @\nkind: anchor\npurpose: @\n",
    "circles/canary-circle.yaml": """\
name: {nl: @, en: @}
purpose: @
parent: canary-circle-top
context: {text: '@ ^', as_of: 2027-01-01}
strategy: '@ ^'
domains: [@, {id: @, text: @}]
accountabilities: [@]
core_roles: {lead: [{person: canary-person, since: 2026-01-01, until: 2027-03-20, focus: @}]}
members: [canary-person, {person: canary-person-b, since: 2027-06-01, focus: @}]
former: [{person: canary-person-b, role: canary-role, until: 2025-01-01}]
serves: [canary-circle-top]
decision_rules: [{for: policy, by: role, of: role:canary-role}]
metrics: [{name: @, value: @, unit: @, as_of: 2027-01-01, source: @}]
meetings: [{name: @, kind: @, every: 2 weeks, day: @, time: @, link: https://@.example/}]
contact: @
links: [{name: @, url: https://@.example/}]
""",
    "circles/canary-circle-over.yaml": f"name: @\nparent: canary-circle\n{_ENDED}",
    "roles/canary-role.yaml": """\
name: {nl: @, en: @}
circle: canary-circle
purpose: @
accountabilities: [@]
domains: [{id: canary-role-domain, text: @}]
holders: [{person: canary-person, since: 2026-01-01, until: 2027-03-20, focus: !person, hours: 8},
  {person: canary-person-b, since: 2027-03-21, focus: !person},
  {person: canary-person-b, until: 2026-01-01, focus: !person}]
seats: 2
skills: [@]
consult: [canary-person, circle:canary-circle, role:canary-role-b]
serves: [canary-circle-top]
""",
    "roles/canary-role-b.yaml": "name: @\ncircle: canary-circle-top\npurpose: @\n",
    "roles/canary-role-over.yaml": f"name: @\ncircle: canary-circle\npurpose: @\n{_ENDED}",
    "people/canary-person.yaml": """\
name: @
accounts: {github: {login: canary-person-login, id: 7}}
emails: [canary-person%canary-person.example]
keys: [{key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA canary-person}]
joined_on: 2024-01-01
away: [{from: 2027-02-01, until: 2027-04-01}]
skills: [@]
languages: [nl]
pronouns: @
about: '@ ^'
""",
    "people/canary-person-b.yaml": "name: @\nabout: '@ ^'\n",
    "people/canary-person-gone.yaml": f"name: @\n{_ENDED}",
    "policies/canary-policy.yaml": """\
title: {nl: @, en: @}
circle: canary-circle
text: '@ ^'
kind: access
domain: canary-role#canary-role-domain
review_on: 2027-02-01
""",
    "policies/canary-policy-over.yaml": f"title: @\ncircle: canary-circle\ntext: @\n{_ENDED}",
    "agreements/canary-agreement.yaml": """\
title: @
kind: relational
circle: canary-circle
text: '@ ^'
between: [canary-person, canary-person-b, circle:canary-circle, role:canary-role]
agreed_on: 2027-01-01
""",
    "agreements/canary-agreement-b.yaml": """\
title: @
kind: decision
circle: canary-circle-top
text: '@ ^'
""",
    "agreements/canary-agreement-feedback.yaml": """\
title: @
kind: feedback
circle: canary-circle
between: [canary-person, canary-person-b]
every: 3 months
last_held_on: 2026-01-01
""",
    "objectives/canary-objective.yaml": """\
title: @
circle: canary-circle
owner: canary-role
text: '@ ^'
ends_on: 2027-02-01
parent: canary-objective-b
key_results: [{name: @, start: 0, target: 80, current: 40, unit: @, as_of: 2026-01-01}]
""",
    "objectives/canary-objective-b.yaml": "title: @\ncircle: canary-circle-top\n",
    "tensions/canary-tension.yaml": """\
title: @
sensed_by: canary-person
role: canary-role
text: '@ ^'
sensed_on: 2027-01-01
""",
    "tensions/canary-tension-closed.yaml": """\
title: @
sensed_by: canary-person-b
closed: {on: 2027-01-01, because: @}
""",
    "proposals/canary-proposal/proposal.yaml": """\
title: @
proposer: canary-person
opened: {at: 2027-01-01T09:00:00Z, base: 0123456789012345678901234567890123456789}
role: canary-role
tension: {id: canary-tension}
because: '@ ^'
example: '@ ^'
ask: {people: [canary-person-b], roles: [canary-role]}
answers: [{to: 785baea23bfe63a9d072da4a6a4ce19fa7cad662a1da9a82ee0af6a2fc73c008, text: '@ ^'}]
""",
    "proposals/canary-proposal/responses/canary-person-b.yaml": f"""\
- stance: objection
  change: {"a" * 64}
  at: 2027-01-02T09:00:00Z
  after: null
  role: canary-role
  reason: '@ ^'
  nominee: canary-person
  recorded_by: canary-person
""",
    "pages/canary-page.md": "# @\n\n@ ^ ![@](../assets/canary-page.png)\n",
    "pages/canary-page-b.nl.md": "# @\n\n[@](canary-page.md)\n",
}


def files(*, linked: bool = True) -> Mapping[str, bytes]:
    """The files. Long texts may link to every other thing, with a text of that thing."""
    made = {
        path: _written(path, content + ("" if path.startswith(_BARE) else _COMMON), linked=linked)
        for path, content in _FILES.items()
    }
    made["assets/logo.png"] = "logo"
    made |= {f"assets/canary-{kind}.png": f"CANARY-{kind}-picture" for kind in KINDS}
    made["roles/canary-role-broken.yaml"] = "name: CANARY-role-broken\nsize: CANARY-role-broken\n"
    made["people/canary-person-broken.yaml"] = "name: [CANARY-person-broken\n"
    made["README.md"] = "CANARY-readme"
    return {path: text.encode() for path, text in made.items()}


_BARE = ("org", "pages", "proposals/canary-proposal/responses")


def kind_of(path: str) -> str | None:
    """The kind of a file; None for org.yaml."""
    folders = {folder: kind for kind, folder in _KINDS.items()}
    return folders.get(path.partition("/")[0])


def _written(path: str, content: str, *, linked: bool) -> str:
    kind, numbers = kind_of(path), count()
    own = [f"assets/canary-{kind}.png"] if kind else []
    up = "../" * path.count("/")
    links = " ".join(
        f"[CANARY-{kind_of(target) or kind} **linked**]({up}{target})"
        for target in (*_FILES, *own)
        if target not in (path, "org.yaml")
    )
    content = re.sub("@", lambda _: f"canary-{kind}-{next(numbers)}", content)
    content = content.replace("%", "@").replace("!person", "CANARY-person-focus")
    return content.replace("^", links if linked else "")
