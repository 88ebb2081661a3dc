"""The people of rust-lang/team: `people/*.toml`, and who is only named by a team."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

from orgcode.adapters.importers.leaves import Intake, Place
from orgcode.adapters.importers.things import People, take_email, without_nothing
from orgcode.model.message import message, messages

MEMBERSHIPS = {
    "member": {"name": "member", "votes": True},
    "contributor": {"name": "contributor", "votes": False},
    "former-member": {"name": "former member", "votes": False},
}
"""As the project counts: members are those of its teams, marker teams apart."""

SAME_ACCOUNT = message("Another file about the same account was read before it.")
NO_ACCOUNT = message("The file names no account on GitHub, so nobody can refer to it.")
SAME_ADDRESS = message("Somebody else has the same.")

_NUMBER, _EMAIL = "github-id", "email"
_ACCOUNTS = {"zulip": "zulip-id", "discord": "discord-id", "matrix": "matrix", "irc": "irc"}


class Part:
    """What people have to do with the project, gathered while the teams are read."""

    def __init__(self) -> None:
        self.in_teams: set[str] = set()
        self.in_lists: set[str] = set()
        self.before: set[str] = set()

    def membership(self, id: str) -> str:
        """The kind of membership that follows from it."""
        if id in self.in_teams:
            return "member"
        return "former-member" if id in self.before - self.in_lists else "contributor"


def login_of(somebody: Place) -> Place:
    """Where the login stands in a list: somebody is that alone, or a group of keys."""
    return somebody if somebody.is_leaf else somebody.at("github")


def person_documents(
    intake: Intake, files: Iterable[Place], people: People, part: Part
) -> Mapping[str, Mapping[str, object]]:
    """A document for everybody: of their file, or of the account alone where there is none."""
    found: dict[str, Mapping[str, object]] = {}
    used: set[tuple[str, str]] = set()
    for place in files:
        login = place.text("github")
        if login is None:
            place.leave(NO_ACCOUNT)
        elif people.id(login) in found:
            place.leave(SAME_ACCOUNT)
        else:
            id = people.id(login)
            membership, free = part.membership(id), _free(place, used)
            found[id] = place.made((membership, free), partial(_person, place, membership, free))
    missing = [id for id in people.logins if id not in found]
    for id in missing:
        login = people.logins[id]
        found[id] = {
            "name": login,
            "membership": part.membership(id),
            "accounts": {"github": {"login": login}},
        }
    if missing:
        _remark_missing(intake, missing)
    return {f"people/{id}.yaml": data for id, data in found.items()}


def _person(place: Place, membership: str, free: Collection[str]) -> Mapping[str, object]:
    login = place.take("github")
    github = {"login": login, "id": place.take(_NUMBER) if _NUMBER in free else None}
    accounts: dict[str, object] = {"github": without_nothing(github)}
    for kind, key in _ACCOUNTS.items():
        if key in free and (account := place.take(key)):
            accounts[kind] = {"login": account}
    email = take_email(place, _EMAIL) if _EMAIL in free else None
    return without_nothing(
        {
            "name": place.take("name") or login,
            "membership": membership,
            "accounts": accounts,
            "emails": [email] if email else None,
        }
    )


def _free(place: Place, used: set[tuple[str, str]]) -> tuple[str, ...]:
    """Of what nobody can share, the keys with something that nobody before has."""
    found = []
    for key, text in place.once("own", lambda: tuple(_own(place))):
        if (key, text) in used:
            place.leave(SAME_ADDRESS, key)
        else:
            used.add((key, text))
            found.append(key)
    return tuple(found)


def _own(place: Place) -> Iterator[tuple[str, str]]:
    keys = (_NUMBER, *_ACCOUNTS.values())
    for key in keys if place.flag(_EMAIL) is not None else (*keys, _EMAIL):
        if text := place.text(key):
            yield key, text.lower()


def _remark_missing(intake: Intake, missing: Collection[str]) -> None:
    intake.remark(
        messages(
            "One person has no file in the source, and is known by an account alone: {names}.",
            "{count} people have no file in the source, and are known by an account alone:"
            " {names}.",
            count=len(missing),
            names=tuple(sorted(missing)[:20]),
        )
    )
