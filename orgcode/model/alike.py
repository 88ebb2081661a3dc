"""What two things may have in common without meaning to: names, domains, accounts.

Each comes with keys that are the same in both, under which they have postings.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from orgcode.model.entities import Circle, Domain, Person, Policy, Role, Text, Thing
from orgcode.model.finding import Pointer
from orgcode.model.lookalikes import looks


class Name(Struct, frozen=True, gc=False):
    """What a thing is called in one language, where that stands, and the keys of its look."""

    words: str
    pointer: Pointer
    keys: tuple[str, ...]


def names_beside(thing: Thing) -> list[Name]:
    """The names of a thing that is not over, with keys shared by those beside it that look alike.

    Beside each other stand people; the roles and sub-circles of a circle; and its policies.
    """
    if thing.ended is not None:
        return []
    match thing:
        case Role():
            return _names(thing.name, "name", f"circle {thing.circle}")
        case Circle() if thing.parent:
            return _names(thing.name, "name", f"circle {thing.parent}")
        case Person():
            return _names(thing.name, "name", "people")
        case Policy():
            return _names(thing.title, "title", f"policies {thing.circle}")
    return []


def domain_keys(thing: Circle | Role, domain: Domain) -> tuple[str, ...]:
    """The keys of a domain: the same for the same words in the same circle."""
    circle = (thing.parent or "") if isinstance(thing, Circle) else thing.circle
    texts = (domain.text,) if isinstance(domain.text, str) else domain.text.values()
    plain = (" ".join(text.casefold().split()).rstrip(".") for text in texts)
    return tuple(f"{circle} {words}" for words in plain if words)


def marks(person: Person) -> Iterator[str]:
    """The keys of what a person is known by: accounts, e-mail addresses, SSH keys."""
    for account in person.accounts:
        if account.login:
            yield account_mark(account.forge, "login", account.login)
        if account.id:
            yield account_mark(account.forge, "id", account.id)
    yield from (email_mark(email) for email in person.emails if email)
    yield from (key_mark(key.key) for key in person.keys if key.key)


def account_mark(forge: str, key: str, text: str) -> str:
    """The login or number of an account; capitals make no difference."""
    return f"{forge} {key} {text.casefold()}"


def email_mark(address: str) -> str:
    """An e-mail address; capitals make no difference."""
    return f"email {address.casefold()}"


def key_mark(key: str) -> str:
    """An SSH key; the remark at its end makes no difference."""
    return "key " + " ".join(key.split(" ")[:2])


def _names(name: Text, field: str, place: str) -> list[Name]:
    if isinstance(name, str):
        return [_name(name, (field,), place)]
    return [_name(words, (field, language), place) for language, words in name.items()]


def _name(words: str, pointer: Pointer, place: str) -> Name:
    keys = tuple([f"{place}: {seen}" for seen in looks(words)])
    return Name(" ".join(words.split()), pointer, keys)
