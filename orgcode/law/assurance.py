"""How sure it must be, and is, that somebody said something (rule 6 of the law)."""

from __future__ import annotations

from collections.abc import Collection

from orgcode.law.evidence import LEVELS, Heard, Level
from orgcode.model.org import Org

_MINUTES = ("secretary", "facilitator")
"""The core roles whose holders write down what was said in a meeting."""


def needed_level(org: Org, kind: str) -> Level:
    """The least that counts for a kind of change: the setting for the narrowest kind holds."""
    asked = org.organisation.assurance_people if org.organisation else {}
    while kind:
        if kind in asked:
            return _level(asked[kind])
        kind = kind.rpartition(".")[0]
    return _level(asked.get("default", LEVELS[0]))


def level_of(org: Org, heard: Heard, circle_id: str, concerned: Collection[str]) -> Level:
    """What is known of an entry, in a decision that stands in a circle.

    Minuted is what a secretary or facilitator of the circle recorded and signed, who is not
    among those concerned: the proposer and the people whom the change is about.
    """
    entry = heard.response
    if heard.signed_by == entry.person:
        return "signed"
    if heard.is_attested:
        return "attested"
    recorder = entry.recorded_by
    if recorder is not None and heard.signed_by == recorder and recorder not in concerned:
        roles = (org.every_role.get(f"{circle_id}/{name}") for name in _MINUTES)
        if any(recorder == h.person for role in roles if role for h in org.holders(role)):
            return "minuted"
    return "claimed"


def suffices(level: Level, needed: Level) -> bool:
    """Whether one level is at least another."""
    return LEVELS.index(level) >= LEVELS.index(needed)


def _level(text: str) -> Level:
    """A level that is written wrongly, which is an error elsewhere, asks for the most."""
    return next((level for level in LEVELS if level == text), LEVELS[-1])
