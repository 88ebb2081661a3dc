"""What changes of a person: whether they take part, how it is known that it is they, and the rest.

The kind `identity` has what somebody is recognised by. What a new file says of it is part of their
joining: there is nobody yet whose assent it could need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orgcode.changes import things, words
from orgcode.changes.comparing import compare, differing
from orgcode.changes.sides import Altered
from orgcode.changes.states import Content, Document
from orgcode.changes.things import IDENTITY
from orgcode.model.effect import Effect
from orgcode.model.message import Message, message, messages


def of_person(altered: Altered) -> Iterator[Effect]:
    """The effects of the file of a person."""
    yield from things.base(altered, "joined")
    if not things.goes_on(altered):
        if isinstance(altered.states[0], Content) and isinstance(altered.states[1], Document):
            yield from _appearing(altered)
        return
    yield from things.ending(altered, over="left", back="returned")
    changed = differing(altered.data_before, altered.data_after)
    for key in changed:
        if key in IDENTITY:
            yield _of(altered, f"identity.{IDENTITY[key]}", key, _identity(altered, key))
        elif key == "membership":
            yield _of(altered, "person.membership", key, _clauses(altered, key))
        elif key == "joined_on":
            yield _of(altered, "person.period", key, _clauses(altered, key))
        elif key == "away":
            yield _of(altered, "person.away", key, _away(altered))
    left = ("ended", "membership", "joined_on", "away", *IDENTITY)
    yield from things.amending(altered, left, subjects=(altered.id,))


def _appearing(altered: Altered) -> Iterator[Effect]:
    """What somebody is recognised by, where nothing of their file could be read before."""
    for key, name in IDENTITY.items():
        if key in altered.data_after:
            yield _of(altered, f"identity.{name}", key, _identity(altered, key))


def _of(altered: Altered, kind: str, key: str, said: list[Message]) -> Effect:
    return altered.effect(
        kind,
        words.sentence(altered.the_thing, said),
        circles=things.circles_of(altered),
        subjects=(altered.id,),
        edits=things.put(altered, key),
    )


def _clauses(altered: Altered, key: str) -> list[Message]:
    return words.clauses(altered.sides, key, *altered.value(key))


def _identity(altered: Altered, key: str) -> list[Message]:
    """What changes of accounts, addresses or keys; addresses are counted and not shown."""
    if key == "accounts":
        return _accounts(*altered.value(key))
    found = compare(*altered.items(key), words.name_of)
    new, gone = len(found.new), len(found.gone)
    if key == "emails":
        said = [
            messages("a new e-mail address", "{count} new e-mail addresses", new),
            messages("an e-mail address less", "{count} e-mail addresses less", gone),
        ]
    else:
        said = [
            messages("a new key", "{count} new keys", new),
            messages("a key less", "{count} keys less", gone),
            messages("other days for a key", "other days for {count} keys", len(found.altered)),
        ]
    said = [clause for clause in said if clause.count]
    return said or [message("only the order of the list has changed")]


def _accounts(old: Any, new: Any) -> list[Message]:
    old, new = old or {}, new or {}
    said = []
    for forge in differing(old, new):
        before, after = (_login(accounts.get(forge)) for accounts in (old, new))
        if after is None:
            said.append(
                message("no longer the account {login} on {forge}", login=before, forge=forge)
            )
        elif before is None or before == after:
            said.append(message("the account {login} on {forge}", login=after, forge=forge))
        else:
            said.append(
                message(
                    "the account {login} on {forge}, no longer {old}",
                    login=after,
                    forge=forge,
                    old=before,
                )
            )
    return said or [message("an empty list of accounts")]


def _login(account: Any) -> str | None:
    return str(account.get("login", "")) if isinstance(account, Mapping) else None


def _away(altered: Altered) -> list[Message]:
    found = compare(*altered.items("away"), words.name_of)
    said = [message("away {span}", span=_span(item)) for _, item in found.new]
    said += [message("no longer away {span}", span=_span(item)) for _, item in found.gone]
    said += [
        message("away {span}, no longer {old}", span=_span(kept.new), old=_span(kept.old))
        for kept in found.altered
    ]
    return said or [message("only the order of the list has changed")]


def _span(item: Any) -> Message:
    days = item if isinstance(item, Mapping) else {}
    since, until = (words.day(str(days.get(key, ""))) for key in ("from", "until"))
    if until:
        return message("from {since} to {until}", since=since, until=until)
    return message("from {since}", since=since)
