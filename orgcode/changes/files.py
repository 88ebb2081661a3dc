"""What changes of files that are no things: pages and pictures, what serves tools, the unknown."""

from __future__ import annotations

from collections.abc import Iterator

from orgcode.changes.sides import Sides, anchors, called, distinct
from orgcode.changes.stands import fields_of, stands_in
from orgcode.changes.states import Content, state_at
from orgcode.changes.things import mode_effect
from orgcode.model.effect import Edit, Effect, Leave, Replace
from orgcode.model.entities import Agreement, Policy, Role, Thing
from orgcode.model.links import is_for_people, is_page
from orgcode.model.message import Message, message
from orgcode.model.org import Org
from orgcode.model.snapshot import EXECUTABLE, ORDINARY


def of_file(sides: Sides, path: str) -> Iterator[Effect]:
    """The effects of a file that is no thing."""
    before, after = (state_at(org, path) for org in sides.orgs)
    if (
        isinstance(before, Content)
        and isinstance(after, Content)
        and before.blob == after.blob
        and {before.mode, after.mode} <= _MODES
    ):
        yield mode_effect(sides, path, after.mode)
        return
    narrowing = "added" if before is None else "removed" if after is None else "amended"
    edit: Edit = (
        Replace(path, after.mode, after.blob) if isinstance(after, Content) else Leave(path)
    )
    yield Effect(
        kind=f"{'page' if is_for_people(path) else 'tooling'}.{narrowing}",
        thing=path,
        paths=(path,),
        circles=anchors(sides),
        sentence=_said(path, narrowing),
        edits=(edit,),
    )
    if is_for_people(path):
        yield from _of_linking(sides, path, narrowing)


_MODES = {ORDINARY, EXECUTABLE}


def _of_linking(sides: Sides, path: str, narrowing: str) -> Iterator[Effect]:
    """A page or picture that a policy, agreement or role links to is also an effect of these."""
    linking: dict[str, list[tuple[Org, Thing]]] = {}
    for org in sides.orgs:
        for thing in org.under("link", path):
            if isinstance(thing, Policy | Agreement | Role):
                linking.setdefault(thing.path, []).append((org, thing))
    for where, found in sorted(linking.items()):
        kind = type(found[0][1]).__name__.lower()
        id = found[0][1].id
        fields = {org is sides.after: fields_of(org, thing) for org, thing in found}
        yield Effect(
            kind=f"{kind}.page",
            thing=where.removesuffix(".yaml"),
            paths=(path,),
            circles=distinct(stands_in(org, kind, thing) for org, thing in found),
            sentence=_linking(called(sides, kind, id), path, narrowing),
            before=fields.get(False, {}),
            after=fields.get(True, {}),
        )


def _linking(thing: Message, path: str, narrowing: str) -> Message:
    match narrowing:
        case "added":
            return message("{thing} links to {path}, which is new.", thing=thing, path=path)
        case "removed":
            return message("{thing} links to {path}, which is deleted.", thing=thing, path=path)
    return message("{thing} links to {path}, which has changed.", thing=thing, path=path)


def _said(path: str, narrowing: str) -> Message:
    if is_page(path) and is_for_people(path):
        match narrowing:
            case "added":
                return message("The page {path} is new.", path=path)
            case "removed":
                return message("The page {path} has been deleted.", path=path)
        return message("The page {path} has changed.", path=path)
    match narrowing:
        case "added":
            return message("The file {path} is new.", path=path)
        case "removed":
            return message("The file {path} has been deleted.", path=path)
    return message("The file {path} has changed.", path=path)
