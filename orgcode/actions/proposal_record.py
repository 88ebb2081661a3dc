"""What a proposal says of itself: its record, made of what was written and what is said now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from orgcode.actions.naming import whole
from orgcode.actions.uncommitted import Files
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import is_id, path_of
from orgcode.model.message import message, one
from orgcode.model.org import Org


class Words(Struct, frozen=True, kw_only=True):
    """Why a change is proposed; what is None is left out, or stays as it is."""

    title: str | None = None
    tension: str | None = None
    because: str | None = None
    example: str | None = None
    role: str | None = None
    ask: tuple[str, ...] = ()
    id: str | None = None


def record_with(org: Org, record: Mapping[str, Any], words: Words, files: Files) -> dict[str, Any]:
    """The record with what was said now laid over what stood there."""
    found = dict(record)
    for key in ("title", "because", "example", "role"):
        if (given := getattr(words, key)) is not None:
            found[key] = whole(given)
    if words.tension is not None:
        found["tension"] = _tension(org, words.tension, files)
    if words.ask:
        found["ask"] = _asked(org, words.ask)
    if not plain(found.get("title", "")):
        raise OrgcodeError(
            message("The {proposal} has no title.", proposal=one("proposal")),
            message('Say in a few words what is proposed: --title "..."'),
        )
    return found


def plain(text: object) -> str:
    """A text as one reads it, in the first of its languages."""
    return str(next(iter(text.values()), "")) if isinstance(text, Mapping) else str(text)


def _tension(org: Org, given: str, files: Files) -> Mapping[str, str]:
    text = whole(given)
    id = text.removeprefix("tensions/").removesuffix(".yaml")
    if is_id(id) and (id in org.tensions or path_of("tension", id) in files):
        return {"id": id}
    if is_id(id) and " " not in text:
        raise OrgcodeError(
            message("There is no {tension} {id}.", id=id, tension=one("tension")),
            message("'orgcode list tensions' shows which there are; or write it as a sentence."),
        )
    return {"text": text}


def _asked(org: Org, names: Sequence[str]) -> Mapping[str, list[str]]:
    """People and roles, as they were named."""
    found: dict[str, list[str]] = {}
    for name in names:
        id = name.removeprefix("people/").removeprefix("roles/")
        if id in org.people and not name.startswith("roles/"):
            found.setdefault("people", []).append(id)
        elif id in org.roles:
            found.setdefault("roles", []).append(id)
        else:
            raise OrgcodeError(
                message("There is no person or role {name} to ask.", name=name),
                message("'orgcode list people' and 'orgcode list roles' show which there are."),
            )
    return found
