"""What a change needs before it is lawful: for each effect, in each circle in which it stands, the
decision of a rule; of some people, their own assent (rules 9, 11, 12 and 15 of the law).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from orgcode.changes.change import Change
from orgcode.law.assurance import needed_level
from orgcode.law.electorate import Electorates
from orgcode.law.keeping import is_theirs
from orgcode.law.matching import Match, rule_for, rules_for
from orgcode.law.verdict import Sort
from orgcode.model.effect import Effect, covers, top
from orgcode.model.entities import Way
from orgcode.model.org import Org

GOVERNANCE = "governance"
_ABOUT_RULES = frozenset(
    f"{GOVERNANCE}.{name}"
    for name in (
        "rules",
        "ruleset",
        "memberships",
        "circle_kinds",
        "core_roles",
        "assurance",
        "witnesses",
        "anchor",
    )
)
"""What no narrower rule for a part of governance decides alone."""
_ASSIGNING = frozenset({"added", "extended", "rescheduled", "rekeyed"})


class Need(Struct, frozen=True, kw_only=True):
    """One thing that an effect needs: the decision of a rule, or the assent of a person."""

    sort: Sort
    effect: Effect
    kind: str
    circle: str
    match: Match | None = None
    person: str | None = None
    by_credential: bool = False
    """Whether the person must show it by a key or account that was listed before."""
    instead: tuple[Need, ...] = ()
    """Any of these would do as well."""


def needs(change: Change, proposer: str) -> Iterator[Need]:
    """Everything that a change needs besides being sound, in the order of its effects."""
    return _Needs(change, proposer).all()


def governance_rule(org: Org) -> Match | None:
    """The rule for governance."""
    return rule_for(org, GOVERNANCE, org.anchor or "", {})


class _Needs:
    def __init__(self, change: Change, proposer: str) -> None:
        self._change = change
        self._before = change.before
        self._anchor = change.before.anchor or ""
        self._proposer = proposer

    def all(self) -> Iterator[Need]:
        for effect in self._change.effects:
            if top(effect.kind) != "proposal":
                found = tuple(self._of(effect))
                yield from self._of_proposer(effect, found)
                yield from found

    def _of_proposer(self, effect: Effect, found: Iterable[Need]) -> Iterator[Need]:
        """The assent of the proposer, as sure as each of the things needed asks for."""
        asked = [(effect.kind, circle) for circle in effect.circles or (self._anchor,)]
        asked += [(need.kind, need.circle) for need in found if need.sort == "rule"]
        kinds: dict[tuple[str, str], str] = {}
        for kind, circle in asked:
            level = needed_level(self._before, kind)
            # only who may take the minutes depends on the circle
            kinds.setdefault((level, circle if level == "minuted" else self._anchor), kind)
        for (_, circle), kind in kinds.items():
            yield Need(
                sort="proposer", effect=effect, kind=kind, circle=circle, person=self._proposer
            )

    def _of(self, effect: Effect) -> Iterator[Need]:
        if top(effect.kind) == "format" or self._is_own_ending(effect):
            return
        rules = list(self._rules(effect))
        if effect.kind == "person.away":
            yield from self._either(effect, rules, by_credential=False)
            return
        yield from rules
        if top(effect.kind) == "identity":
            yield from self._either(effect, [self._governance(effect)], by_credential=True)
        if covers("assignment", effect.kind) and effect.narrowing in _ASSIGNING:
            yield from (self._own(effect, person) for person in effect.subjects)
        yield from self._rules_about_rules(effect, rules)

    # The rules of a kind

    def _rules(self, effect: Effect) -> Iterator[Need]:
        for circle in effect.circles:
            found: dict[str, Need] = {}
            for fields in _fields(effect, circle):
                match = rule_for(self._before, effect.kind, circle, fields)
                need = self._rule(effect, effect.kind, circle, match)
                found.setdefault(match.name if match else "", need)
            yield from found.values()

    def _rule(self, effect: Effect, kind: str, circle: str, match: Match | None) -> Need:
        return Need(sort="rule", effect=effect, kind=kind, circle=circle, match=match)

    def _governance(self, effect: Effect) -> Need:
        return self._rule(effect, GOVERNANCE, self._anchor, governance_rule(self._before))

    # Rules about rules, and who decides about them

    def _rules_about_rules(self, effect: Effect, rules: Iterable[Need]) -> Iterator[Need]:
        is_about_rules = effect.alters or effect.kind in _ABOUT_RULES
        if is_about_rules or self._moves_the_electorate(effect, rules):
            yield self._governance(effect)
        for altered in effect.alters:
            circle = altered.circle or self._anchor
            for match in rules_for(self._before, altered.kind, circle):
                yield self._rule(effect, altered.kind, circle, match)

    def _moves_the_electorate(self, effect: Effect, rules: Iterable[Need]) -> bool:
        """Whether somebody comes to decide about governance, or is taken from those who do: at
        once, or when it is stuck. The latter may be left to a rule by which those who make the
        rules decide as well, so that nobody fills the house without them.
        """
        if not (top(effect.kind) == "person" or covers("assignment.member", effect.kind)):
            return False
        match = governance_rule(self._before)
        if match is None:
            return False
        if self._moves_somebody(effect, match.rule.way):
            return True
        otherwise = match.rule.otherwise
        if otherwise is None or not self._moves_somebody(effect, otherwise.way):
            return False
        return not all(it.match and is_theirs(self._before, it.match.rule) for it in rules)

    def _moves_somebody(self, effect: Effect, way: Way) -> bool:
        old, new = (
            Electorates(org).everybody(way, self._anchor)
            for org in (self._before, self._change.after)
        )
        moved = {person for person in effect.subjects if (person in old) != (person in new)}
        left_alone = {self._proposer} if self._proposer not in new else set()
        return bool(moved - left_alone)

    # Own affairs

    def _is_own_ending(self, effect: Effect) -> bool:
        if effect.subjects != (self._proposer,):
            return False
        return effect.kind == "person.left" or (
            covers("assignment", effect.kind) and effect.narrowing == "ended"
        )

    def _own(self, effect: Effect, person: str, *, by_credential: bool = False) -> Need:
        return Need(
            sort="own",
            effect=effect,
            kind=effect.kind,
            circle=effect.circles[0] if effect.circles else self._anchor,
            person=person,
            by_credential=by_credential,
        )

    def _either(
        self, effect: Effect, rules: Iterable[Need], *, by_credential: bool
    ) -> Iterator[Need]:
        """The own assent of each subject, or any of these rules instead; the rules alone where one
        is not there to assent.
        """
        if not effect.subjects or not all(map(self._is_active, effect.subjects)):
            yield from rules
            return
        for person in effect.subjects:
            own = self._own(effect, person, by_credential=by_credential)
            yield Need(
                sort=own.sort,
                effect=effect,
                kind=own.kind,
                circle=own.circle,
                person=person,
                by_credential=by_credential,
                instead=tuple(rules),
            )

    def _is_active(self, person_id: str) -> bool:
        person = self._before.people.get(person_id)
        return person is not None and person.is_active(self._before.today)


def _fields(effect: Effect, circle: str) -> Iterator[Mapping[str, str]]:
    """What a rule may ask of the thing as it stands in a circle: before, and afterwards."""
    sides = [side for side in (effect.before, effect.after) if side]
    here = [side for side in sides if side.get("circle") == circle]
    yield from here or sides or [{}]
