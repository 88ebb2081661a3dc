"""The people in Kubernetes' files. They stand there once for each thing that they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orgcode.adapters.importers.leaves import Place
from orgcode.adapters.importers.prose import one_line
from orgcode.adapters.importers.register import Ids
from orgcode.adapters.importers.things import People, Room, Roster, take_email, without_nothing
from orgcode.model.message import message

MEMBERSHIPS = {
    "member": {"name": "member", "votes": True},
    "emeritus": {"name": "emeritus", "votes": False},
}
"""Members do something now; who is emeritus only did."""
_MAX_EMAILS = 100

NO_LOGIN = message("No account on GitHub is named, so nobody knows who is meant.")
OTHER_NAME = message("The same account has another name elsewhere in the file.")
SAME_EMAIL = message("Somebody else has the same.")
OTHER_COMPANY = message("Another company is named for the same account elsewhere in the file.")


class Contributors:
    """Everybody whom the source names, gathered from all places where it does.

    Where places differ about somebody, the first one counts: those of who does something now
    before those of who did.
    """

    def __init__(self, active: Iterable[Place], emeriti: Iterable[Place], ids: Ids) -> None:
        now = [place for place in active if place.text("github")]
        before = [place for place in emeriti if place.text("github")]
        self._people = People((_login(place) for place in (*now, *before)), ids)
        self._active = {self._people.id(_login(place)) for place in now}
        self._names: dict[str, str] = {}
        self._companies: dict[str, str] = {}
        self._emails: dict[str, dict[str, None]] = {}
        self._owners: dict[str, str] = {}
        for place in (*now, *before):
            id = self._people.id(_login(place))
            for found, said in ((self._names, _name(place)), (self._companies, _company(place))):
                if said:
                    found.setdefault(id, said)

    def holders(self, places: Iterable[Place], room: Room) -> list[str]:
        """The ids of a list of people, each once; what the source says of them is taken."""
        roster = Roster(self._people, room)
        for place in places:
            if place.text("github") is None:
                place.leave(NO_LOGIN)
                continue
            roster.take(place.at("github"))
            self._take(place)
        return roster.ids

    def documents(self) -> Mapping[str, dict[str, object]]:
        """A file for each."""
        return {f"people/{id}.yaml": self._person(id) for id in self._people.logins}

    def _take(self, place: Place) -> None:
        id = self._people.id(_login(place))
        if _name(place) == self._names.get(id):
            place.take("name")
        else:
            place.leave(OTHER_NAME, "name")
        if _company(place) == self._companies.get(id):
            place.take(_company_key(place))
        else:
            place.leave(OTHER_COMPANY, _company_key(place))
        emails = self._emails.setdefault(id, {})
        said = (place.text("email") or "").lower()
        if self._owners.get(said, id) != id:
            place.leave(SAME_EMAIL, "email")
        elif len(emails) < _MAX_EMAILS and (email := take_email(place, "email")):
            emails[email] = None
            self._owners[said] = id

    def _person(self, id: str) -> dict[str, object]:
        login = self._people.logins[id]
        company = self._companies.get(id)
        return without_nothing(
            {
                "name": self._names.get(id, login),
                "membership": "member" if id in self._active else "emeritus",
                "accounts": {"github": {"login": login}},
                "emails": list(self._emails.get(id, ())),
                "about": f"Company: {company}" if company else None,
            }
        )


def _login(place: Place) -> str:
    return place.text("github") or ""


def _name(place: Place) -> str:
    return one_line(place.text("name") or "")


def _company(place: Place) -> str:
    return one_line(place.text(_company_key(place)) or "")


def _company_key(place: Place) -> str:
    """For some days in 2018, the key had a capital."""
    return "company" if place.at("company").is_there else "Company"
