"""The organisation as a handbook for everyone may know it.

It is loaded from files of its own, in which there is nothing that is not shown: no page made of
them can give it away. What is not shown but needed to say how many there are (circles, roles,
people) is there without a name, under a number; everything else of it is not there at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from orgcode.documents.loading import load
from orgcode.handbook.audience import Audience
from orgcode.handbook.unnamed import hidden_id, unnamed
from orgcode.i18n.languages import LANGUAGES
from orgcode.i18n.translator import Translator
from orgcode.model.facts import FOLDER_OF, Facts, Kind, identify
from orgcode.model.finding import Flaw, Spot
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.snapshot import MAX_BYTES, Entry, Unreadable

Data = Mapping[str, Any]

_COUNTED = ("circle", "role", "person")
"""Kinds of which it must be known how many there are, shown or not."""

_OF_ORG = (
    *("orgcode", "id", "name", "purpose", "anchor", "ruleset", "languages", "values", "notes"),
    *("memberships", "circle_kinds", "core_roles", "decision_rules", "rules_in_force_since"),
    *("forge", "handbook", "tags"),
)
_NEVER = frozenset({"extra", "emails", "keys", "evidence", "signature"})
_SKELETONS: Mapping[str, tuple[str, ...]] = {
    "circle": ("kind", "parent", "core_roles", "members", "decision_rules"),
    "role": ("circle", "holders", "seats"),
    "person": ("membership", "joined_on", "away"),
}


def redacted(org: Org, audience: Audience) -> Org:
    """The organisation without anything that the audience is not shown."""
    if not audience.hidden:
        return org
    return load(_Files(org, audience), org.today, _read)


def _read(kind: Kind, content: bytes | Unreadable) -> Facts:
    """The facts in one of the files made here."""
    if isinstance(content, Unreadable):
        return Facts(kind=kind, flaws=_FLAWED)
    written = json.loads(content)
    return Facts(kind=kind, data=written["data"], flaws=() if written["is_whole"] else _FLAWED)


_FLAWED = (
    Flaw(
        rule="unreadable-file",
        spot=Spot(1, 1),
        cause=message("Something in this file could not be read."),
        way_out=message("Run orgcode check to see what."),
    ),
)


class _Files:
    """A snapshot of what is shown; each file is made when it is read."""

    def __init__(self, org: Org, audience: Audience) -> None:
        self._org = org
        self._audience = audience
        self._redaction = _Redaction(org, audience)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every path that is shown. Other contents have other names, so they carry no blob id."""
        entries = self._org.snapshot.entries
        return {path: Entry(entries[origin].mode) for path, origin in self._origins.items()}

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        found = {
            shown: path
            for path in self._org.snapshot.entries
            if (shown := self._shown(path)) is not None
        }
        return dict(sorted(found.items()))

    def _shown(self, path: str) -> str | None:
        """Under which path a file is shown; None where it is not."""
        identity = identify(path)
        if identity is None:
            top = path.partition("/")[0]
            is_page = top == "pages" and self._audience.shows("page")
            return path if is_page or top in ("assets", "templates") else None
        kind = identity.kind
        if kind == "org":
            return path
        if kind in _COUNTED:
            return f"{FOLDER_OF[kind]}/{self._redaction.id(kind, identity.id)}.yaml"
        if kind == "response":
            person = self._redaction.id("person", identity.id)
            shown = f"proposals/{identity.proposal}/responses/{person}.yaml"
            return shown if self._audience.shows("proposal") else None
        is_shown = self._audience.shows(kind) and not self._is_between_people(path, kind)
        return path if is_shown else None

    def _is_between_people(self, path: str, kind: str) -> bool:
        """What people agree on among themselves is shown only where people are."""
        if kind != "agreement" or self._audience.shows("person"):
            return False
        data = self._org.files[path].data
        parties = data.get("between") if isinstance(data, Mapping) else ()
        return any(party and ":" not in party for party in parties or ())

    def read(self, path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
        """What is shown of a file, or why it is not to be had."""
        origin = self._origins.get(path)
        if origin is None:
            return Unreadable.MISSING
        identity = identify(origin)
        if identity is None:
            return self._org.snapshot.read(origin, most)
        facts = self._org.files[origin]
        if facts.data is None:
            return Unreadable.DAMAGED
        data = self._redaction.of(identity.kind, facts.data)
        return json.dumps({"data": data, "is_whole": facts.is_whole}).encode()


class _Redaction:
    """Takes out of the data of a file what is not shown."""

    def __init__(self, org: Org, audience: Audience) -> None:
        self._snapshot = org.snapshot
        self._audience = audience
        self._today = org.today.isoformat()
        self._ruleset = org.ruleset
        self._references: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
            "org": {"anchor": self._circle, "decision_rules": self._rules},
            "circle": {
                "parent": self._circle,
                "core_roles": lambda roles: {k: self._holdings(v) for k, v in roles.items()},
                "members": self._holdings,
                "former": self._former,
                "serves": _each(self._circle),
                "decision_rules": self._rules,
            },
            "role": {
                "circle": self._circle,
                "holders": self._holdings,
                "consult": _each(self._party),
                "serves": _each(self._circle),
            },
            "policy": {"circle": self._circle, "domain": self._domain},
            "agreement": {"circle": self._circle, "between": _each(self._party)},
            "objective": {"circle": self._circle, "owner": self._role},
            "tension": {"sensed_by": self._person, "role": self._role},
            "proposal": {
                "proposer": self._person,
                "role": self._role,
                "tension": lambda tension: _with(tension, "id", self._tension),
                "ask": lambda ask: _with(
                    _with(ask, "people", _each(self._person)), "roles", _each(self._role)
                ),
            },
            "response": {
                "role": self._role,
                "nominee": self._person,
                "recorded_by": self._person,
            },
        }

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, str], int]:
        """A number for each thing of a kind that is not shown, by kind and id."""
        found: dict[tuple[str, str], int] = {}
        for path in self._snapshot.entries:
            identity = identify(path)
            if identity and identity.kind in _COUNTED:
                found.setdefault((identity.kind, identity.id), len(found) + 1)
        return found

    def id(self, kind: str, id: str) -> str:
        """An id as it is shown; what is referred to and not there has the number 0."""
        if self._audience.shows(kind):
            return id
        return hidden_id(kind, self._numbers.get((kind, id), 0))

    def of(self, kind: str, data: Any) -> Any:
        """What is shown of the data of a file."""
        if kind == "response":
            return [self._shown(kind, entry) for entry in data if entry is not None]
        if kind == "org":
            return self._shown(kind, {key: data[key] for key in _OF_ORG if key in data})
        return self._shown(kind, data) if self._audience.shows(kind) else self._counted(kind, data)

    def _shown(self, kind: str, data: Data) -> Data:
        references = self._references.get(kind, {})
        return {
            key: references[key](value) if key in references and value is not None else value
            for key, value in data.items()
            if key not in _NEVER
        }

    def _counted(self, kind: str, data: Data) -> Data:
        """What is needed to count something that is not shown, and nothing that says who it is."""
        kept = {key: data[key] for key in _SKELETONS[kind] if key in data}
        if ended := data.get("ended"):
            kept["ended"] = {"on": ended.get("on")}
        name = {code: self._say(code, unnamed(kind)) for code in LANGUAGES}
        for key in kept.keys() & {"holders", "members"}:
            kept[key] = self._there_today(kept[key])
        if core_roles := kept.get("core_roles"):
            kept["core_roles"] = {k: self._there_today(v) for k, v in core_roles.items()}
        return {**self._shown(kind, kept), "name": "…" if kind == "person" else name}

    def _say(self, language: str, said: Message) -> str:
        return Translator(language).speaking(self._ruleset).say(said)

    def _circle(self, id: str) -> str:
        return self.id("circle", id)

    def _person(self, id: str) -> str:
        return self.id("person", id)

    def _tension(self, id: str) -> str:
        return self.id("tension", id)

    def _role(self, id: str) -> str:
        circle, slash, core = id.partition("/")
        return f"{self._circle(circle)}/{core}" if slash else self.id("role", id)

    def _party(self, reference: str) -> str:
        kind, colon, id = reference.partition(":")
        if not colon:
            return self._person(reference)
        return f"{kind}:{self._role(id) if kind == 'role' else self._circle(id)}"

    def _domain(self, reference: str) -> str:
        """The domains of a holder that is not shown are not told apart."""
        holder, _, _ = reference.partition("#")
        is_circle = f"circles/{holder}.yaml" in self._snapshot.entries
        if self._audience.shows("circle" if is_circle else "role"):
            return reference
        return self._circle(holder) if is_circle else self._role(holder)

    def _holdings(self, holdings: list[Any]) -> list[Any]:
        """Of people who are not shown no more than that somebody is there today."""
        if self._audience.shows("person"):
            return holdings
        return [self._person(person) for person in self._there_today(holdings)]

    def _there_today(self, holdings: list[Any]) -> list[str]:
        return [
            holding if isinstance(holding, str) else holding.get("person", "")
            for holding in holdings
            if holding is not None and self._is_today(holding)
        ]

    def _is_today(self, holding: Any) -> bool:
        if isinstance(holding, str):
            return True
        since, until = holding.get("since"), holding.get("until")
        return not (since and self._today < since) and not (until and until < self._today)

    def _former(self, former: list[Any]) -> list[Any]:
        if not self._audience.shows("person"):
            return []
        return [_with(each, "role", self._role) for each in former if each is not None]

    def _rules(self, rules: list[Any]) -> list[Any]:
        return [self._rule(rule) for rule in rules if rule is not None]

    def _rule(self, rule: Data) -> Data:
        shown: Data = _with(_with(rule, "of", self._electorate), "otherwise", self._rule)
        if isinstance(where := shown.get("where"), Mapping):
            shown = {**shown, "where": _with(where, "circle", self._circle)}
        return shown

    def _electorate(self, of: Any) -> Any:
        if not isinstance(of, str):
            return [self._electorate(each) for each in of if each is not None]
        word, _, id = of.partition(":")
        if word == "circle":
            return f"circle:{self._circle(id)}"
        return f"role:{self._role(id)}" if word == "role" else of


def _each(change: Callable[[str], str]) -> Callable[[list[Any]], list[Any]]:
    return lambda values: [change(value) for value in values if value is not None]


def _with(data: Any, key: str, change: Callable[[Any], Any]) -> Any:
    """The data with one of its values changed, where it has it."""
    if not isinstance(data, Mapping) or data.get(key) is None:
        return data
    return {**data, key: change(data[key])}
