"""People, and how they are known elsewhere."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from orgcode.model.entities.things import Text, Thing
from orgcode.model.span import is_between


class Account(Struct, frozen=True, kw_only=True):
    """An account on a forge."""

    forge: str
    login: str
    id: str | None = None


class Key(Struct, frozen=True, kw_only=True):
    """An SSH public key and the days on which it counts, both inclusive."""

    key: str
    since: date | None = None
    until: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether what is signed with the key on that day (in UTC) is signed by its owner."""
        return is_between(day, self.since, self.until)


class Away(Struct, frozen=True, kw_only=True):
    """Days on which a person is away, both inclusive."""

    since: date
    until: date | None = None


class Person(Thing, frozen=True, kw_only=True):
    """A person; the id may be a pseudonym."""

    name: str
    membership: str | None = None
    accounts: tuple[Account, ...] = ()
    emails: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    joined_on: date | None = None
    away: tuple[Away, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    pronouns: str | None = None
    about: Text | None = None

    def is_active(self, day: date) -> bool:
        """Whether the person has joined and has not left on that day."""
        return self.is_live(day) and (self.joined_on is None or self.joined_on <= day)

    def is_away(self, day: date) -> bool:
        """Whether the person said to be away on that day."""
        return any(a.since <= day and (a.until is None or day <= a.until) for a in self.away)
