"""The nouns of an organisation, one class for each kind of file and what stands inside.

Keys are those of the files. Fields that name other things hold their ids; `Org` looks them up.
Every entity carries the path of its file and the pointer to itself in it, so that a finding
can be placed. Terms follow the Holacracy constitution 5.0, Sociocracy 3.0 and the W3C
Organization Ontology.
"""

from __future__ import annotations

from orgcode.model.entities.agreements import AGREEMENT_KINDS, Agreement, Policy
from orgcode.model.entities.deciding import DecisionRule, Otherwise, Way
from orgcode.model.entities.objectives import KeyResult, Objective
from orgcode.model.entities.organisation import Handbook, MembershipKind, Organisation, Witness
from orgcode.model.entities.people import Account, Away, Key, Person
from orgcode.model.entities.proposals import Answer, Closed, Proposal, Response, Tension
from orgcode.model.entities.structure import (
    Circle,
    CircleKind,
    Context,
    CoreRole,
    Domain,
    Former,
    Holding,
    HoldingState,
    Link,
    Meeting,
    Metric,
    Role,
)
from orgcode.model.entities.things import Ended, Text, Thing

__all__ = [
    "AGREEMENT_KINDS",
    "Account",
    "Agreement",
    "Answer",
    "Away",
    "Circle",
    "CircleKind",
    "Closed",
    "Context",
    "CoreRole",
    "DecisionRule",
    "Domain",
    "Ended",
    "Former",
    "Handbook",
    "Holding",
    "HoldingState",
    "Key",
    "KeyResult",
    "Link",
    "Meeting",
    "MembershipKind",
    "Metric",
    "Objective",
    "Organisation",
    "Otherwise",
    "Person",
    "Policy",
    "Proposal",
    "Response",
    "Role",
    "Tension",
    "Text",
    "Thing",
    "Way",
    "Witness",
]
