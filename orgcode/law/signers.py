"""Whose signature an entry bears, by the keys listed before the change (rule 6 of the law).

Whether a signature is right is a matter of arithmetic, which comes in as a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime

from orgcode.model.alike import key_mark
from orgcode.model.entities import Key, Response
from orgcode.model.message import Message, message
from orgcode.model.org import Org

Verify = Callable[[bytes, str, Iterable[str]], str | Message]
"""Tells from a text, a signature of it and public keys with which of these it was made, or why it
proves nothing."""


def signer(
    org: Org,
    entry: Response,
    text: bytes,
    verify: Verify,
    *,
    seen_at: datetime | None,
    now: datetime,
) -> tuple[str | None, Message | None]:
    """The id of the person who signed an entry, else why its signature proves nothing; neither
    where it has none. `text` is what it covers.

    The key has to be valid on the day that the entry names itself, and on the day on which a
    witness saw it; without a witness, still today.
    """
    if entry.signature is None:
        return None, None
    listed = dict(_keys(org, entry))
    made_with = verify(text, entry.signature, listed)
    if isinstance(made_with, Message):
        return None, made_with
    if len(org.notes_under("mark", key_mark(made_with))) > 1:
        return None, message("The key with which it is signed belongs to several people.")
    person = listed[made_with]
    said_on = day_of(entry.at)
    for day in (said_on, (seen_at or now).astimezone(UTC).date()):
        if day is None or not any(_is_valid(key, day) for key in _same(org, person, made_with)):
            return None, message(
                "The key with which it is signed was not valid on {day}.", day=day or entry.at
            )
    return person, None


def day_of(moment: str) -> date | None:
    """The day of a moment as it stands in a file, in UTC; None where the calendar has none such."""
    try:
        found = datetime.fromisoformat(moment)
        return found.astimezone(UTC).date()
    except (ValueError, OverflowError):
        return None


def _keys(org: Org, entry: Response) -> Iterator[tuple[str, str]]:
    """Each key of who may have signed, with its owner; the person themselves come last, and so
    win.
    """
    for id in (entry.recorded_by, entry.person):
        person = org.people.get(id) if id else None
        if person is not None:
            yield from ((key.key, person.id) for key in person.keys)


def _same(org: Org, person: str, line: str) -> Iterator[Key]:
    mark = key_mark(line)
    return (key for key in org.people[person].keys if key_mark(key.key) == mark)


def _is_valid(key: Key, day: date) -> bool:
    return (key.since is None or key.since <= day) and (key.until is None or day <= key.until)
