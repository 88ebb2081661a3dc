"""People."""

from __future__ import annotations

from orgcode.documents.building.fields import Data, common, day, list_of
from orgcode.model.entities import Account, Away, Key, Person


def person(data: Data, id: str, path: str) -> Person:
    """A person."""
    accounts = data.get("accounts") or {}
    return Person(
        **common(data, id, path),
        name=data.get("name", id),
        membership=data.get("membership"),
        accounts=tuple(
            Account(forge=forge, login=item.get("login", ""), id=item.get("id"))
            for forge, item in accounts.items()
            if item is not None
        ),
        emails=list_of(data, "emails"),
        keys=tuple(
            Key(key=item.get("key", ""), since=day(item, "since"), until=day(item, "until"))
            for item in list_of(data, "keys")
        ),
        joined_on=day(data, "joined_on"),
        away=tuple(
            Away(since=since, until=day(item, "until"))
            for item in list_of(data, "away")
            if (since := day(item, "from"))
        ),
        skills=list_of(data, "skills"),
        languages=list_of(data, "languages"),
        pronouns=data.get("pronouns"),
        about=data.get("about"),
    )
