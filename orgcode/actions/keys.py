"""The keys with which people sign: which are listed, and putting one's own among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import read_org, snapshot_of, with_kept
from orgcode.actions.who import whoami
from orgcode.adapters.files import read_ordinary
from orgcode.adapters.git.kept import Kept
from orgcode.adapters.git.repository import find
from orgcode.adapters.replacing import Hindrance, read_replaceable, replace_files
from orgcode.adapters.signing.own_keys import OwnKey, own_keys
from orgcode.adapters.signing.proving import owner_of
from orgcode.adapters.signing.public_keys import PublicKey, read_public_key
from orgcode.adapters.signing.verifying import weakness
from orgcode.documents.editing import with_item
from orgcode.law.form import is_founding
from orgcode.model.alike import key_mark
from orgcode.model.entities import Key, Person
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.reporting.keys import ListedKey, State

_MOST = 1 << 16


def listed_keys(
    directory: Path,
    today: date,
    person: str | None,
    *,
    at: str | None = None,
    progress: Progress = silent,
) -> tuple[ListedKey, ...]:
    """The keys of a person, or of everybody who takes part; raises `OrgcodeError` where there is no
    such person.
    """
    org = read_org(directory, today, at=at, progress=progress)
    people = tuple(org.active_people()) if person is None else (_person(org, person),)
    return tuple(_listed(org, owner, key) for owner in people for key in owner.keys)


class Added(NamedTuple):
    """A key that now stands in somebody's file."""

    key: ListedKey
    is_founding: bool
    """Whether the rules are not in force yet, so that nobody has to decide about it."""


def add_key(
    directory: Path,
    today: date,
    file: Path | None,
    given: str | None,
    *,
    progress: Progress = silent,
) -> Added:
    """Put a public key into one's own file of the working tree, counting from today on.

    Without a file it is the key with which one signs already: in git, by an agent, or the only one
    in the usual place. Raises `OrgcodeError`, with nothing written, where it cannot be done.
    """
    repository = find(directory)
    tree = snapshot_of(repository)
    org = with_kept(repository, tree, "check", today, Kept.open, progress=progress)
    person = org.people[whoami(org, repository, given)]
    public = _in_file(file) if file is not None else _own()
    if (why := weakness(public)) is not None:
        raise OrgcodeError(why, _MAKE_ONE)
    _refuse_listed(org, public)
    key = Key(key=f"{public.line} {public.remark}".rstrip(), since=today)
    replace_files(repository.root, {person.path: _with_key(repository.root, person.path, key)})
    return Added(_readable(person, key, public, "counts"), is_founding(org))


_MAKE_ONE = message("Make a key with 'ssh-keygen -t ed25519', then add that.")


def _person(org: Org, given: str) -> Person:
    id = given.removeprefix("people/").removesuffix(".yaml")
    if id in org.people:
        return org.people[id]
    raise OrgcodeError(
        message("There is no person {id}.", id=given),
        message("The command 'orgcode list people' shows who there is."),
    )


def _listed(org: Org, person: Person, key: Key) -> ListedKey:
    public = read_public_key(key.key)
    if isinstance(public, Message):
        return ListedKey(person=person, key=key, state="unusable", why=public)
    if (why := weakness(public)) is not None:
        return _readable(person, key, public, "unusable", why)
    if isinstance(owner := owner_of(org, public), Message):
        return _readable(person, key, public, "shared", owner)
    if key.counts_on(org.today):
        return _readable(person, key, public, "counts")
    is_later = key.since is not None and org.today < key.since
    return _readable(person, key, public, "later" if is_later else "over")


def _readable(
    person: Person, key: Key, public: PublicKey, state: State, why: Message | None = None
) -> ListedKey:
    return ListedKey(
        person=person,
        key=key,
        state=state,
        kind=public.kind,
        fingerprint=public.fingerprint,
        remark=public.remark,
        why=why,
    )


def _with_key(root: Path, path: str, key: Key) -> bytes:
    content = read_replaceable(root, path)
    if not isinstance(content, bytes):
        raise OrgcodeError(
            message("The file {path} may not be replaced: {why}.", path=path, why=_WHY[content]),
            message("Make it an ordinary file that you may write, and try again."),
        )
    item = {"key": key.key, "since": f"{key.since}"}
    edited = with_item(content, "keys", item)
    if edited is None:
        line = f"- {{key: {item['key']}, since: {item['since']}}}"
        raise OrgcodeError(
            message("The key cannot be put into {path} without disturbing it.", path=path),
            message("Put it there yourself, under keys: {line}", line=line),
        )
    return edited


_WHY: Mapping[Hindrance, Message] = {
    "missing": message("it is gone"),
    "link": message("it is a link"),
    "read-only": message("it is read-only"),
    "unreadable": message("it cannot be read"),
}


def _refuse_listed(org: Org, public: PublicKey) -> None:
    for owner in org.under("mark", key_mark(public.line)):
        raise OrgcodeError(
            message("This key stands in {path} already.", path=owner.path),
            message("See 'orgcode key list'; where it is over, make another key."),
        )


def _in_file(file: Path) -> PublicKey:
    content = read_ordinary(file.resolve(), _MOST)
    if not isinstance(content, bytes):
        raise OrgcodeError(
            message("The file {file} cannot be read.", file=file),
            message("Name the file of a public key, such as ~/.ssh/id_ed25519.pub."),
        )
    text = content.decode("utf-8", "replace")
    if "PRIVATE KEY" in text:
        raise OrgcodeError(
            message("{file} is a private key: it stays with you alone.", file=file),
            message("Name the public one, which stands beside it: {file}.pub", file=file),
        )
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    key = read_public_key(lines[0]) if len(lines) == 1 else None
    if isinstance(key, PublicKey):
        return key
    raise OrgcodeError(
        key or message("{file} does not hold one line with a public key.", file=file),
        message("Name the file of a public key, such as ~/.ssh/id_ed25519.pub."),
    )


def _own() -> PublicKey:
    """The key that git signs with, else the only one; where there are several, one has to say."""
    different: dict[bytes, OwnKey] = {}
    for own in own_keys():
        different.setdefault(own.public.data, own)
    found = tuple(different.values())
    if len(found) == 1 or (found and found[0].is_chosen):
        return found[0].public
    if not found:
        raise OrgcodeError(message("No SSH key of yours was found on this computer."), _MAKE_ONE)
    raise OrgcodeError(
        message(
            "You have several SSH keys: {keys}.",
            keys=tuple(f"{own.public.fingerprint} {own.public.remark}".rstrip() for own in found),
        ),
        message("Say which: name its file, as in 'orgcode key add ~/.ssh/id_ed25519.pub'."),
    )
