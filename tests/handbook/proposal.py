"""The demo with a proposal that people responded to, and a role that was called otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from orgcode.actions.build import site_files
from orgcode.actions.demo_files import demo_files
from orgcode.documents.loading import load
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

TODAY = date(2027, 3, 1)
PROPOSAL = "2027-02-20-donderdag"
FOLDER = f"proposals/{PROPOSAL}"
CHANGE = "a" * 64
OBJECTION = "785baea23bfe63a9d072da4a6a4ce19fa7cad662a1da9a82ee0af6a2fc73c008"
ADVICE = "84feb1bc52c5050c461faf2ed4cf0a3f9b2c2be00420881e8f1cb59520cb323d"
"""The digests of Ravi's objection and of what Ngoc advised."""

ADDED: Mapping[str, str] = {
    f"{FOLDER}/proposal.yaml": f"""\
title: Ook op donderdag koken
proposer: sara
role: kok
opened: {{at: 2027-02-20T09:00:00Z, base: 0123456789012345678901234567890123456789}}
tension: {{id: restjes-blijven-staan}}
because: Op woensdag is de tafel **vol**.
ask: {{people: [ngoc]}}
answers:
  - to: {ADVICE}
    text: We beginnen met één donderdag in de maand.
""",
    f"{FOLDER}/responses/fatma.yaml": f"""\
- stance: consent
  change: {CHANGE}
  at: 2027-02-21T10:00:00Z
  after: null
""",
    f"{FOLDER}/responses/ravi.yaml": f"""\
- stance: objection
  change: {CHANGE}
  at: 2027-02-21T11:00:00Z
  after: null
  reason: Op donderdag is de keuken verhuurd.
- stance: consent
  change: {CHANGE}
  at: 2027-02-22T11:00:00Z
  after: {OBJECTION}
  reason: De huurder schuift op.
""",
    f"{FOLDER}/responses/ngoc.yaml": f"""\
- stance: advice
  change: {CHANGE}
  at: 2027-02-21T12:00:00Z
  after: null
  reason: Begin klein.
""",
}


def organisation() -> Org:
    """The demo with the proposal, and the alias `chef` of the role of cook."""
    files = dict(demo_files(TODAY, "nl"))
    files["roles/kok.yaml"] += b"aliases: [chef]\n"
    files.update({path: text.encode() for path, text in ADDED.items()})
    return load(Files(files), TODAY)


def site() -> Mapping[str, bytes]:
    """Its handbook."""
    return site_files(organisation())
