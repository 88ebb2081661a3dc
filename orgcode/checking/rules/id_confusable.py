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

from collections.abc import Callable, Iterable, Iterator

from orgcode.checking.lookalikes import look, same_but_for_case
from orgcode.checking.rule import Group
from orgcode.model.entities import Circle, Role, Text
from orgcode.model.facts import FOLDER_OF, FOLDERS
from orgcode.model.finding import Pointer, Problem, Severity
from orgcode.model.message import message
from orgcode.model.org import Org

SEVERITY: Severity = "warning"
GROUP: Group = "references"

_Name = tuple[str, str, Pointer]
"""A name (or id), and where it stands."""


def check(org: Org) -> Iterator[Problem]:
    """Compare the ids of each kind, and the names that stand beside each other."""
    for kind in FOLDERS.values():
        ids = [(id, f"{FOLDER_OF[kind]}/{id}.yaml", ()) for id in sorted(org.known.get(kind, ()))]
        yield from _alike(ids, (look,))
    names: list[_Name] = [
        (person.name, person.path, ("name",))
        for person in org.people.values()
        if person.ended is None
    ]
    yield from _alike(names, (same_but_for_case, look))
    for circle in org.circles.values():
        beside: list[_Name] = []
        things: tuple[Circle | Role, ...] = (
            *org.children.get(circle.id, ()),
            *(role for role in org.roles_in.get(circle.id, ()) if role.core is None),
        )
        for thing in things:
            if thing.ended is None:
                beside += ((n, thing.path, at) for n, at in _each(thing.name, ("name",)))
        yield from _alike(beside, (same_but_for_case, look))


def _each(text: Text, pointer: Pointer) -> Iterator[tuple[str, Pointer]]:
    if isinstance(text, str):
        yield text, pointer
    else:
        yield from ((words, (*pointer, language)) for language, words in text.items())


def _alike(names: Iterable[_Name], ways: tuple[Callable[[str], str], ...]) -> Iterator[Problem]:
    seen: dict[tuple[int, str], _Name] = {}
    for name, path, pointer in names:
        keys = [(number, way(name)) for number, way in enumerate(ways)]
        others = [seen[key] for key in keys if key in seen]
        for key in keys:
            seen.setdefault(key, (name, path, pointer))
        other = next((other for other in others if other[0] != name and other[1] != path), None)
        if other is not None:
            yield Problem(
                path=path,
                pointer=pointer,
                cause=message(
                    "“{name}” is easily taken for “{other}” in {path}.",
                    name=name,
                    other=other[0],
                    path=other[1],
                ),
                way_out=message("Give one of the two a name that differs visibly."),
            )
