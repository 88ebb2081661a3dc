"""What a change means, in words for people, as Markdown, and as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from orgcode.changes.change import Change
from orgcode.changes.sides import Sides
from orgcode.i18n.translator import Translator
from orgcode.law.affected import Reasons
from orgcode.law.shifts import Shift
from orgcode.model.effect import Effect, top
from orgcode.model.finding import Finding
from orgcode.model.message import Message, message
from orgcode.reporting.findings import WORDS
from orgcode.reporting.markdown import in_markdown
from orgcode.reporting.terminal import in_lines, one_line

Form = Literal["text", "markdown"]
Part = tuple[str, list[str]]
"""A heading, and the sentences below it."""


class Told(Struct, frozen=True, kw_only=True):
    """What is told of a change; findings are None where nobody asked for them."""

    change: Change
    affected: Reasons
    shifts: Sequence[Shift] = ()
    appeared: Sequence[Finding] | None = None
    vanished: Sequence[Finding] | None = None


def report_change(told: Told, form: Form, translator: Translator) -> str:
    """The effects by circle, what becomes of authority, who is affected, and what is found."""
    words = _Words(told, translator)
    return _written([*words.effects(), *words.authority(), *words.affected(), *words.found()], form)


def report_affected(told: Told, form: Form, translator: Translator) -> str:
    """Who is affected, each with the reasons."""
    return _written([*_Words(told, translator).affected()], form)


def change_as_data(told: Told, translator: Translator) -> dict[str, object]:
    """`effects`, each with `kind`, `thing`, `paths`, `circles` and `subjects` (ids) and the
    `sentence`; `authority`, each with `sort` (role, domain, vote, electorate), `gains`, `people`,
    `of` and `sentence`; `affected` as `affected_as_data` has it; `appeared` and `vanished`, the
    findings as `check` has them.
    """
    words = _Words(told, translator)
    return {
        "effects": [
            {
                "kind": effect.kind,
                "thing": effect.thing,
                "paths": effect.paths,
                "circles": effect.circles,
                "subjects": effect.subjects,
                "sentence": words.say(effect.sentence),
            }
            for effect in told.change.effects
        ],
        "authority": [
            {
                "sort": shift.sort,
                "gains": shift.gains,
                "people": shift.people,
                "of": shift.of,
                "sentence": words.say(shift.sentence),
            }
            for shift in told.shifts
        ],
        **affected_as_data(told, translator),
        "appeared": [words.finding_as_data(finding) for finding in told.appeared or ()],
        "vanished": [words.finding_as_data(finding) for finding in told.vanished or ()],
    }


def affected_as_data(told: Told, translator: Translator) -> dict[str, object]:
    """`affected`: `person` (an id), `name`, and `reasons` in words."""
    words = _Words(told, translator)
    return {
        "affected": [
            {"person": id, "name": words.sides.person(id), "reasons": [words.say(w) for w in why]}
            for id, why in told.affected.items()
        ]
    }


class _Words:
    def __init__(self, told: Told, translator: Translator) -> None:
        self._told = told
        change = told.change
        self.sides = Sides(before=change.before, after=change.after, paths=())
        org = change.after if change.after.organisation else change.before
        self._translator = translator.speaking(org.ruleset)
        self._languages = org.organisation.languages if org.organisation else ()

    def say(self, said: Message) -> str:
        return self._translator.say(said)

    def effects(self) -> Iterator[Part]:
        """The sentences by circle; apart from these what needs no decision."""
        by_circle: dict[str, list[Effect]] = defaultdict(list)
        rest: dict[str, list[Effect]] = defaultdict(list)
        for effect in self._told.change.effects:
            if top(effect.kind) in _APART:
                rest[top(effect.kind)].append(effect)
            else:
                for circle in effect.circles or ("",):
                    by_circle[circle].append(effect)
        for circle in sorted(by_circle, key=self._place):
            yield self._name(circle), self._sentences(by_circle[circle])
        for kind, heading in _APART.items():
            if kind in rest:
                yield self.say(heading), self._sentences(rest[kind])

    def authority(self) -> Iterator[Part]:
        if self._told.shifts:
            said = [self.say(shift.sentence) for shift in self._told.shifts]
            yield self.say(message("What becomes of authority")), said

    def affected(self) -> Iterator[Part]:
        if self._told.affected:
            said = [
                f"{self.sides.person(id)} ({id}): {'; '.join(self.say(w) for w in why)}"
                for id, why in self._told.affected.items()
            ]
            yield self.say(message("Who is affected")), said

    def found(self) -> Iterator[Part]:
        """The findings that are new, and those that are gone."""
        for heading, findings in (
            (message("New findings"), self._told.appeared),
            (message("Findings that are gone"), self._told.vanished),
        ):
            if findings:
                yield self.say(heading), [self._finding(finding) for finding in findings]

    def finding_as_data(self, finding: Finding) -> Mapping[str, object]:
        return {
            "rule": finding.rule,
            "severity": finding.severity,
            "path": finding.path,
            "line": finding.line,
            "column": finding.column,
            "cause": self.say(finding.cause),
            "way_out": self.say(finding.way_out),
        }

    def _finding(self, finding: Finding) -> str:
        severity = self.say(WORDS[finding.severity])
        place = f"{finding.path}:{finding.line}:{finding.column}"
        return f"{place}: {severity}: {self.say(finding.cause)} [{finding.rule}]"

    def _sentences(self, effects: list[Effect]) -> list[str]:
        return list(dict.fromkeys(self.say(effect.sentence) for effect in effects))

    def _name(self, circle: str) -> str:
        if not circle:
            return self.say(message("The organisation"))
        return self._translator.read(self.sides.circle(circle), self._languages)

    def _place(self, circle: str) -> tuple[int, str, str]:
        """The anchor first, then circles the deeper the later."""
        depth = max(len(org.path_to_anchor(circle)) for org in self.sides.orgs)
        return depth, self._name(circle), circle


_APART: Mapping[str, Message] = {
    "proposal": message("What was proposed and said"),
    "format": message("Only written in another way"),
}
"""Kinds of effect that no rule decides about, and what stands above them."""


def _written(parts: list[Part], form: Form) -> str:
    if form == "markdown":
        said = "\n\n".join(
            "\n".join((f"### {in_markdown(heading)}", "", *(f"- {in_markdown(s)}" for s in lines)))
            for heading, lines in parts
        )
        return said + "\n" if said else ""
    said = "\n\n".join(
        "\n".join((one_line(heading), *(f"  {one_line(line)}" for line in lines)))
        for heading, lines in parts
    )
    return in_lines(said) + "\n" if said else ""
