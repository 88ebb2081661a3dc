"""The methods of deciding, one module each: from a ballot to what it comes to (rule 10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from orgcode.law.ballot import Ballot, Tally
from orgcode.law.methods.advice import advice
from orgcode.law.methods.consensus import consensus
from orgcode.law.methods.consent import consent
from orgcode.law.methods.role import role
from orgcode.law.methods.vote import vote

METHODS: Mapping[str, Callable[[Ballot], Tally]] = {
    "advice": advice,
    "consensus": consensus,
    "consent": consent,
    "role": role,
    "vote": vote,
}
"""The methods by the name that a decision rule calls them (`by`)."""
