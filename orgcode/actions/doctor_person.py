"""Whether orgcode knows who sits at this computer, and whether they can sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orgcode.actions.who import whoami
from orgcode.adapters.git.repository import Repository
from orgcode.adapters.signing.own_keys import own_key
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.org import Org
from orgcode.reporting.health import Point


def look_at_person(
    org: Org, repository: Repository, given: str | None, today: date
) -> Iterator[Point]:
    """Git's name and address, whose they are, and the key with which they sign."""
    yield _look_at_git(repository)
    try:
        person = whoami(org, repository, given)
    except OrgcodeError as error:
        yield Point.of("person", error)
        return
    name = org.people[person].name
    address = repository.author_email
    if given is not None or address is None:
        yield Point(topic="person", said=message("You say that you are {name}.", name=name))
    else:
        yield Point(
            topic="person",
            said=message(
                "You are {name}: the address {address} leads to {path}.",
                name=name,
                address=address,
                path=org.people[person].path,
            ),
        )
    yield _look_at_key(org, person, today)


def _look_at_git(repository: Repository) -> Point:
    name, _ = repository.author
    address = repository.author_email
    if address is None:
        return Point(
            topic="git",
            said=message("git has no e-mail address of you."),
            is_ok=False,
            command="git config --global user.email you@example.org",
        )
    if name == "orgcode":
        return Point(
            topic="git",
            said=message("git does not know what you are called."),
            is_ok=False,
            command='git config --global user.name "Your Name"',
        )
    return Point(
        topic="git",
        said=message("git knows you as {name}, {address}.", name=name, address=address),
    )


def _look_at_key(org: Org, person: str, today: date) -> Point:
    path = org.people[person].path
    listed = [key.key for key in org.people[person].keys if key.counts_on(today)]
    if not listed:
        return Point(
            topic="key",
            said=message("No key in {path} counts today, so that you cannot sign.", path=path),
            is_ok=False,
            way_out=message(
                "Put yours there, and propose that; 'orgcode guide keys-and-signatures' helps."
            ),
            command="orgcode key add",
        )
    own = own_key(listed)
    if own is None:
        return Point(
            topic="key",
            said=message("None of the keys in {path} is on this computer.", path=path),
            is_ok=False,
            way_out=message(
                "Bring the private half here, to ~/.ssh or your agent, or name its file with 'git "
                "config --global user.signingkey' where 'gpg.format' is ssh; or add another key."
            ),
            command="orgcode key add",
        )
    return Point(
        topic="key",
        said=message(
            "You sign with the key {key}, which stands in {path}.",
            key=own.public.fingerprint,
            path=path,
        ),
    )
