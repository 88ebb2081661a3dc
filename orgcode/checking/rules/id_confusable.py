"""Ensure that ids and names can be told apart by sight.

Two people called Sara and SARA, or the roles `rol1` and `roll`, are taken for one another, by
accident or because somebody means them to be. Letters of other scripts may look exactly like Latin
ones, and some characters cannot be seen at all. Give one of the two a name that differs visibly.
An id that others already use stays as it is: end the thing, and add it again under another id.

Wrong:

    # roles/role-l.yaml  # <-- here
    name: First role
    circle: house
    purpose: Come first

    # roles/role-1.yaml
    name: Other role
    circle: house
    purpose: Come second

    # people/sarah.yaml
    name: SARA  # <-- here

Right:

    # roles/role-one.yaml
    name: First role
    circle: house
    purpose: Come first

    # roles/role-two.yaml
    name: Other role
    circle: house
    purpose: Come second

    # people/sarah.yaml
    name: Sara Vermeer
"""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.checking.rule import Group, Subject
from orgcode.checking.things import thing_at
from orgcode.model.alike import Name, names_beside
from orgcode.model.entities import Thing
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.lookalikes import look
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"
FOR: tuple[Subject, ...] = (
    "circle",
    "role",
    "person",
    "policy",
    "agreement",
    "objective",
    "tension",
)

_WITH_NAMES = frozenset({"circles", "roles", "people"})
"""The folders of what is called by a name."""


def check(org: Org, thing: Thing) -> Iterator[Problem]:
    """Compare an id with those of its kind, and a name with those that stand beside it."""
    folder = thing.path.partition("/")[0]
    seen = look(thing.id)
    alike = [path for path, _ in org.beside("look", f"{folder}/{seen}", thing.path)]
    # digits and “vv” come before the letters they look like: only after “rn” is there an earlier
    if "rn" in thing.id and org.is_there(path := f"{folder}/{seen}.yaml"):
        alike.append(path)
    if alike and (first := min(alike)) < thing.path:
        yield _problem(thing, (), thing.id, first[len(folder) + 1 : -len(".yaml")], first)
    for name in names_beside(thing) if folder in _WITH_NAMES else ():
        for key in name.keys:
            beside = org.beside("beside", key, thing.path)
            first = beside[0][0] if beside else thing.path
            if first < thing.path and (other := _other(org, first, name, key)):
                yield _problem(thing, name.pointer, name.words, other, first)
                break


def _other(org: Org, path: str, name: Name, key: str) -> str | None:
    """The name of a thing that looks like another, where it is not the same name."""
    thing = thing_at(org, path)
    names = names_beside(thing) if thing else ()
    alike = (theirs.words for theirs in names if key in theirs.keys)
    return next((words for words in alike if words != name.words), None)


def _problem(thing: Thing, pointer: Pointer, name: str, other: str, path: str) -> Problem:
    return Problem(
        path=thing.path,
        pointer=pointer,
        cause=message(
            "“{name}” is easily taken for “{other}” in {path}.", name=name, other=other, path=path
        ),
        way_out=message("Give one of the two a name that differs visibly."),
    )
