"""The pages and pictures that a role, policy or agreement linked to, and when they changed: what
they say is part of what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from orgcode.adapters.git.past import Past
from orgcode.model.facts import identify
from orgcode.model.links import is_for_people

_LINKING = frozenset({"role", "policy", "agreement"})
_TEXTS = ("text", "notes")


class Linked(NamedTuple):
    """That a file linked to a page or picture, between two steps of the main line, inclusive;
    `until` is None where it still does.
    """

    path: str
    since: int
    until: int | None


def linked(past: Past, named: Sequence[tuple[int, str]]) -> Iterator[Linked]:
    """Each time that a file linked to something; `named` are the steps that changed it, the latest
    first, each with the path that it had from then on.
    """
    if not named or (identity := identify(named[0][1])) is None or identity.kind not in _LINKING:
        return
    since: dict[str, int] = {}
    for step, path in reversed(named):
        links = _links(past, step, path)
        for gone in sorted(since.keys() - links):
            yield Linked(gone, since.pop(gone), step)
        for link in sorted(links):
            since.setdefault(link, step)
    yield from (Linked(link, step, None) for link, step in sorted(since.items()))


def linked_as_noted(past: Past, named: Sequence[tuple[int, str]]) -> Sequence[Linked]:
    """The same; until the file changes again it is so, and kept: by the ids of commits."""
    if not named:
        return ()
    (step, path), *_ = named
    about = f"linked {path}"
    found = _from_note(past, past.note(about, step))
    if found is None:
        found = list(linked(past, named))
        past.keep_note(about, step, _as_note(past, found))
    return found


def steps_changing(past: Past, links: Iterable[Linked]) -> dict[int, tuple[str, ...]]:
    """The steps of the main line that changed what was linked to before or after them, each with
    the pages and pictures.
    """
    found: dict[int, tuple[str, ...]] = {}
    for link in links:
        for step in past.history.steps_of(link.path):
            is_within = link.since <= step and (link.until is None or step <= link.until)
            if is_within and link.path not in found.get(step, ()):
                found[step] = tuple(sorted((*found.get(step, ()), link.path)))
    return found


def _links(past: Past, step: int, path: str) -> frozenset[str]:
    state = past.history.state(step, path)
    if state is None or not _may_link(past.data(path, state.blob, state.mode)):
        return frozenset()
    return frozenset(filter(is_for_people, past.links(path, state.blob, state.mode)))


def _may_link(data: object) -> bool:
    """Whether there is anything like a link in the long texts: most have none, which is quick."""
    texts = [data.get(key) for key in _TEXTS] if isinstance(data, Mapping) else []
    said = (t for text in texts for t in (text.values() if isinstance(text, Mapping) else (text,)))
    return any(isinstance(text, str) and "]" in text for text in said)


def _as_note(past: Past, found: Iterable[Linked]) -> object:
    id = past.history.graph.id
    return [[it.path, id(it.since), None if it.until is None else id(it.until)] for it in found]


def _from_note(past: Past, note: Any) -> list[Linked] | None:
    number, found = past.history.graph.number, []
    try:
        for path, since, until in note:
            first, last = number(since), None if until is None else number(until)
            if first is None or (last is None and until is not None):
                return None
            found.append(Linked(path, first, last))
    except (TypeError, ValueError):
        return None
    return found
