"""What has changed under a key, in words: the parts of the sentence of an effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from orgcode.changes.comparing import Comparison, compare
from orgcode.changes.referring import CIRCLES, PARTIES, PEOPLE, ROLES, is_renamed
from orgcode.changes.sides import Sides
from orgcode.changes.states import same
from orgcode.model.entities import AGREEMENT_KINDS, Objective, Text
from orgcode.model.message import Message, many, message, one

LONG = 160
"""A longer text is not quoted."""

FIELDS: Mapping[str, Message] = {
    "about": message("what they tell about themselves"),
    "accountabilities": message("the {accountabilities}", accountabilities=many("accountability")),
    "agreed_on": message("the day of agreement"),
    "aliases": message("the former addresses"),
    "answers": message("the answers"),
    "ask": message("who is asked"),
    "audience": message("whom it is for"),
    "because": message("the reason"),
    "between": message("the parties"),
    "consult": message("who is to be consulted"),
    "contact": message("the contact"),
    "context": message("the {context}", context=one("context")),
    "core_roles": message("the {core_roles}", core_roles=many("core_role")),
    "domain": message("the {domain}", domain=one("domain")),
    "domains": message("the {domains}", domains=many("domain")),
    "effective_on": message("the first day in effect"),
    "ends_on": message("the last day"),
    "evaluate_on": message("the day of evaluation"),
    "every": message("how often it is held"),
    "example": message("the example"),
    "expires_on": message("the day on which it expires"),
    "extra": message("the own data"),
    "focus": message("the focus"),
    "former": message("the former {members}", members=many("member")),
    "handbook": message("the handbook"),
    "holders": message("the {holders}", holders=many("holder")),
    "hours": message("the number of hours"),
    "joined_on": message("the day of joining"),
    "key_results": message("the {key_results}", key_results=many("key_result")),
    "kind": message("the kind"),
    "languages": message("the languages"),
    "last_held_on": message("the day on which it was last held"),
    "links": message("the links"),
    "meetings": message("the {meetings}", meetings=many("meeting")),
    "members": message("the {members}", members=many("member")),
    "membership": message("the membership"),
    "metrics": message("the {metrics}", metrics=many("metric")),
    "name": message("the name"),
    "notes": message("the notes"),
    "opened": message("when and on what it was opened"),
    "outcome": message("the outcome"),
    "owner": message("the owner"),
    "parent": message("what it is part of"),
    "pronouns": message("the pronouns"),
    "proposer": message("the proposer"),
    "purpose": message("the {purpose}", purpose=one("purpose")),
    "result": message("the result"),
    "review_on": message("the day of review"),
    "role": message("the {role}", role=one("role")),
    "seats": message("the number of {seats}", seats=many("seat")),
    "sensed_by": message("who senses it"),
    "sensed_on": message("the day on which it was sensed"),
    "serves": message("the {circles} that it works for", circles=many("circle")),
    "skills": message("the skills"),
    "starts_on": message("the first day"),
    "strategy": message("the {strategy}", strategy=one("strategy")),
    "tags": message("the tags"),
    "tension": message("the {tension}", tension=one("tension")),
    "text": message("the text"),
    "title": message("the title"),
    "values": message("the values"),
    "witnesses": message("the witnesses"),
}
"""What the keys of files are called in a sentence."""

_AS_WRITTEN = frozenset({"aliases", "tags", "domain", "ruleset", "languages"})
_NAMES = ("name", "title", "text", "id", "person", "to", "key", "url")
_LANGUAGES = {"nl": message("Dutch"), "en": message("English")}


def field(key: str) -> Message:
    """What a key is called in a sentence."""
    return FIELDS[key] if key in FIELDS else message('"{key}"', key=key)


def clauses(sides: Sides, key: str, before: Any, after: Any) -> list[Message]:
    """What has changed under a key."""
    if _is_items(before) and _is_items(after) and (before or after):
        return list_clauses(sides, key, compare(before or (), after or (), name_of))
    if key == "context" and (isinstance(before, Mapping) or isinstance(after, Mapping)):
        old, new = before or {}, after or {}
        said = _scalar(sides, key, field(key), old.get("text"), new.get("text"))
        if not same(old.get("as_of"), new.get("as_of")) and new.get("as_of"):
            said.append(message("it was looked at on {day}", day=day(new["as_of"])))
        return said or [_something(key)]
    if key == "elected":
        return [message("elected") if after else message("no longer noted as elected")]
    return _scalar(sides, key, field(key), before, after) or [_something(key)]


def list_clauses(
    sides: Sides, key: str, comparison: Comparison, leave: Iterable[str] = ()
) -> list[Message]:
    """What is new in a list, gone, altered, or in another order; but for the names to leave out."""
    left = frozenset(leave)

    def said(items: Iterable[Any]) -> tuple[object, ...]:
        return tuple(item_said(sides, key, item) for item in items if name_of(item) not in left)

    pairs = [
        (old, new)
        for old, before in comparison.gone
        for new, after in comparison.new
        if is_renamed(sides, key, before, after)
    ]
    former, renamed = {old for old, _ in pairs}, {new for _, new in pairs}
    new = said(item for place, item in comparison.new if place not in renamed)
    gone = said(item for place, item in comparison.gone if place not in former)
    again = said(item for place, item in comparison.new if place in renamed)
    altered = said(item.new for item in comparison.altered)
    found = []
    if again:
        found.append(
            message("named by another id now in {field}: {items}", field=field(key), items=again)
        )
    if new:
        found.append(message("new in {field}: {items}", field=field(key), items=new))
    if gone:
        found.append(message("no longer in {field}: {items}", field=field(key), items=gone))
    if altered:
        found.append(message("altered in {field}: {items}", field=field(key), items=altered))
    if comparison.is_reordered:
        is_all = not (found or left)
        found.append(
            message("only the order of {field} has changed", field=field(key))
            if is_all
            else message("another order of {field}", field=field(key))
        )
    return found


def joined(parts: Sequence[Message]) -> Message:
    """Clauses one behind the other."""
    said = parts[0]
    for part in parts[1:]:
        said = message("{first}; {second}", first=said, second=part)
    return said


def sentence(thing: Message, parts: Sequence[Message]) -> Message:
    """What has changed of a thing."""
    return message("{thing}: {clauses}.", thing=thing, clauses=joined(parts))


def value_said(sides: Sides, key: str, value: Any) -> object:
    """A value in a sentence: names of what it refers to, days written out, texts quoted."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, str) and (key.endswith("_on") or key in {"as_of", "since", "until"}):
        return day(value)
    if not isinstance(value, str | Mapping):
        return str(value)
    if isinstance(value, str):
        if key in CIRCLES:
            return sides.circle(value)
        if key in ROLES:
            return sides.role(value)
        if key in PEOPLE:
            return sides.person(value)
        if key in PARTIES:
            return sides.party(value)
        if key == "parent":
            return _title(sides, value)
        if key in _AS_WRITTEN:
            return value
        if key in {"kind", "membership"}:
            return _kind(sides, value)
    return message('"{text}"', text=_without_stop(value))


def item_said(sides: Sides, key: str, item: Any) -> object:
    """An item of a list in a sentence: its name."""
    if isinstance(item, Mapping) and not _is_text(item):
        if "person" in item:
            return sides.person(str(item["person"]))
        for name in _NAMES:
            if name in item:
                return value_said(sides, "", item[name])
        return "…"
    return value_said(sides, key, item)


def name_of(item: Any) -> str:
    """What tells an item of a list from the others, whatever else it says."""
    if isinstance(item, Mapping):
        for key in ("person", "id", "name", "key", "url", "to", "from"):
            if key in item:
                return f"{key}:{item[key]}"
        return ""
    return str(item)


def day(text: str) -> date | str:
    """A day of a file."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _scalar(sides: Sides, key: str, label: Message, before: Any, after: Any) -> list[Message]:
    if same(before, after):
        return []
    if isinstance(before, Mapping) and isinstance(after, Mapping) and _is_text(before, after):
        return [
            clause
            for language in dict.fromkeys((*after, *before))
            for clause in _scalar(
                sides,
                key,
                message("{field} in {language}", field=label, language=_language(language)),
                before.get(language),
                after.get(language),
            )
        ]
    if languages := _only_languages(before, after):
        return [
            message("{field} is now also written in {languages}", field=label, languages=languages)
        ]
    if languages := _only_languages(after, before):
        return [
            message("{field} is no longer written in {languages}", field=label, languages=languages)
        ]
    if _is_plain(before) and _is_plain(after):
        old, new = value_said(sides, key, before), value_said(sides, key, after)
        if before is None:
            if _is_long(after):
                return [message("{field} is written down", field=label)]
            return [message("{field} is now {new}", field=label, new=new)]
        if after is None:
            if _is_long(before):
                return [message("{field} is taken out", field=label)]
            return [message("{field} is taken out; it was {old}", field=label, old=old)]
        if is_renamed(sides, key, before, after):
            return [message("{field} is still {new}, by another id now", field=label, new=new)]
        if _is_long(before) or _is_long(after):
            return [message("{field} has been rewritten", field=label)]
        return [message("{field} is now {new}; it was {old}", field=label, new=new, old=old)]
    return [message("something has changed in {field}", field=label)]


def _only_languages(one: Any, other: Any) -> tuple[object, ...]:
    """The languages that are new where a text stays and gets others beside it."""
    if not isinstance(one, str) or not _is_text(other) or one not in other.values():
        return ()
    return tuple(_language(code) for code, text in other.items() if text != one)


def _something(key: str) -> Message:
    return message("something has changed in {field}", field=field(key))


def _is_items(value: Any) -> bool:
    return value is None or isinstance(value, list | tuple)


def _is_plain(value: Any) -> bool:
    return value is None or not isinstance(value, Mapping | list | tuple) or _is_text(value)


def _is_text(*values: Any) -> bool:
    return all(
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(text, str) and "_" not in key for key, text in value.items())
        and all(len(key.partition("-")[0]) <= 3 and key not in _NAMES for key in value)
        for value in values
    )


def _is_long(value: Any) -> bool:
    texts = value.values() if isinstance(value, Mapping) else (value,)
    return any(isinstance(t, str) and (len(t) > LONG or "\n" in t.strip()) for t in texts)


def _without_stop(text: Any) -> Any:
    """A text without the full stop at its end, to stand in a sentence of ours."""
    if isinstance(text, Mapping):
        return {language: _without_stop(each) for language, each in text.items()}
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _language(code: str) -> object:
    return _LANGUAGES.get(code, code)


def _title(sides: Sides, id: str) -> object:
    objective = sides.thing("objective", id)
    return objective.title if isinstance(objective, Objective) else sides.circle(id)


def _kind(sides: Sides, id: str) -> object:
    for org in (sides.after, sides.before):
        if id in org.memberships:
            return org.memberships[id].name
        if id in org.circle_kinds:
            return org.circle_kinds[id].name
        if id in org.ruleset.policy_kinds:
            text: Text = org.ruleset.policy_kinds[id]
            return text
    return AGREEMENT_KINDS.get(id, id)
