"""Who gives a command: as they say, or as git knows them.

This is no proof of anything; signatures are. It spares people to name themselves each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from orgcode.adapters.git.repository import Repository
from orgcode.model.alike import account_mark, email_mark
from orgcode.model.entities import Person
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.model.org import Org

_OF_A_FORGE = re.compile(
    r"(?:(?P<id>[0-9]+)[-+])?(?P<login>[^@]+)@users\.noreply\.(?P<forge>github|gitlab)\.[a-z]+\Z",
    re.IGNORECASE,
)
"""An address that a forge gives to who hides their own, as in `123+sara@users.noreply.github.com`.
"""


def whoami(org: Org, repository: Repository, given: str | None) -> str:
    """The id of the person who gives a command: the one named with `--as`, else the one among whose
    e-mail addresses or accounts is the address with which git would sign their commits.

    Raises `OrgcodeError` where that is nobody, or not one person alone.
    """
    if given is not None:
        return _named(org, given)
    address = repository.author_email
    if address is None:
        raise OrgcodeError(
            message("orgcode does not know who you are: git has no e-mail address of you."), _SAY
        )
    found = _active(org, address)
    if len(found) == 1:
        return found[0].id
    if found:
        raise OrgcodeError(
            message(
                "The address {address} of your git configuration is that of several people: "
                "{people}.",
                address=address,
                people=tuple(person.id for person in found),
            ),
            message("Say who you are with --as, as in --as {person}.", person=found[0].id),
        )
    raise OrgcodeError(
        message(
            "orgcode does not know who you are: nobody in people/ has the e-mail address {address} "
            "of your git configuration.",
            address=address,
        ),
        _SAY,
    )


def known_viewer(org: Org, repository: Repository) -> str | None:
    """The id of the person by whose address git signs commits here; None where nobody knows."""
    address = repository.author_email
    found = _active(org, address) if address is not None else []
    return found[0].id if len(found) == 1 else None


_SAY: Message = message(
    "Say who you are with --as and the id of your file in people/, or put the address that git has "
    "('git config user.email') under emails in that file."
)


def _named(org: Org, given: str) -> str:
    id = given.strip().removeprefix("people/").removesuffix(".yaml")
    person = org.people.get(id)
    if person is not None and person.is_active(org.today):
        return id
    if person is not None:
        raise OrgcodeError(
            message("{person} does not take part in the organisation today.", person=person.name),
            message("Name with --as somebody who does: 'orgcode list people' shows them."),
        )
    near = get_close_matches(id.lower(), org.people, n=1)
    raise OrgcodeError(
        message("There is no person {id}.", id=given),
        message("Did you mean {name}?", name=near[0])
        if near
        else message("Name with --as somebody who does: 'orgcode list people' shows them."),
    )


def _active(org: Org, address: str) -> list[Person]:
    return [person for person in _known_by(org, address) if person.is_active(org.today)]


def _known_by(org: Org, address: str) -> list[Person]:
    """The people whose address it is, or whose account it stands for."""
    for mark in _marks(address):
        if found := [each for each in org.under("mark", mark) if isinstance(each, Person)]:
            return found
    return []


def _marks(address: str) -> Iterator[str]:
    """The surest first: the number of an account stays when its name goes to somebody else."""
    yield email_mark(address)
    if account := _OF_A_FORGE.match(address):
        forge = account["forge"].lower()
        if account["id"]:
            yield account_mark(forge, "id", account["id"])
        yield account_mark(forge, "login", account["login"])
