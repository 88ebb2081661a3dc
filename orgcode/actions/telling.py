"""What each step of the main line did, in sentences: found out once, and noted for ever."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from orgcode.adapters.git.past import Past
from orgcode.adapters.git.past_org import org_at
from orgcode.changes.effects import effects
from orgcode.changes.telling_order import as_told
from orgcode.model.chronicle import Happening, Told
from orgcode.model.coding import CodingError, from_plain, plain
from orgcode.model.effect import Effect
from orgcode.model.facts import identify
from orgcode.model.message import Message

MOST_FILES = 200
"""Of a step that changes more files than this is told how many, and not what."""
MOST_BROUGHT = 12
"""So many commits that a step brought in are named."""
_ABOUT = "told"


class Telling:
    """Tells steps."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._told: dict[int, Happening] = {}

    def of(self, step: int) -> Happening:
        """What a step of the main line did."""
        found = self._told.get(step)
        if found is None:
            found = _from_note(self._past.note(_ABOUT, step))
            if found is None:
                found = self._made(step)
                self._past.keep_note(_ABOUT, step, _as_note(found))
            self._told[step] = found
        return found

    def _made(self, step: int) -> Happening:
        past = self._past
        recorded = past.recorded(step)
        altered = past.history.altered(step)
        paths = [change.path for change in altered]
        new = [change.path for change in altered if not change.before]
        brought = self._brought.get(step, [])[:MOST_BROUGHT]
        return Happening(
            id=recorded.id,
            author=recorded.author,
            at=recorded.at,
            text=recorded.text,
            told=self._effects(step, paths) if len(paths) <= MOST_FILES else (),
            files=len(paths),
            brought=tuple((it.author, it.subject) for it in map(past.recorded, brought)),
            proposal=_proposal_in(new),
        )

    def _effects(self, step: int, paths: list[str]) -> tuple[Told, ...]:
        before = org_at(self._past, self._past.history.graph.first[step])
        return tuple(map(told, as_told(effects(before, org_at(self._past, step), paths))))

    @cached_property
    def _brought(self) -> dict[int, list[int]]:
        """The commits that each step brought in, the latest first."""
        history = self._past.history
        if not history.graph.others:
            return {}
        found: dict[int, list[int]] = {}
        steps = history.brought_by(range(len(history.graph)))
        for commit, step in sorted(steps.items(), reverse=True):
            if commit != step:
                found.setdefault(step, []).append(commit)
        return found


def told(effect: Effect) -> Told:
    """An effect as it is told."""
    return Told(
        kind=effect.kind,
        thing=effect.thing,
        paths=effect.paths,
        circles=effect.circles,
        sentence=effect.sentence,
    )


def _proposal_in(new: list[str]) -> str | None:
    """The proposal among the new files; None where it is not exactly one."""
    found = [it.id for path in new if (it := identify(path)) and it.kind == "proposal"]
    return found[0] if len(found) == 1 else None


def _as_note(happening: Happening) -> object:
    return [
        [happening.id, happening.author, happening.at.isoformat(), happening.text],
        [[it.kind, it.thing, it.paths, it.circles, plain(it.sentence)] for it in happening.told],
        [happening.files, happening.brought, happening.proposal],
    ]


def _from_note(note: Any) -> Happening | None:
    try:
        (id, author, at, text), done, (files, brought, proposal) = note
        return Happening(
            id=id,
            author=author,
            at=datetime.fromisoformat(at),
            text=text,
            told=tuple(_told_in(*one) for one in done),
            files=files,
            brought=tuple((who, subject) for who, subject in brought),
            proposal=proposal,
        )
    except (CodingError, TypeError, ValueError):
        return None


def _told_in(kind: str, thing: str, paths: Any, circles: Any, sentence: Any) -> Told:
    said = from_plain(sentence)
    if not isinstance(said, Message):
        raise CodingError(repr(sentence)[:40])
    return Told(kind, thing, tuple(paths), tuple(circles), said)
