"""The nouns of an organisation, one class for each kind of file and what stands inside.

Keys are those of the files. Fields that name other things hold their ids; `Org` looks them up.
Every entity carries the path of its file and the pointer to itself in it, so that a finding
can be placed. Terms follow the Holacracy constitution 5.0, Sociocracy 3.0 and the W3C
Organization Ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from orgcode.model.finding import Pointer
from orgcode.model.message import Message, message

Text = str | Mapping[str, str]
"""What people wrote: one text, or a text for each language."""

HoldingState = Literal["planned", "current", "past"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A thing is over: `on` is the first day on which it no longer is."""

    on: date
    because: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What every kind of file has in common. `id` is the stem of the file."""

    id: str
    path: str
    pointer: Pointer = ()
    aliases: tuple[str, ...] = ()
    ended: Ended | None = None
    tags: tuple[str, ...] = ()
    notes: Text | None = None
    extra: Mapping[str, object] = field(default_factory=dict)

    def is_live(self, day: date) -> bool:
        """Whether the thing is not over on that day."""
        return self.ended is None or day < self.ended.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """What a circle or role alone decides about; with an id, others can refer to it."""

    text: Text
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A person in a role from `since` to `until`, both inclusive (UTC days)."""

    person: str
    since: date | None = None
    until: date | None = None
    focus: Text | None = None
    elected: bool = False
    hours: float | None = None
    pointer: Pointer = ()

    def state(self, day: date) -> HoldingState:
        """Whether the holding is planned, current or past on that day."""
        if self.since is not None and day < self.since:
            return "planned"
        if self.until is not None and day > self.until:
            return "past"
        return "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure of a circle, as of a day."""

    name: Text
    value: str | float | None = None
    unit: str | None = None
    as_of: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting that recurs."""

    name: Text
    kind: str | None = None
    every: str | None = None
    day: str | None = None
    time: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a circle knows about its situation, as of a day."""

    text: Text
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """Somebody who was in a circle."""

    person: str
    role: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address elsewhere, with what it is."""

    name: Text
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a decision is made: method, electorate and conditions (design section 5).

    Shares and thresholds stay text as written, so that they can be counted exactly later.
    """

    by: Literal["advice", "consent", "consensus", "vote", "role"]
    of: tuple[str, ...]
    open_for: int = 0
    """24-hour days."""
    quorum: str | None = None
    silence: Literal["consents", "blocks"] = "blocks"
    threshold: str = "> 1/2"
    recuse: tuple[Literal["proposer", "subject"], ...] = ()
    early: bool | None = None
    """None: the default of the kind of change (governance false, others true)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """The way out when a decision is stuck: another way, `after` so many days since opening."""

    after: int
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """Which kinds of change, where, are decided in which way."""

    kinds: tuple[str, ...]
    where: Mapping[str, str] = field(default_factory=dict)
    way: Way
    otherwise: Otherwise | None = None
    path: str = ""
    pointer: Pointer = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleKind:
    """A kind of circle and the core roles that a circle of that kind has."""

    id: str
    name: Text
    description: Text | None = None
    core_roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreRole:
    """A role that circles have because of their kind."""

    id: str
    name: Text
    purpose: Text | None = None
    accountabilities: tuple[Text, ...] = ()
    domains: tuple[Domain, ...] = ()
    optional: bool = False
    term: str | None = None
    """How long one is elected for, as in "1 year"; None: no term."""
    in_parent: bool = False
    """Whether its holders are members of the parent circle too."""
    stands_in: Literal["self", "parent"] = "self"
    """The circle in which filling it is decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipKind:
    """A kind of membership and whether it votes."""

    id: str
    name: Text
    votes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Somebody or something that attests time and receipt, with its SSH key."""

    name: str
    key: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """What the handbook is and for whom."""

    url: str | None = None
    logo: str | None = None
    accent: str | None = None
    audience: str | None = None
    public: tuple[str, ...] | None = None
    """The kinds that a handbook for everyone shows; None where org.yaml does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Thing):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle(Thing):
    """A circle (team, cirkel, kring): people who together serve a purpose."""

    name: Text
    purpose: Text | None = None
    kind: str | None = None
    parent: str | None = None
    context: Context | None = None
    strategy: Text | None = None
    domains: tuple[Domain, ...] = ()
    accountabilities: tuple[Text, ...] = ()
    core_roles: Mapping[str, tuple[Holding, ...]] = field(default_factory=dict)
    members: tuple[Holding, ...] = ()
    former: tuple[Former, ...] = ()
    serves: tuple[str, ...] = ()
    decision_rules: tuple[DecisionRule, ...] = ()
    metrics: tuple[Metric, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    contact: str | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Thing):
    """A role: a file of its own, or a core role of a circle (then `core` names which).

    A core role has the id `<circle>/<core-role>`, its circle's path, and a pointer into it.
    """

    name: Text
    circle: str
    purpose: Text | None = None
    accountabilities: tuple[Text, ...] = ()
    domains: tuple[Domain, ...] = ()
    holders: tuple[Holding, ...] = ()
    seats: int = 1
    skills: tuple[str, ...] = ()
    consult: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    core: CoreRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account on a forge."""

    forge: str
    login: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An SSH public key and the days on which it counts, both inclusive."""

    key: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Days on which a person is away, both inclusive."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Thing):
    """A person; the id may be a pseudonym."""

    name: str
    membership: str | None = None
    accounts: tuple[Account, ...] = ()
    emails: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    joined_on: date | None = None
    away: tuple[Away, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pronouns: str | None = None
    about: Text | None = None

    def is_active(self, day: date) -> bool:
        """Whether the person has joined and has not left on that day."""
        return self.is_live(day) and (self.joined_on is None or self.joined_on <= day)

    def is_away(self, day: date) -> bool:
        """Whether the person said to be away on that day."""
        return any(a.since <= day and (a.until is None or day <= a.until) for a in self.away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Thing):
    """An agreement that binds: a rule of a circle about itself or about a domain."""

    title: Text
    circle: str
    text: Text
    kind: str | None = None
    domain: str | None = None
    effective_on: date | None = None
    review_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Thing):
    """A decision or agreement that changes no structure."""

    title: Text
    kind: str
    circle: str
    text: Text | None = None
    between: tuple[str, ...] = ()
    agreed_on: date | None = None
    review_on: date | None = None
    every: str | None = None
    last_held_on: date | None = None


AGREEMENT_KINDS: Mapping[str, Message] = {
    "decision": message("decision"),
    "relational": message("working agreement"),
    "feedback": message("feedback among equals"),
}
"""The kinds of agreement, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """How far an objective is: from `start` to `target`, `current` as of a day."""

    name: Text
    start: float | None = None
    target: float | None = None
    current: float | None = None
    unit: str | None = None
    as_of: date | None = None

    @property
    def progress(self) -> float | None:
        """The share done, 0 to 1; None where the figures do not tell."""
        if self.target is None or self.current is None:
            return None
        start = self.start or 0.0
        if self.target == start:
            return 1.0 if self.current == self.target else 0.0
        return max(0.0, min(1.0, (self.current - start) / (self.target - start)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Thing):
    """What a circle wants to have reached at the end of a period."""

    title: Text
    circle: str
    owner: str | None = None
    text: Text | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    parent: str | None = None
    key_results: tuple[KeyResult, ...] = ()
    result: Literal["achieved", "dropped"] | None = None

    @property
    def progress(self) -> float | None:
        """The mean progress of the key results that tell; None where none does."""
        known = [p for p in (result.progress for result in self.key_results) if p is not None]
        return sum(known) / len(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """When and why a tension was closed."""

    on: date
    because: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension(Thing):
    """A gap that somebody senses between how it is and how it could be."""

    title: Text
    sensed_by: str
    role: str | None = None
    text: Text | None = None
    sensed_on: date | None = None
    closed: Closed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The proposer's answer to an entry, named by its digest."""

    to: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Thing):
    """proposals/<id>/proposal.yaml: why a change; of its tension the id or the text is set."""

    title: Text
    proposer: str
    opened_at: str
    opened_base: str
    role: str | None = None
    tension_id: str | None = None
    tension_text: Text | None = None
    because: Text | None = None
    example: Text | None = None
    ask_people: tuple[str, ...] = ()
    ask_roles: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    evaluate_on: date | None = None
    outcome: Literal["rejected", "withdrawn"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One entry of proposals/<id>/responses/<person>.yaml."""

    proposal: str
    person: str
    stance: str
    change: str
    at: str
    after: str | None
    path: str
    pointer: Pointer
    role: str | None = None
    reason: Text | None = None
    nominee: str | None = None
    recorded_by: str | None = None
    evidence: Mapping[str, str] | None = None
    signature: str | None = None
