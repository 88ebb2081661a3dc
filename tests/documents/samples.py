"""A file of each kind that uses every field, and the kinds' schemas."""

from __future__ import annotations

from orgcode.model.facts import Kind

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHzZkXKqW sara"
COMMON = """\
aliases: [voorheen]
ended: {on: 2027-01-01, because: Samengevoegd}
tags: [buurt]
notes: Iets
extra: {kleur: rood, aantal: 3}
"""
WAY = """\
    by: vote
    of: [members, circle:zorg, role:kok, core:lead, parent-members]
    open_for: 3 days
    quorum: 1/2
    silence: consents
    threshold: ">= 2/3"
    recuse: [proposer, subject]
    early: false
"""
RULES = f"""\
decision_rules:
  - for: [role, assignment.core]
    where: {{kind: statutes, core_role: lead, circle: zorg, membership: lid}}
{WAY}    otherwise: {{after: 14 days, by: consent, of: all, open_for: 0 days, quorum: 3,
      silence: blocks, threshold: "> 1/2", recuse: [], early: true}}
"""

SAMPLES: dict[Kind, str] = {
    "org": f"""\
orgcode: 1
id: 0b8f2f9e-3c1d-4a53-9c55-1f7a6f0c2d11
name: {{nl: De Buurt, en: The Neighbourhood}}
purpose: Zorgen voor elkaar
anchor: buurt
ruleset: teal@1
languages: [nl, en]
values: [Nabijheid, {{nl: Vertrouwen, en: Trust}}]
memberships: {{lid: {{name: Lid, votes: true}}, gast: {{name: Gast, votes: false}}}}
circle_kinds:
  team: {{name: Team, plural: Teams, description: Klein, core_roles: [gastheer]}}
core_roles:
  gastheer: {{name: Gastheer, purpose: Ontvangen, accountabilities: [Open doen], domains: [Deur],
    optional: true, term: 1 year, in_parent: false, stands_in: self}}
{RULES}assurance: {{time: claimed, people: {{default: claimed, assignment.core: signed}}}}
witnesses: [{{name: server, key: {KEY}, since: 2026-01-01, until: 2027-01-01}}]
rules_in_force_since: 2026-03-01
severities: {{seat-open: notice}}
forge: {{kind: github, url: https://github.com/buurt/orgcode}}
handbook: {{url: https://buurt.example/, logo: assets/logo.svg, accent: "#0F6B6B",
  audience: members, public: [circle, page]}}
{COMMON}""",
    "circle": f"""\
name: Keuken
purpose: Eten voor iedereen
kind: team
parent: buurt
context: {{text: Krap, as_of: 2026-02-01}}
strategy: Eenvoud even over keuze
domains: [Het menu, {{id: voorraad, text: De voorraad}}]
accountabilities: [Elke dag koken]
core_roles: {{lead: [sara], secretary: [{{person: omar, elected: true, until: 2027-01-01}}]}}
members: [els, {{person: jan, since: 2026-01-01, focus: afwas, hours: 2.5}}]
former: [{{person: piet, role: keuken/lead, since: 2024-01-01, until: 2025-01-01}}]
serves: [zorg]
{RULES}metrics: [{{name: Maaltijden, value: 81.5, unit: per dag, as_of: 2026-02-01, source: kassa}}]
meetings: [{{name: Roloverleg, kind: governance, every: 2 weeks, day: dinsdag, time: 19:30,
  link: https://meet.example/keuken}}]
contact: keuken@buurt.example
links: [{{name: Chat, url: https://chat.example/keuken}}]
{COMMON}""",
    "role": f"""\
name: Kok
circle: keuken
purpose: |
  Koken met **plezier**.

  - elke dag
accountabilities:
  - Het weekmenu maken
  - nl: Inkopen
    en: Shopping
domains: [Het fornuis]
holders: [sara, {{person: omar, since: 2026-01-01, until: 2026-12-31, focus: woensdag}}]
seats: 2
skills: [koken]
consult: [els, circle:zorg, role:inkoper, role:keuken/lead]
serves: [zorg]
{COMMON}""",
    "person": f"""\
name: Sara
membership: lid
accounts: {{github: {{login: sara, id: 0123}}}}
emails: [sara@example.org]
keys: [{{key: {KEY}, since: 2026-01-01, until: 2027-01-01}}]
joined_on: 2025-01-01
away: [{{from: 2026-07-01, until: 2026-07-21}}]
skills: [koken]
languages: [nl, en]
pronouns: zij
about: Kookt al jaren
{COMMON}""",
    "policy": f"""\
title: Huisregels
circle: keuken
text: Handen wassen
kind: constraint
domain: keuken#voorraad
effective_on: 2026-01-01
review_on: 2027-01-01
expires_on: 2028-01-01
{COMMON}""",
    "agreement": f"""\
title: Gesprek
kind: feedback
circle: keuken
text: Elk kwartaal
between: [sara, role:kok, circle:zorg]
agreed_on: 2026-01-01
review_on: 2027-01-01
every: 3 months
last_held_on: 2026-02-01
{COMMON}""",
    "objective": f"""\
title: Meer eters
circle: keuken
owner: keuken/lead
text: Omdat het gezellig is
starts_on: 2026-01-01
ends_on: 2026-12-31
parent: groei
key_results: [{{name: Eters, start: 60, target: 100, current: 81.5, unit: per dag,
  as_of: 2026-02-01}}]
result: achieved
{COMMON}""",
    "tension": f"""\
title: Te weinig pannen
sensed_by: sara
role: kok
text: Er is maar een grote
sensed_on: 2026-01-01
closed: {{on: 2026-02-01, because: Gekocht}}
{COMMON}""",
    "proposal": f"""\
title: Een pan kopen
proposer: sara
opened: {{at: "2026-01-01T12:00:00Z", base: {"0a" * 20}}}
role: kok
tension: {{id: pannen}}
because: Dan kan er meer tegelijk
example: Vorige week
ask: {{people: [els], roles: [keuken/lead]}}
answers: [{{to: {DIGEST}, text: Goed punt}}]
evaluate_on: 2026-06-01
outcome: withdrawn
{COMMON}""",
    "response": f"""\
- stance: objection
  change: {DIGEST}
  at: 2026-01-01T12:00:00.5Z
  after: null
  role: kok
  reason: Te duur
  nominee: els
  recorded_by: omar
  evidence: {{witness: server, kind: review, id: 77, url: https://github.com/x/1,
    at: 2026-01-01T12:00:00Z}}
  signature: |
    -----BEGIN SSH SIGNATURE-----
    U1NIU0lH
    -----END SSH SIGNATURE-----
- stance: consent
  change: {DIGEST}
  at: 2026-01-02T12:00:00Z
  after: {DIGEST}
""",
}
