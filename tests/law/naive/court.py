"""What each effect of a change needs, and what came of it (section 5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from tests.law.naive.affected import concerned
from tests.law.naive.electing import electorate, rule_of, rules_of_any
from tests.law.naive.methods import Count, decide
from tests.law.naive.people import is_active, is_away, parties
from tests.law.naive.reading import Data, State, listed, moment, read
from tests.law.naive.voices import LEVELS, Voices, least_for

ORDER = ("rejected", "invalid", "blocked", "open", "adopted")
RULES_ABOUT_RULES = {
    f"governance.{name}"
    for name in (
        "rules",
        "assurance",
        "witnesses",
        "ruleset",
        "memberships",
        "circle_kinds",
        "core_roles",
        "anchor",
    )
}
PUTS_IN = ("added", "extended", "rescheduled", "rekeyed")


class Part(NamedTuple):
    """One thing that the change needs, what came of it, and by which method."""

    outcome: str
    method: str


class Court:
    def __init__(
        self, case: Data, record: Data, before: State, after: State, now: datetime
    ) -> None:
        self.case = {**case, "proposer": record["proposer"]}
        self.record = record
        self.proposer: str = record["proposer"]
        self.before, self.after, self.now = before, after, now
        self.believes = before.org.get("assurance", {}).get("time") == "claimed"
        witnessed = case["opened_at"]
        claimed = record["opened"]["at"] if self.believes else None
        opened = witnessed or claimed
        self.opened_at = moment(opened) if opened else None
        opening_day = self.opened_at.date() if self.opened_at else now.date()
        self.opening = read(case["opening"], opening_day)
        self.asked = [*record.get("ask", {}).get("people", [])]
        self.asked += ["role:" + role for role in record.get("ask", {}).get("roles", [])]

    def judge_effect(self, effect: Data) -> list[Part]:
        kind, subjects = effect["kind"], effect["subjects"]
        top, narrow = kind.split(".")[0], kind.split(".")[-1]
        parts = [self.own(effect, kind, circle, self.proposer) for circle in effect["circles"]]
        is_own_end = (
            subjects == [self.proposer] and top == "assignment" and narrow == "ended"
        ) or (kind == "person.left" and subjects == [self.proposer])
        if top == "format":
            return parts
        if top == "assignment" and narrow in PUTS_IN:
            for subject in subjects:
                if not is_active(self.before, subject):
                    parts.append(Part("invalid", "own"))
                for circle in effect["circles"]:
                    parts.append(self.own(effect, kind, circle, subject))
        for circle in effect["circles"]:
            if is_own_end:
                continue
            ruled = [self.by(effect, kind, circle, rule) for rule in self.rules(effect, circle)]
            if kind == "person.away":
                own = self.own(effect, kind, circle, subjects[0])
                ruled = [self.better(own, part, subjects[0]) for part in ruled]
            parts += ruled
        if top == "identity":
            own = self.own(effect, kind, self.before.anchor, subjects[0], at_least="attested")
            rule = rule_of(self.before, "governance", self.before.anchor, {})
            other = self.by(effect, "governance", self.before.anchor, rule)
            parts.append(self.better(own, other, subjects[0]))
        if kind in RULES_ABOUT_RULES or self.shifts_the_rulers(effect):
            parts.append(self.governance(effect))
        for altered, where in effect["alters"]:
            circle = where or self.before.anchor
            for rule in rules_of_any(self.before, altered, circle):
                parts.append(self.by(effect, altered, circle, rule))
                parts.append(self.own(effect, altered, circle, self.proposer))
        return parts

    def better(self, own: Part, other: Part, subject: str) -> Part:
        """The own assent or a rule, whichever comes further; who is not there cannot assent."""
        if not is_active(self.before, subject):
            return other
        return max(own, other, key=lambda part: ORDER.index(part.outcome))

    def rules(self, effect: Data, circle: str) -> list[Data]:
        """By what the thing was and by what it becomes; of one that moves, by how it is there."""
        sides = [side for side in (effect["before"], effect["after"]) if side is not None]
        here = [side for side in sides if side.get("circle") == circle]
        found: list[Data] = []
        for asked in here or sides or [{}]:
            rule = rule_of(self.before, effect["kind"], circle, asked)
            found += [] if rule in found else [rule]
        return found

    def governance(self, effect: Data) -> Part:
        anchor = self.before.anchor
        rule = rule_of(self.before, "governance", anchor, {})
        mine = self.own(effect, "governance", anchor, self.proposer)
        part = self.by(effect, "governance", anchor, rule)
        return min(mine, part, key=lambda part: ORDER.index(part.outcome))

    def shifts_the_rulers(self, effect: Data) -> bool:
        kind = effect["kind"]
        if not kind.startswith(("person.", "assignment.member.")):
            return False
        rule = rule_of(self.before, "governance", self.before.anchor, {})
        if self.shifts(effect, rule["of"]):
            return True
        stuck = rule.get("otherwise")
        if stuck is None or not self.shifts(effect, stuck["of"]):
            return False
        doors = [door for circle in effect["circles"] for door in self.rules(effect, circle)]
        return not all(
            self.is_kept(way) for door in doors for way in (door, door.get("otherwise", door))
        )

    def shifts(self, effect: Data, words: Any) -> bool:
        about_rules = {**effect, "subjects": []}  # a rule for rules is about nobody
        then, later = (
            electorate(state, words, about_rules, self.before.anchor)
            for state in (self.before, self.after)
        )
        for subject in effect["subjects"]:
            if subject in later - then:
                return True
            if subject in then - later and subject != self.proposer:
                return True
        return False

    def is_kept(self, way: Data) -> bool:
        """Whether those who make the rules decide: the members of the anchor, or all."""
        names = {"anchor-members", "members", "all", "circle:" + self.before.anchor}
        if not names & set(listed(way["of"])):
            return False
        if way["by"] != "vote":
            return way["by"] in ("consent", "consensus")
        threshold = str(way.get("threshold", "> 1/2"))
        share = Fraction(threshold.lstrip(">= "))
        return share > Fraction(1, 2) or (share == Fraction(1, 2) and ">=" not in threshold)

    def voices(self, effect: Data, kind: str, circle: str, at_least: str = "claimed") -> Voices:
        least = max(least_for(self.before, kind), at_least, key=LEVELS.index)
        subjects = effect["subjects"]
        return Voices(self.before, self.case, least=least, circle=circle, subjects=subjects)

    def own(
        self, effect: Data, kind: str, circle: str, person: str, at_least: str = "claimed"
    ) -> Part:
        voices = self.voices(effect, kind, circle, at_least)
        if person == self.proposer and voices.has_withdrawn(person):
            return Part("rejected", "withdrawn")
        is_there = voices.assents(person) and is_active(self.before, person)
        return Part("adopted" if is_there else "open", "own")

    def start_of(self, voices: Voices) -> datetime | None:
        if self.case["change_seen_at"]:
            return moment(self.case["change_seen_at"])
        if not self.believes:
            return None
        mine = [
            moment(heard["entry"]["at"])
            for heard in voices.sure
            if heard["person"] == self.proposer and heard["entry"]["change"] == self.case["change"]
        ]
        return max(min(mine), moment(self.record["opened"]["at"])) if mine else None

    def by(self, effect: Data, kind: str, circle: str, rule: Data) -> Part:
        """What a rule makes of an effect in a circle."""
        voices = self.voices(effect, kind, circle)
        start = self.start_of(voices)
        otherwise = rule.get("otherwise")
        outcome = self.way(effect, circle, rule, rule, voices, start)
        if otherwise is None or self.opened_at is None or outcome not in ("open", "blocked"):
            return Part(outcome, rule["by"])
        begins = self.opened_at + timedelta(days=int(otherwise["after"].split()[0]))
        if self.now < begins:
            return Part(outcome, rule["by"])
        later = max(begins, start) if start else None
        return Part(self.way(effect, circle, otherwise, rule, voices, later), otherwise["by"])

    def way(
        self,
        effect: Data,
        circle: str,
        way: Data,
        rule: Data,
        voices: Voices,
        start: datetime | None,
    ) -> str:
        recused: set[str] = set()
        if "proposer" in way.get("recuse", []):
            recused.add(self.proposer)
        if "subject" in way.get("recuse", []):
            recused |= set(effect["subjects"])
        now = electorate(self.before, way["of"], effect, circle, recused)
        then = electorate(self.opening, way["of"], effect, circle, recused)
        today = self.now.date()

        def is_here(id: str) -> bool:
            return voices.has_responded(id) or not is_away(self.before, id, today)

        affected = concerned(self.before, effect) | concerned(self.after, effect)
        affected |= parties(self.before, self.asked)
        affected = {id for id in affected if is_active(self.before, id)} - {self.proposer}
        early = way.get("early")
        return decide(
            Count(
                way=way,
                body={id for id in now & then if is_here(id)},
                either=now | then,
                voices=voices,
                start=start,
                now=self.now,
                early=early == "true" if early else not rule["is_governance"],
                has_way_out=way is rule and "otherwise" in rule,
                proposer=self.proposer,
                affected=affected,
                to_be_heard={id for id in affected if is_here(id)},
                answered={answer["to"] for answer in self.record.get("answers", [])},
            )
        )
