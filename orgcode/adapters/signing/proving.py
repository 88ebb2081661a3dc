"""Whose signature something is: of a person, by the keys in people/, or of a witness."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orgcode.adapters.signing.public_keys import PublicKey
from orgcode.adapters.signing.verifying import flaw_in, key_used, verify
from orgcode.model.alike import key_mark
from orgcode.model.entities import Person, Witness
from orgcode.model.message import Message, message
from orgcode.model.org import Org


def proven_by(
    org: Org,
    person: str,
    recorded_by: str | None,
    text: bytes,
    signature: str,
    days: Iterable[date],
) -> str | Message:
    """Who of the two signed an entry in the name of `person`: the id of that person or of whoever
    recorded it; else why the signature proves nothing.

    The key has to count on all of these days (in UTC), as `org` lists it.
    """
    found = signer(org, text, signature, days)
    if isinstance(found, Message) or found.id in (person, recorded_by):
        return found if isinstance(found, Message) else found.id
    return message("It is made with a key of {person}.", person=found.name)


def signer(org: Org, text: bytes, signature: str, days: Iterable[date]) -> Person | Message:
    """The person among whose listed keys is the one with which a text was signed, and counts on all
    of these days; else why the signature proves nothing.
    """
    used = key_used(signature)
    if isinstance(used, Message):
        return used
    owner = owner_of(org, used)
    if isinstance(owner, Message):
        return owner
    for day in days:
        if not any(key.counts_on(day) for key in owner.keys if key_mark(key.key) == _mark(used)):
            return message(
                "The key of {person} ({key}) does not count on {day}.",
                person=owner.name,
                key=used.fingerprint,
                day=day,
            )
    return flaw_in(text, signature) or owner


def owner_of(org: Org, key: PublicKey) -> Person | Message:
    """Whose key it is. One that stands at several people is nobody's."""
    owners = [each for each in org.under("mark", _mark(key)) if isinstance(each, Person)]
    if len(owners) > 1:
        return message(
            "The key {key} stands at several people: {people}.",
            key=key.fingerprint,
            people=tuple(owner.name for owner in owners),
        )
    if not owners:
        return message("It is made with a key that is not listed ({key}).", key=key.fingerprint)
    return owners[0]


def witnessed_by(
    witnesses: Iterable[Witness], text: bytes, signature: str, day: date
) -> str | Message:
    """The name of the witness with whose key a text was signed, which counts on that day; else why
    the signature proves nothing.
    """
    listed = {witness.key: witness.name for witness in witnesses if witness.counts_on(day)}
    line = verify(text, signature, listed)
    return line if isinstance(line, Message) else listed[line]


def _mark(key: PublicKey) -> str:
    return key_mark(key.line)
