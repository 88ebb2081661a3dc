"""The values of an organisation's things, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from orgcode.i18n.translator import Translator
from orgcode.model import entities
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.span import spoken

CIRCLES = {"circle", "anchor", "serves"}
PEOPLE = {"person", "proposer", "sensed_by", "ask_people"}
ROLES = {"role", "owner", "ask_roles"}
KINDS = {"core_roles", "circle_kinds", "memberships"}
TOGETHER = {"languages", "tags", "skills", "aliases", "of", "kinds", "recuse"}
"""Short values that stand in one line."""
SPAN = re.compile(r"[0-9]{1,4} (day|week|month|year)s?")
SILENT = {"pointer", "path"}


class Values:
    """Says the values of one organisation's things in one language."""

    def __init__(self, org: Org, translator: Translator) -> None:
        self._org = org
        self._translator = translator.speaking(org.ruleset)
        circles = {id: kind.name for id, kind in org.circle_kinds.items()}
        self._kinds: Mapping[str, entities.Text] = {**circles, **org.ruleset.policy_kinds}

    def lines(self, key: str, value: object) -> Iterator[str]:
        """What a field says, an entry for each part; nothing for a field that is not filled."""
        if value is None or (isinstance(value, str | tuple | Mapping) and not value):
            return
        match value:
            case tuple() if key in TOGETHER:
                yield ", ".join(line for part in value for line in self.lines(key, part))
            case tuple():
                for part in value:
                    yield from self.lines(key, part)
            case str():
                yield self._named(key, value)
            case Mapping() if key in KINDS:
                for name, part in value.items():
                    yield from self._kind(name, key, part)
            case Mapping() if self._is_text(value):
                yield self.text(value)
            case Mapping():
                for name, part in value.items():
                    yield from self._keyed(str(name), key, part)
            case list():
                for part in value:
                    yield from self.lines(key, part)
            case Struct():
                if said := self._entity(value):
                    yield said
            case _:
                yield self._translator.value(value)

    def text(self, text: entities.Text | None) -> str:
        """What people wrote, in the language of the reader where they did."""
        organisation = self._org.organisation
        languages = organisation.languages if organisation else ()
        return self._translator.read(text, languages) if text is not None else ""

    def person(self, id: str) -> str:
        """A person by name, with the id where the name does not say it."""
        person = self._org.people.get(id)
        return f"{person.name} ({id})" if person else id

    def circle(self, id: str) -> str:
        """A circle by name."""
        circle = self._org.circles.get(id)
        return f"{self.text(circle.name)} ({id})" if circle else id

    def role(self, id: str) -> str:
        """A role by name."""
        role = self._org.every_role.get(id)
        return f"{self.text(role.name)} ({id})" if role else id

    def holding(self, holding: entities.Holding) -> str:
        """Who holds something, from when to when, and for what."""
        who = self.person(holding.person)
        said = self._translator.say(self._span(who, holding.since, holding.until))
        remarks = [self.text(holding.focus)] if holding.focus else []
        if holding.elected:
            remarks.append(self._translator.say(message("elected")))
        if holding.hours is not None:
            hours = message("hours: {hours}", hours=holding.hours)
            remarks.append(self._translator.say(hours))
        return f"{said} ({', '.join(remarks)})" if remarks else said

    def _span(self, who: str, since: date | None, until: date | None) -> Message:
        if since and until:
            return message("{who}, from {since} until {until}", who=who, since=since, until=until)
        if since and since > self._org.today:
            return message("{who}, from {since}", who=who, since=since)
        if since:
            return message("{who}, since {since}", who=who, since=since)
        if until:
            return message("{who}, until {until}", who=who, until=until)
        return message("{who}", who=who)

    def _named(self, key: str, value: str) -> str:
        """A text; where it is a reference, the name of what it refers to."""
        if key in CIRCLES:
            return self.circle(value)
        if key in PEOPLE:
            return self.person(value)
        if key in ROLES:
            return self.role(value)
        if key in {"between", "consult"}:
            kind, _, id = value.rpartition(":")
            return {"circle": self.circle, "role": self.role}.get(kind, self.person)(id)
        if key == "parent":
            objective = self._org.objectives.get(value)
            if objective is None or value in self._org.circles:
                return self.circle(value)
            return f"{self.text(objective.title)} ({value})"
        if key == "kind":
            if value in entities.AGREEMENT_KINDS and value not in self._kinds:
                return self._translator.say(entities.AGREEMENT_KINDS[value])
            return self.text(self._kinds.get(value, value))
        if key == "membership" and value in self._org.memberships:
            return self.text(self._org.memberships[value].name)
        if key == "every" and SPAN.fullmatch(value):
            return self._translator.say(spoken(value))
        return value

    def _kind(self, id: str, key: str, value: object) -> Iterator[str]:
        """A kind that org.yaml adds, or a core role with its holders."""
        if isinstance(value, entities.CircleKind | entities.MembershipKind | entities.CoreRole):
            yield f"{self.text(value.name)} ({id})"
        else:
            core = self._org.core_role_kinds.get(id)
            yield from self._keyed(self.text(core.name) if core else id, key, value)

    def _keyed(self, name: str, key: str, value: object) -> Iterator[str]:
        for line in self.lines(key, value):
            yield f"{name}: {line}"

    def _entity(self, value: Struct) -> str:
        match value:
            case entities.Holding():
                return self.holding(value)
            case entities.Domain():
                text = self.text(value.text)
                return f"{text} ({value.id})" if value.id else text
            case entities.Link():
                return f"{self.text(value.name)}: {value.url}"
            case entities.Account():
                return f"{value.forge}: {value.login}"
            case entities.Context():
                return self._as_of(self.text(value.text), value.as_of)
            case entities.Metric():
                amount = self._amount(value.value, value.unit)
                return self._as_of(f"{self.text(value.name)}: {amount}", value.as_of)
            case entities.KeyResult():
                reached = self._amount(value.current, value.unit)
                aim = self._amount(value.target, value.unit)
                name = self.text(value.name)
                said = message(
                    "{name}: {reached} (target: {aim})", name=name, reached=reached, aim=aim
                )
                return self._as_of(self._translator.say(said), value.as_of)
            case entities.Ended() | entities.Closed():
                because = self.text(value.because)
                day = self._translator.date(value.on)
                return f"{day}: {because}" if because else day
            case entities.Meeting():
                every = [message("every {span}", span=s) for s in self.lines("every", value.every)]
                when = [self._translator.say(said) for said in every]
                for key in ("day", "time", "link"):
                    when.extend(self.lines(key, getattr(value, key)))
                return ", ".join([self.text(value.name), *when])
            case entities.DecisionRule():
                return f"{', '.join(value.kinds)}: {value.way.by} ({', '.join(value.way.of)})"
            case entities.Former():
                who = self._span(self.person(value.person), value.since, value.until)
                role = f"{self.role(value.role)}: " if value.role else ""
                return f"{role}{self._translator.say(who)}"
            case entities.Away():
                away = self._span("", value.since, value.until)
                return self._translator.say(away).lstrip(", ")
        return self._parts(value)

    def _parts(self, value: Struct) -> str:
        """Any other group of fields: those that are filled, by the keys that files use."""
        said = (
            f"{field}: {line}"
            for field in value.__struct_fields__
            if field not in SILENT
            for line in self.lines(field, getattr(value, field))
        )
        return ", ".join(said)

    def _amount(self, value: str | float | None, unit: str | None) -> str:
        return self._translator.measured("?" if value is None else value, unit)

    def _as_of(self, said: str, day: date | None) -> str:
        if day is None:
            return said
        return self._translator.say(message("{what} (as of {day})", what=said.rstrip(), day=day))

    @staticmethod
    def _is_text(value: Mapping[object, object]) -> bool:
        """Whether a mapping is a text in several languages."""
        return all(
            isinstance(key, str) and len(key) in {2, 3} and isinstance(text, str)
            for key, text in value.items()
        )
