"""From what somebody typed to the thing that is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from msgspec import Struct

from orgcode.model.entities import Thing
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import FOLDER_OF, FOLDERS, Kind
from orgcode.model.message import message
from orgcode.model.org import Org

KINDS: tuple[Kind, ...] = (*FOLDERS.values(), "proposal")


class Addressed(Struct, frozen=True, kw_only=True):
    """A thing with its kind and address, such as `roles/cook` or `roles/house/lead`."""

    kind: Kind
    address: str
    thing: Thing


def find_thing(org: Org, text: str, among: Collection[Kind] = ()) -> Addressed:
    """The thing at an address, by its path, or by its id or alias where that is unambiguous.

    Of several that are called so, one of the kinds `among` which it must be is meant. Raises
    `OrgcodeError` where there is none, or more than one.
    """
    asked = text.strip().removeprefix("./").removesuffix("/proposal.yaml").removesuffix(".yaml")
    every = {found.address: found for found in _everything(org)}
    if asked in every:
        return every[asked]
    named = [found for found in every.values() if asked in (found.thing.id, *_aliases(found))]
    named = [found for found in named if found.kind in among] or named
    if len(named) == 1:
        return named[0]
    if named:
        raise OrgcodeError(
            message("More than one thing is called {name}.", name=text),
            message("Say which: {addresses}.", addresses=", ".join(f.address for f in named)),
        )
    raise _nothing(org, text, asked, every)


def things_of(org: Org, kind: Kind) -> Mapping[str, Thing]:
    """All things of a kind, core roles among the roles."""
    return org.every_role if kind == "role" else org.things(kind)


def address_of(kind: Kind, id: str) -> str:
    """The address of a thing."""
    return f"{FOLDER_OF.get(kind, f'{kind}s')}/{id}"


def _everything(org: Org) -> Iterator[Addressed]:
    if org.organisation is not None:
        yield Addressed(kind="org", address="org", thing=org.organisation)
    for kind in KINDS:
        for thing in things_of(org, kind).values():
            yield Addressed(kind=kind, address=address_of(kind, thing.id), thing=thing)


def _aliases(found: Addressed) -> Iterator[str]:
    for alias in found.thing.aliases:
        yield alias
        yield address_of(found.kind, alias)


def _nothing(org: Org, text: str, asked: str, every: Mapping[str, Addressed]) -> OrgcodeError:
    for path in (f"{asked}.yaml", f"{asked}/proposal.yaml"):
        if path in org.files:
            return OrgcodeError(
                message("The file {path} cannot be read.", path=path),
                message("The command 'orgcode check' tells what is wrong with it."),
            )
    folder = asked.partition("/")[0].lower()
    example = f"orgcode list {folder if folder in FOLDERS else 'roles'}"
    near = None if asked.lower() in FOLDERS else _near(asked, every)
    return OrgcodeError(
        message("There is nothing called {name}.", name=text),
        message("Did you mean {name}?", name=near)
        if near
        else message(
            "The command 'orgcode list KIND' shows what there is, as in {example}.",
            example=example,
        ),
    )


def _near(asked: str, every: Mapping[str, Addressed]) -> str | None:
    """The address that is spelt most like it: same id, then folder and id, then id alone."""
    ids = {found.thing.id: found.address for found in every.values()}
    id = asked.lower().rpartition("/")[2]
    if id in ids:
        return ids[id]
    if near := get_close_matches(asked.lower(), every, n=1, cutoff=0.75):
        return near[0]
    folder = asked.lower().rpartition("/")[0]
    names = get_close_matches(id, [id for id in ids if ids[id].startswith(folder)], n=1)
    return ids[names[0]] if names else None
