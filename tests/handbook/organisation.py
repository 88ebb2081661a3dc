"""A small organisation as files, for tests of its handbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orgcode.actions.build import site_files
from orgcode.documents.loading import load
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

TODAY = date(2027, 3, 1)

FILES = {
    "org.yaml": """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: {nl: De Buurt, en: The Neighbourhood}
purpose: {nl: Samen wonen., en: Live together.}
anchor: buurt
ruleset: teal@1
languages: [nl, en]
""",
    "circles/buurt.yaml": "name: Buurt\nkind: anchor\n",
    "circles/keuken.yaml": """\
name: {nl: Keuken, en: Kitchen}
purpose: Iedereen eet mee.
parent: buurt
aliases: [eetclub]
core_roles:
  secretary: [{person: sara, since: 2026-08-20, until: 2027-03-20}]
context: {text: "Zie [Kok](../roles/kok.yaml).", as_of: 2027-01-10}
""",
    "roles/kok.yaml": """\
name: Kok
circle: keuken
purpose: Een warme maaltijd.
accountabilities: [Koken]
domains: [{id: menu, text: Het menu}]
holders:
  - {person: sara, since: 2026-08-20, until: 2027-03-20}
  - {person: tom, since: 2027-03-21}
  - {person: tom, since: 2025-01-01, until: 2025-12-31}
seats: 2
consult: [role:inkoop]
""",
    "roles/inkoop.yaml": "name: Inkoop\ncircle: keuken\npurpose: Genoeg in huis.\n",
    "roles/afwas.yaml": """\
name: Afwas
circle: keuken
purpose: Schone borden.
ended: {on: 2027-01-01, because: Er is nu een machine.}
""",
    "people/sara.yaml": """\
name: Sara de Wit
emails: [sara@example.org]
joined_on: 2024-01-01
aliases: [sarah]
""",
    "people/tom.yaml": "name: Tom\n",
    "policies/menu.yaml": """\
title: Drie gangen
circle: keuken
text: "De [kok](../roles/kok.yaml) kiest; [weg](../roles/weg.yaml) niet."
domain: kok#menu
review_on: 2027-02-01
""",
    "agreements/ruil.yaml": """\
title: Ruilen
kind: relational
circle: keuken
between: [sara, tom]
agreed_on: 2027-01-01
text: We ruilen.
""",
    "objectives/tachtig.yaml": """\
title: Tachtig eters
circle: keuken
owner: kok
ends_on: 2027-12-31
key_results: [{name: Eters, start: 0, target: 80, current: 40, as_of: 2027-02-22}]
""",
    "tensions/koud.yaml": """\
title: De soep is koud
sensed_by: tom
role: kok
sensed_on: 2027-02-01
""",
    "pages/welkom.md": "# Welkom *hier*\n\nLees over [Sara](../people/sara.yaml).\n",
}


def organisation(changes: Mapping[str, str] | None = None) -> Org:
    """The organisation, with some files other than they are."""
    contents = {**FILES, **(changes or {})}
    return load(Files({path: text.encode() for path, text in contents.items()}), TODAY)


def site(changes: Mapping[str, str] | None = None) -> Mapping[str, bytes]:
    """Its handbook."""
    return site_files(organisation(changes))
