"""What changes of org.yaml, and of the decision rules that a circle has for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from orgcode.changes import words
from orgcode.changes.comparing import compare, differing, written
from orgcode.changes.sides import Altered, Sides, anchors
from orgcode.changes.states import Content, Document, readable_at, same, state_at
from orgcode.changes.things import mode_effect
from orgcode.model.effect import (
    AlteredRule,
    Drop,
    Edit,
    Effect,
    Leave,
    Mode,
    Put,
    Replace,
    Take,
    covers,
    named,
)
from orgcode.model.entities import DecisionRule
from orgcode.model.message import Message, many, message, one

OF_ORGANISATION = frozenset(
    {"name", "purpose", "values", "languages", "handbook", "tags", "notes", "extra"}
)
"""The keys of org.yaml that are no governance."""

NARROWED: Mapping[str, str] = {
    "decision_rules": "rules",
    "rules_in_force_since": "in_force",
    "orgcode": "version",
}
"""What a change of a key is called, where not as the key itself."""

_PATH = "org.yaml"


def of_organisation(sides: Sides) -> Iterator[Effect]:
    """The effects of org.yaml."""
    before, after = (state_at(org, _PATH) for org in sides.orgs)
    if after is None:
        said = message("The file org.yaml has been deleted: there is no organisation any more.")
        yield _effect(sides, "governance.removed", said, (Leave(_PATH),))
        return
    if isinstance(after, Content):
        said = message(
            "The file {path} cannot be read, so nobody can say what it changes.", path=_PATH
        )
        edits = (Replace(_PATH, after.mode, after.blob),)
        yield _effect(sides, "governance.unreadable", said, edits)
        return
    old, new = (_data(readable_at(org, _PATH)) for org in sides.orgs)
    if before is None:
        yield from _new(sides, new)
        return
    if isinstance(before, Content):
        said = message("The file {path} can be read again.", path=_PATH)
        if not old:
            whole = (Take(_PATH, None), Put(_PATH, (), new), Mode(_PATH, after.mode))
            rules = _altered(sides, "decision_rules")
            yield _effect(sides, "governance.repaired", said, whole, rules)
            return
        yield _effect(sides, "governance.repaired", said, (Take(_PATH, _PATH),))
    if before.mode != after.mode:
        yield mode_effect(sides, _PATH, after.mode)
    for key in differing(old, new):
        if key in OF_ORGANISATION:
            thing = message("The organisation")
            said = words.sentence(thing, words.clauses(sides, key, old.get(key), new.get(key)))
            yield _effect(sides, "organisation.amended", said, (_put(new, key),))
        else:
            yield _effect(
                sides,
                f"governance.{NARROWED.get(key, key)}",
                _governs(sides, key, old.get(key), new.get(key)),
                (_put(new, key),),
                _altered(sides, key),
            )


def of_circle_rules(altered: Altered) -> Iterator[Effect]:
    """The decision rules in the file of a circle: they stand in the anchor."""
    after = altered.states[1]
    old, new = altered.value("decision_rules")
    is_same = same(old, new) and ("decision_rules" in altered.data_before) == (
        "decision_rules" in altered.data_after
    )
    if is_same or isinstance(after, Content):
        return
    rules = [getattr(thing, "decision_rules", ()) for thing in (altered.was, altered.now)]
    if not isinstance(after, Document):
        edits: tuple[Edit, ...] = ()
    elif "decision_rules" in altered.data_after:
        edits = (Put(altered.path, ("decision_rules",), new),)
    else:
        edits = (Drop(altered.path, ("decision_rules",)),)
    yield altered.effect(
        "governance.rules",
        _rules_said(altered.the_thing, old, new),
        circles=anchors(altered.sides),
        edits=edits,
        alters=altered_kinds(rules[0], rules[1], altered.id),
    )


def altered_kinds(
    before: Sequence[DecisionRule], after: Sequence[DecisionRule], circle: str | None
) -> tuple[AlteredRule, ...]:
    """The kinds of change of which the rules, or their order, are not the same."""
    kinds = dict.fromkeys(kind for rule in (*before, *after) for kind in rule.kinds)
    return tuple(
        AlteredRule(kind, circle)
        for kind in sorted(kinds)
        if _rules_for(before, kind) != _rules_for(after, kind)
    )


def _rules_for(rules: Iterable[DecisionRule], kind: str) -> list[object]:
    """The rules that may decide about a kind: for it, for a wider or for a narrower one."""
    return [
        (own, dict(rule.where), rule.way, rule.otherwise)
        for rule in rules
        for own in rule.kinds
        if covers(own, kind) or covers(kind, own)
    ]


def _new(sides: Sides, data: Mapping[str, Any]) -> Iterator[Effect]:
    own = {key: value for key, value in data.items() if key in OF_ORGANISATION}
    said = message("The organisation {name} is founded.", name=data.get("name", ""))
    edits = [Put(_PATH, (key,), value) for key, value in own.items()]
    yield _effect(sides, "organisation.added", said, edits)
    governs = message("The rules of the organisation are set up.")
    rest = [Put(_PATH, (key,), value) for key, value in data.items() if key not in own]
    yield _effect(
        sides,
        "governance.added",
        governs,
        (Take(_PATH, None), *rest),
        _altered(sides, "decision_rules"),
    )


def _altered(sides: Sides, key: str) -> tuple[AlteredRule, ...]:
    """The kinds of change of which a key of org.yaml alters the rules."""
    if key == "decision_rules":
        rules = [org.organisation.decision_rules if org.organisation else () for org in sides.orgs]
        return altered_kinds(rules[0], rules[1], None)
    if key == "ruleset":
        shipped = [org.ruleset.decision_rules for org in sides.orgs]
        return altered_kinds(shipped[0], shipped[1], None)
    return ()


def _governs(sides: Sides, key: str, old: Any, new: Any) -> Message:
    if key == "decision_rules":
        return _rules_said(message("The organisation"), old, new)
    if key == "ruleset" and old is None:
        return message("The organisation works by the ruleset {new}.", new=new)
    if key == "ruleset":
        return message(
            "The organisation works by the ruleset {new}, no longer by {old}.", new=new, old=old
        )
    if key == "anchor" and old is None:
        return message("The {anchor} is {new}.", anchor=one("anchor_circle"), new=sides.circle(new))
    if key == "anchor":
        return message(
            "The {anchor} is {new}, no longer {old}.",
            anchor=one("anchor_circle"),
            new=sides.circle(new),
            old=sides.circle(old),
        )
    if key == "rules_in_force_since":
        if new is None:
            return message("The rules of the organisation are no longer in force.")
        return message(
            "The rules of the organisation are in force since {day}.", day=words.day(str(new))
        )
    if key == "ended":
        if not new:
            return message("The organisation is no longer over.")
        return message("The organisation is over from {day} on.", day=words.day(str(new.get("on"))))
    thing = message("The organisation")
    if key in _LISTED:
        return words.sentence(thing, _entries(key, old or {}, new or {}))
    return words.sentence(thing, [_different(sides, key, old, new)])


_NAMED: Mapping[str, Message] = {
    "memberships": message("the kinds of membership"),
    "circle_kinds": message("the kinds of {circle}", circle=one("circle")),
    "core_roles": message("the kinds of {core_role}", core_role=one("core_role")),
    "severities": message("the severity of findings"),
    "assurance": message("the certainty that is asked for of people and times"),
    "forge": message("the place of the repository"),
    "id": message("the lasting id"),
    "orgcode": message("the version of the format of files"),
}
"""The keys of org.yaml that are governance, in words."""


_LISTED = frozenset({"memberships", "circle_kinds", "core_roles", "severities"})


def _entries(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Message]:
    """Which entries of a key are new, gone or altered."""
    field = _NAMED[key]
    keys = differing(old, new)
    added = tuple(_entry(k, new[k]) for k in keys if k not in old)
    gone = tuple(_entry(k, old[k]) for k in keys if k not in new)
    altered = tuple(_entry(k, new[k]) for k in keys if k in old and k in new)
    found = [
        message("whoever is {membership} votes from now on", membership=_entry(k, new[k]))
        if _votes(new[k])
        else message("whoever is {membership} no longer votes", membership=_entry(k, new[k]))
        for k in keys
        if key == "memberships" and k in old and k in new and _votes(old[k]) != _votes(new[k])
    ]
    if added:
        found.append(message("new in {field}: {items}", field=field, items=added))
    if gone:
        found.append(message("no longer in {field}: {items}", field=field, items=gone))
    if altered and not found:
        found.append(message("altered in {field}: {items}", field=field, items=altered))
    return found or [message("something has changed in {field}", field=field)]


def _votes(kind: Any) -> bool:
    return isinstance(kind, Mapping) and bool(kind.get("votes", True))


def _entry(key: str, value: Any) -> object:
    name = value.get("name") if isinstance(value, Mapping) else None
    return name or message('"{text}"', text=key)


def _different(sides: Sides, key: str, old: Any, new: Any) -> Message:
    if key in {"aliases", "witnesses"}:
        return words.joined(words.clauses(sides, key, old, new))
    field = _NAMED.get(key) or words.field(key)
    return message("something has changed in {field}", field=field)


def _rules_said(thing: Message, old: Any, new: Any) -> Message:
    """Which kinds of change are decided otherwise."""
    found = compare(old or (), new or (), _for)
    kinds = dict.fromkeys(
        kind
        for item in (
            *(item for _, item in (*found.gone, *found.new)),
            *(side for kept in found.altered for side in (kept.old, kept.new)),
        )
        for kind in _kinds(item)
    )
    rules, about = many("decision_rule"), tuple(named(kind) for kind in kinds)
    if not kinds:
        if found.is_reordered:
            said = message("only the order of the {rules} has changed", rules=rules)
        else:
            said = message("the {rules} are written in another way", rules=rules)
    elif not found.gone and not found.altered:
        said = message("new {rules} about: {kinds}", rules=rules, kinds=about)
    elif not found.new and not found.altered:
        said = message("no longer {rules} about: {kinds}", rules=rules, kinds=about)
    else:
        said = message("other {rules} about: {kinds}", rules=rules, kinds=about)
    return words.sentence(thing, [said])


def _kinds(rule: Any) -> Sequence[str]:
    kinds = rule.get("for") if isinstance(rule, Mapping) else None
    found = (kinds,) if isinstance(kinds, str) else kinds or ()
    return tuple(kind for kind in found if isinstance(kind, str))


def _for(rule: Any) -> str:
    where = rule.get("where") if isinstance(rule, Mapping) else None
    return written([_kinds(rule), where])


def _put(new: Mapping[str, Any], key: str) -> Edit:
    return Put(_PATH, (key,), new[key]) if key in new else Drop(_PATH, (key,))


def _data(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {}


def _effect(
    sides: Sides,
    kind: str,
    said: Message,
    edits: Iterable[Edit],
    alters: tuple[AlteredRule, ...] = (),
) -> Effect:
    return Effect(
        kind=kind,
        thing="org",
        paths=(_PATH,),
        circles=anchors(sides),
        sentence=said,
        alters=alters,
        edits=tuple(edits),
    )
