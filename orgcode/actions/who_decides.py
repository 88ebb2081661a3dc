"""Tell who decides about a thing or a kind of change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from orgcode.actions.addressing import find_thing
from orgcode.actions.listing import WORDS
from orgcode.actions.progress import Progress, silent
from orgcode.actions.reading import read_org
from orgcode.law.who_decides import Decision
from orgcode.law.who_decides import who_decides as decisions_about
from orgcode.model.effect import KINDS, RULELESS, top
from orgcode.model.entities import Circle, Thing
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import message
from orgcode.model.org import Org

OTHER_WORDS: Mapping[str, tuple[str, ...]] = {
    "governance": ("rules", "decision-rule", "decision-rules", "beslisregel", "beslisregels"),
    "organisation": ("organization", "organisatie"),
    "assignment": ("holder", "holders", "rolvervuller", "rolvervullers"),
    "page": ("pages", "bladzijde", "bladzijden"),
    "identity": ("account", "accounts"),
}
"""What the kinds of change that are no kind of thing may be called as well."""


class Deciding(Struct, frozen=True, kw_only=True):
    """The decisions about a thing, or about a kind of change."""

    org: Org
    kind: str | None
    thing: Thing | None
    decisions: tuple[Decision, ...]


def who_decides(
    directory: Path,
    today: date,
    target: str,
    *,
    circle: str | None = None,
    at: str | None = None,
    progress: Progress = silent,
) -> Deciding:
    """Who decides about `target`: the address of a thing, or a kind of change, then in one circle
    or in every one.

    Raises `OrgcodeError` where it is neither.
    """
    org = read_org(directory, today, at=at, progress=progress)
    kind = _kind_called(target)
    if kind is None:
        if circle is not None:
            raise OrgcodeError(
                message("--circle goes with a kind of change, and {name} is none.", name=target),
                message("Leave out --circle, or choose from: {kinds}.", kinds=_choices()),
            )
        thing = _thing(org, target)
        decisions = decisions_about(org, thing)
        return Deciding(org=org, kind=None, thing=thing, decisions=decisions)
    decisions = decisions_about(org, kind, None if circle is None else _circle(org, circle).id)
    return Deciding(org=org, kind=kind, thing=None, decisions=decisions)


def _kind_called(word: str) -> str | None:
    asked = word.lower()
    if top(asked) in KINDS and top(asked) not in RULELESS:
        return asked
    every = (*WORDS.items(), *OTHER_WORDS.items())
    return next((kind for kind, words in every if asked in words and kind in KINDS), None)


def _thing(org: Org, target: str) -> Thing:
    near = [] if "/" in target else get_close_matches(target.lower(), KINDS, n=1, cutoff=0.8)
    if near and target not in _ids(org):
        raise OrgcodeError(
            message("There is nothing called {name}.", name=target),
            message("Did you mean {name}?", name=near[0]),
        )
    return find_thing(org, target).thing


def _ids(org: Org) -> frozenset[str]:
    return frozenset().union(*org.known.values())


def _circle(org: Org, text: str) -> Circle:
    found = find_thing(org, text if "/" in text else f"circles/{text}").thing
    if not isinstance(found, Circle):
        raise OrgcodeError(
            message("{name} is something else.", name=text),
            message("Give an address that begins with {folder}/.", folder="circles"),
        )
    return found


def _choices() -> str:
    return ", ".join(kind for kind in KINDS if kind not in RULELESS)
