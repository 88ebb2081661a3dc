"""Who decides about a thing or a kind of change: the rule, where it stands, and the people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from orgcode.changes.stands import fields_of, stands_in
from orgcode.law.affected import whom_it_concerns
from orgcode.law.electorate import Electorate, Electorates, electorate
from orgcode.law.matching import Level, Match, rule_for, rules_for
from orgcode.model.effect import ANCHORED, KIND_NAMES, top
from orgcode.model.entities import (
    Agreement,
    Circle,
    DecisionRule,
    Objective,
    Organisation,
    Person,
    Policy,
    Role,
    Tension,
    Text,
    Thing,
    Way,
)
from orgcode.model.finding import Pointer
from orgcode.model.message import Message, many, message, one
from orgcode.model.org import Org


class Decision(Struct, frozen=True, kw_only=True):
    """How one kind of change is decided in one circle, and by whom as of today."""

    kind: str
    about: Message
    """What is decided, as a phrase: "who holds this role"."""
    circle: str
    """The circle in which it is judged."""
    match: Match
    electorate: Electorate
    otherwise: Electorate | None = None
    """Who decides when it is stuck, where the rule has a way out."""

    @property
    def rule(self) -> DecisionRule:
        """The rule that decides."""
        return self.match.rule

    @property
    def level(self) -> Level:
        """Where the rule stands: in a circle's file, in org.yaml or in the ruleset."""
        return self.match.level

    @property
    def path(self) -> str:
        """The file in which the rule stands; empty for the ruleset."""
        return "" if self.level == "ruleset" else self.rule.path

    @property
    def pointer(self) -> Pointer:
        """The place of the rule in that file."""
        return self.rule.pointer


class Matter(Struct, frozen=True, kw_only=True):
    """Something that can change, with what the rules ask about it."""

    kind: str
    thing: Thing | None
    """What changes; None where it is something new."""
    about: Message
    circle: str
    fields: Mapping[str, str]
    subjects: tuple[str, ...] | None = ()
    """The people whom the change is about; None where that depends on the change."""


def who_decides(
    org: Org, target: Thing | str, circle_id: str | None = None
) -> tuple[Decision, ...]:
    """Who decides about a thing, or about a kind of change in a circle.

    For a kind, every rule that may apply is named: in the given circle, or in each live circle;
    what always stands in the anchor circle, there alone. To ask about many, use one `Law`.
    """
    return Law(org).who_decides(target, circle_id)


class Law:
    """The decisions of an organisation; electorates that come back are kept."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._electorates = Electorates(org)

    def who_decides(
        self, target: Thing | str, circle_id: str | None = None
    ) -> tuple[Decision, ...]:
        """Who decides about a thing, or about a kind of change in a circle."""
        if isinstance(target, Thing):
            found = (self.decide(matter) for matter in matters(self._org, target))
            return tuple(decision for decision in found if decision)
        if top(target) in ANCHORED:
            circles = [self._org.anchor or ""]
        elif circle_id is not None:
            circles = [circle_id]
        else:
            circles = [circle.id for circle in self._org.live_circles()]
        return tuple(decision for id in circles for decision in self._about_kind(target, id))

    def decide(self, matter: Matter) -> Decision | None:
        """The decision about a matter; None where no rule is for it."""
        match = rule_for(self._org, matter.kind, matter.circle, matter.fields)
        if match is None:
            return None
        return self._decision(matter.kind, matter.about, match, matter.subjects, matter.thing)

    def _about_kind(self, kind: str, circle_id: str) -> Iterator[Decision]:
        elsewhere = top(kind) in ANCHORED | {"circle", "assignment"}
        known = {} if elsewhere else {"circle": circle_id}
        for match in rules_for(self._org, kind, circle_id, known):
            yield self._decision(match.kind, kind_name(match.kind), match, None, None)

    def _decision(
        self,
        kind: str,
        about: Message,
        match: Match,
        subjects: tuple[str, ...] | None,
        thing: Thing | None,
    ) -> Decision:
        otherwise = match.rule.otherwise
        return Decision(
            kind=kind,
            about=about,
            circle=match.stands_in,
            match=match,
            electorate=self._electorate(match.rule.way, match.stands_in, subjects, thing),
            otherwise=self._electorate(otherwise.way, match.stands_in, subjects, thing)
            if otherwise is not None
            else None,
        )

    def _electorate(
        self, way: Way, circle_id: str, subjects: tuple[str, ...] | None, thing: Thing | None
    ) -> Electorate:
        concerned = None
        if "affected" in way.of and thing is not None:
            concerned = whom_it_concerns(self._org, thing, subjects or (), circle_id)
        elif "subject" not in way.of and "subject" not in way.recuse:
            return self._electorates.of(way, circle_id)
        return electorate(self._org, way, circle_id, subjects=subjects, affected=concerned)


def matters(org: Org, thing: Thing) -> Iterator[Matter]:
    """What about a thing can change, in the order in which people ask for it."""
    fields = fields_of(org, thing)

    def matter(kind: str, about: Message, subjects: tuple[str, ...] | None = ()) -> Matter:
        circle = stands_in(org, kind, thing)
        return Matter(
            kind=kind, thing=thing, about=about, circle=circle, fields=fields, subjects=subjects
        )

    match thing:
        case Organisation():
            yield matter("governance", message("the rules of the organisation"))
            yield matter("organisation", KIND_NAMES["organisation"])
            yield matter("tooling", message("workflows, schemas and templates"))
        case Circle():
            yield matter(
                "circle", message("what this {circle} is for, and where it belongs", circle=_CIRCLE)
            )
            yield _inside(thing, fields)
            yield from _core_seats(org, thing)
            for kind, about in _IN_A_CIRCLE:
                yield _new(kind, about, thing)
            own = message("the {rules} of this {circle} itself", rules=_RULES, circle=_CIRCLE)
            yield matter("governance", own)
        case Role(core=core) if core is not None:
            yield _who_holds(org, thing)
        case Role():
            yield _who_holds(org, thing)
            yield matter("role", message("what this {role} is", role=_ROLE))
        case Person(id=id):
            written = message("what is written about this {person}", person=one("person"))
            yield matter("person.amended", written, (id,))
            yield matter("person", JOINING, (id,))
            yield matter("identity", message("accounts, addresses and keys"), (id,))
        case Policy():
            yield matter("policy", message("this {policy}", policy=one("policy")))
        case Agreement():
            yield matter("agreement", message("this {agreement}", agreement=one("agreement")))
        case Objective():
            objective = one("objective")
            yield matter("objective", message("this {objective}", objective=objective))
            figures = message("the figures of this {objective}", objective=objective)
            yield matter("objective.measured", figures)
        case Tension():
            written = message("what is written about this {tension}", tension=one("tension"))
            yield matter("tension", written)


def together(phrases: Iterable[Message]) -> tuple[Message, ...]:
    """Phrases about what is decided, with those about core roles in one: "who holds the roles
    Secretary and Facilitator here".
    """
    said = tuple(phrases)
    seats = [phrase for phrase in said if phrase.id == _SEAT]
    if len(seats) < 2:
        return said
    names = tuple(phrase.arguments["name"] for phrase in seats)
    several = message("who holds the {roles} {names} here", roles=_ROLES, names=names)
    return tuple(
        several if phrase is seats[0] else phrase
        for phrase in said
        if phrase is seats[0] or phrase.id != _SEAT
    )


def kind_name(kind: str) -> Message:
    """What a kind of change is called; a narrower one as the nearest that has a name."""
    while kind not in KIND_NAMES and "." in kind:
        kind = kind.rpartition(".")[0]
    return KIND_NAMES.get(kind, KIND_NAMES["tooling"])


JOINING = message("joining and leaving the organisation")
_CIRCLE = one("circle")
_ROLE = one("role")
_ROLES = many("role")
_RULES = many("decision_rule")

_IN_A_CIRCLE = (
    ("role", message("which {roles} this {circle} has", roles=_ROLES, circle=_CIRCLE)),
    ("policy", message("{things} of this {circle}", things=many("policy"), circle=_CIRCLE)),
    ("agreement", message("{things} of this {circle}", things=many("agreement"), circle=_CIRCLE)),
    ("objective", message("{things} of this {circle}", things=many("objective"), circle=_CIRCLE)),
    ("assignment", message("who belongs to this {circle}", circle=_CIRCLE)),
)


def _inside(circle: Circle, fields: Mapping[str, str]) -> Matter:
    about = message(
        "{strategy}, {context}, {meetings} and the rest of this {circle}",
        strategy=one("strategy"),
        context=one("context"),
        meetings=many("meeting"),
        circle=_CIRCLE,
    )
    return Matter(kind="circle", thing=circle, about=about, circle=circle.id, fields=fields)


def _new(kind: str, about: Message, circle: Circle) -> Matter:
    fields = {"circle": circle.id}
    return Matter(kind=kind, thing=None, about=about, circle=circle.id, fields=fields)


def _core_seats(org: Org, circle: Circle) -> Iterator[Matter]:
    for role in org.live_roles_in(circle.id):
        if role.core is not None:
            yield _who_holds(org, role, _seat(role.name))


def _seat(name: Text) -> Message:
    return message("who holds the {role} {name} here", role=_ROLE, name=name)


_SEAT = _seat("").id


def _who_holds(org: Org, role: Role, about: Message | None = None) -> Matter:
    kind = "assignment" if role.core is None else "assignment.core"
    return Matter(
        kind=kind,
        thing=role,
        about=about or message("who holds this {role}", role=_ROLE),
        circle=stands_in(org, kind, role),
        fields=fields_of(org, role),
        subjects=None,
    )
