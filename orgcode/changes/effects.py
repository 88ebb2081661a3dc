"""What a change does: the effects of a diff between two states of an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from orgcode.changes.agreed import of_agreed
from orgcode.changes.files import of_file
from orgcode.changes.governance import of_organisation
from orgcode.changes.handing import Handing
from orgcode.changes.people import of_person
from orgcode.changes.proposals import of_proposal
from orgcode.changes.sides import Altered, Sides, anchors
from orgcode.changes.states import Document, changed_paths, state_at
from orgcode.changes.structure import of_circle, of_role
from orgcode.model.effect import Effect
from orgcode.model.facts import Identity, identify, path_of
from orgcode.model.message import message
from orgcode.model.org import Org


def effects(before: Org, after: Org, changed: Iterable[str] | None = None) -> tuple[Effect, ...]:
    """Every effect of a change, in the order of the files.

    `changed` are the paths that may hold something else afterwards, where the caller knows them;
    else they are found by comparing the entries of both. What it costs depends on them alone:
    everything else is looked up by key.
    """
    paths = changed_paths(before.snapshot, after.snapshot) if changed is None else sorted(changed)
    sides = Sides(before=before, after=after, paths=tuple(dict.fromkeys(paths)))
    return tuple(_Effects(sides).all())


class _Effects:
    def __init__(self, sides: Sides) -> None:
        self._sides = sides

    def all(self) -> Iterator[Effect]:
        gone = {old for old in self._sides.renamed.values() if not self._sides.after.is_there(old)}
        for path in self._sides.paths:
            if path not in gone:  # the effect of its new name says so
                yield from self._of(path)

    def _of(self, path: str) -> Iterator[Effect]:
        sides, identity = self._sides, identify(path)
        before, after = (state_at(org, path) for org in sides.orgs)
        if isinstance(before, Document) and before == after:
            yield Effect(
                kind="format.rewritten",
                thing=path,
                paths=(path,),
                circles=anchors(sides),
                sentence=message(
                    "The file {path} is written in another way and says the same.", path=path
                ),
            )
        elif before is None is after:
            return
        elif identity is None:
            yield from of_file(sides, path)
        elif identity.kind == "org":
            yield from of_organisation(sides)
        elif identity.kind in {"proposal", "response"}:
            yield from of_proposal(sides, path, identity)
        else:
            yield from self._of_thing(self._altered(path, identity))

    def _of_thing(self, altered: Altered) -> Iterator[Effect]:
        match altered.kind:
            case "circle":
                yield from of_circle(altered, self._handing)
            case "role":
                yield from of_role(altered, self._handing)
            case "person":
                yield from of_person(altered)
            case _:
                yield from of_agreed(altered)

    def _altered(self, path: str, identity: Identity) -> Altered:
        old_path = self._sides.renamed.get(path, path)
        old = identify(old_path) or identity
        return Altered(
            sides=self._sides,
            path=path,
            kind=identity.kind,
            id=identity.id,
            old=old.id,
            old_path=path_of(identity.kind, old.id),
        )

    @cached_property
    def _handing(self) -> Handing:
        return Handing(self._sides)
