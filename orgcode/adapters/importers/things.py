"""Build documents that hold what schemas and rules want, whatever the source says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from uuid import NAMESPACE_URL, uuid5

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.register import Ids
from orgcode.model.message import Message, message

MAX_VALUES = 18_000
"""What one document may hold, so that orgcode reads it: it reads up to 20,000 values of a file."""

TWICE = message("It names somebody who stands in the same list already.")
TOO_MANY = message("There is more of it than orgcode keeps in one file.")
NO_ADDRESS = message("It is no address that begins with https:// or http://.")
NO_EMAIL = message("It is no e-mail address.")

_URL = re.compile(r"https?://[^ \t\r\n]+\Z")
_EMAIL = re.compile(r"[^@ \t\r\n]+@[^@ \t\r\n]+\Z")


def organisation(
    *, format: str, name: str, purpose: str, anchor: str, ruleset: str, **others: object
) -> dict[str, object]:
    """org.yaml. The id is made of format and name, so that the same source gives the same bytes."""
    return without_nothing(
        {
            "orgcode": 1,
            "id": str(uuid5(NAMESPACE_URL, f"orgcode:{format}:{name}")),
            "name": name,
            "purpose": purpose,
            "anchor": anchor,
            "ruleset": ruleset,
            "languages": ["en"],
            **others,
        }
    )


def without_nothing(data: Mapping[str, object]) -> dict[str, object]:
    """The data without keys that have nothing: None, an empty list or mapping."""
    return {key: value for key, value in data.items() if value not in (None, [], {}, ())}


def take_prose(place: Place, *keys: str) -> str | None:
    """A text without the line ends around it, taken."""
    text = place.take(*keys)
    return text.strip() if text else None


def take_url(place: Place, *keys: str) -> str | None:
    """A web address, taken; what is none is left with the reason."""
    return _take(place, keys, _URL, NO_ADDRESS)


def take_email(place: Place, *keys: str) -> str | None:
    """An e-mail address, taken; what is none is left with the reason."""
    return _take(place, keys, _EMAIL, NO_EMAIL)


def _take(
    place: Place, keys: tuple[str, ...], pattern: re.Pattern[str], reason: Message
) -> str | None:
    text = place.text(*keys)
    if text is not None and pattern.match(text):
        return place.take(*keys)
    if text is not None:
        place.leave(reason, *keys)
    return None


PEOPLE = "people"
"""The names of people are told apart from those of other things."""


class People:
    """Everybody whose account on a forge the source names, and the ids they get.

    Capitals make no difference in a login. Where the same person had several, the one that is
    named first counts.
    """

    def __init__(self, logins: Iterable[str], ids: Ids) -> None:
        first: dict[str, str] = {}
        for login in logins:
            first.setdefault(login.lower(), login)
        self._ids = ids.assign(PEOPLE, ((login,) for login in first))
        self.logins: Mapping[str, str] = {self._ids[(key,)]: first[key] for key in reversed(first)}
        """Each id with the login, as it was spelled first."""

    def id(self, login: str) -> str:
        """The id of a person."""
        return self._ids[(login.lower(),)]


class Room:
    """How much a document can still hold; lists of one document share it."""

    def __init__(self, values: int = MAX_VALUES) -> None:
        self._left = values

    def has(self, values: int, place: Place) -> bool:
        """Use so many values; where there are not so many left, what stands there has no place."""
        if not self.holds(values):
            place.leave(TOO_MANY)
            return False
        return True

    def holds(self, values: int) -> bool:
        """Use so many values, if there are so many left."""
        if values > self._left:
            return False
        self._left -= values
        return True


class Roster:
    """A list of people, each once, in the order of the source."""

    def __init__(self, people: People, room: Room | None = None) -> None:
        self.ids: list[str] = []
        self._room = room or Room(MAX_VALUES // 4)
        self._people = people
        self._seen: set[str] = set()

    def take(self, place: Place) -> str | None:
        """Take the login that stands there onto the list; gives the id of whom it was new to."""
        login = place.text()
        if login is None:
            return None
        id = self._people.id(login)
        if id in self._seen:
            place.leave(TWICE)
            return None
        if not self._room.has(1, place):
            return None
        place.take()
        self._seen.add(id)
        self.ids.append(id)
        return id


class Names:
    """Names within a circle, of which no two may be the same."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_same(name) for name in taken}

    def unique(self, name: str, apart: str) -> str:
        """The name; with `apart` behind it where it is taken already, and a number if need be."""
        wish, number = name, 1
        while _same(wish) in self._taken:
            wish = f"{name} ({apart})" if number == 1 else f"{name} ({apart}, {number})"
            number += 1
        self._taken.add(_same(wish))
        return wish


def _same(name: str) -> str:
    return " ".join(name.split())
