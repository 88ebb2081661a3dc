"""org.yaml, and what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from orgcode.model.entities.deciding import DecisionRule
from orgcode.model.entities.structure import CircleKind, CoreRole
from orgcode.model.entities.things import Text, Thing
from orgcode.model.span import is_between


class MembershipKind(Struct, frozen=True, kw_only=True):
    """A kind of membership and whether it votes."""

    id: str
    name: Text
    votes: bool


class Witness(Struct, frozen=True, kw_only=True):
    """Somebody or something that attests time and receipt, with its SSH key."""

    name: str
    key: str
    since: date | None = None
    until: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether what is signed with the key on that day (in UTC) is signed by the witness."""
        return is_between(day, self.since, self.until)


class Handbook(Struct, frozen=True, kw_only=True):
    """What the handbook is and for whom."""

    url: str | None = None
    logo: str | None = None
    accent: str | None = None
    audience: str | None = None
    public: tuple[str, ...] | None = None
    """The kinds that a handbook for everyone shows; None where org.yaml does not say."""


class Organisation(Thing, frozen=True, kw_only=True):
    """org.yaml. Here `id` is the UUID of the organisation."""

    name: Text
    purpose: Text
    anchor: str
    ruleset: str
    format: int = 1
    languages: tuple[str, ...] = ("en",)
    values: tuple[Text, ...] = ()
    memberships: Mapping[str, MembershipKind] = field(default_factory=dict)
    circle_kinds: Mapping[str, CircleKind] = field(default_factory=dict)
    core_roles: Mapping[str, CoreRole] = field(default_factory=dict)
    decision_rules: tuple[DecisionRule, ...] = ()
    assurance_time: Literal["witnessed", "claimed"] = "witnessed"
    assurance_people: Mapping[str, str] = field(default_factory=dict)
    witnesses: tuple[Witness, ...] = ()
    rules_in_force_since: date | None = None
    severities: Mapping[str, str] = field(default_factory=dict)
    forge: Mapping[str, str] = field(default_factory=dict)
    handbook: Handbook = Handbook()
