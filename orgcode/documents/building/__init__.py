"""From the data of one file to its entity.

The data have passed their schema, except for parts that were left out because they did not: a
field that is required may be missing here (then it is empty, and a finding says so), and an item
of a list may be None where it stood (so that the places of the others hold).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from orgcode.documents.building.agreements import agreement, objective, policy, tension
from orgcode.documents.building.fields import Data
from orgcode.documents.building.organisation import organisation
from orgcode.documents.building.people import person
from orgcode.documents.building.proposals import proposal, response
from orgcode.documents.building.structure import circle, role
from orgcode.model.entities import Thing
from orgcode.model.facts import Kind

__all__ = ["BUILDERS", "response"]

BUILDERS: Mapping[Kind, Callable[[Data, str, str], Thing]] = {
    "org": organisation,
    "circle": circle,
    "role": role,
    "person": person,
    "policy": policy,
    "agreement": agreement,
    "objective": objective,
    "tension": tension,
    "proposal": proposal,
}
"""What builds the entity of each kind from (data, id, path)."""
