"""The keys with which people sign, in sentences and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from msgspec import Struct

from orgcode.i18n.translator import Translator
from orgcode.model.entities import Key, Person
from orgcode.model.message import Message, message
from orgcode.reporting.json import write_json
from orgcode.reporting.terminal import in_lines, one_line

State = Literal["counts", "later", "over", "unusable", "shared"]
"""Whether a key counts today: yes, not yet, no longer, never, or it is nobody's alone."""


class ListedKey(Struct, frozen=True, kw_only=True):
    """A key in people/, and what it is worth today; without a fingerprint it cannot be read."""

    person: Person
    key: Key
    state: State
    kind: str = ""
    fingerprint: str | None = None
    remark: str = ""
    why: Message | None = None


def report_keys(keys: Sequence[ListedKey], translator: Translator) -> str:
    """For each person their keys, each with what it is worth."""
    said: list[str] = []
    for person, group in groupby(keys, key=lambda listed: listed.person):
        said.append(one_line(f"{person.name} (people/{person.id})"))
        for listed in group:
            name = " ".join(filter(None, (listed.fingerprint, listed.kind, listed.remark)))
            said.append(one_line(f"  {name or listed.key.key}"))
            said.extend(one_line(f"    {translator.say(each)}") for each in _worth(listed))
    return in_lines("\n".join(said))


def report_keys_as_json(keys: Sequence[ListedKey], translator: Translator) -> str:
    """`keys`: a list of objects. `person` is an id; `fingerprint` is null where the key cannot be
    read; `state` is counts, later, over, unusable or shared; `why` says it in words, or is null.
    """
    rows = [
        {
            "person": listed.person.id,
            "key": listed.key.key,
            "fingerprint": listed.fingerprint,
            "since": listed.key.since,
            "until": listed.key.until,
            "state": listed.state,
            "why": translator.say(listed.why) if listed.why else None,
        }
        for listed in keys
    ]
    return write_json({"keys": rows})


def _worth(listed: ListedKey) -> Iterator[Message]:
    since, until = listed.key.since, listed.key.until
    if listed.why is not None:
        yield listed.why
    elif listed.state == "later":
        yield message("It does not count yet, but from {day} on.", day=since)
    elif listed.state == "over":
        yield message("It no longer counts; its last day was {day}.", day=until)
    elif since is not None and until is not None:
        yield message("It counts from {first} until {last}.", first=since, last=until)
    elif since is not None:
        yield message("It counts since {day}.", day=since)
    elif until is not None:
        yield message("It counts until {day}.", day=until)
    else:
        yield message("It counts.")
