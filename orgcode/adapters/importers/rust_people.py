"""The people of rust-lang/team: `people/*.toml`, and who is only named by a team."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

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
            found[id] = _person(place, login, part.membership(id), used)
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


def _person(
    place: Place, login: str, membership: str, used: set[tuple[str, str]]
) -> Mapping[str, object]:
    github = {"login": place.take("github"), "id": _own(place, "github-id", used)}
    accounts: dict[str, object] = {"github": without_nothing(github)}
    for kind, key in _ACCOUNTS.items():
        if account := _own(place, key, used):
            accounts[kind] = {"login": account}
    email = None
    if place.flag("email") is None and _is_free(place, "email", used):
        email = take_email(place, "email")
    return without_nothing(
        {
            "name": place.take("name") or login,
            "membership": membership,
            "accounts": accounts,
            "emails": [email] if email else None,
        }
    )


def _own(place: Place, key: str, used: set[tuple[str, str]]) -> str | None:
    """What nobody else has, taken."""
    return place.take(key) if _is_free(place, key, used) else None


def _is_free(place: Place, key: str, used: set[tuple[str, str]]) -> bool:
    text = place.text(key)
    if text is None:
        return False
    if (key, text.lower()) in used:
        place.leave(SAME_ADDRESS, key)
        return False
    used.add((key, text.lower()))
    return True


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
