"""What happened, step by step: to the organisation, or to one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from orgcode.actions.linked import linked_as_noted, steps_changing
from orgcode.actions.past_things import (
    Look,
    PastThing,
    address_at,
    core_role_name,
    is_altered_on_disk,
    look_back,
    proposal_in,
    thing_meant,
    vocabulary,
)
from orgcode.actions.progress import Progress, silent
from orgcode.model.coding import CodingError, from_plain, plain
from orgcode.model.facts import identify, path_of
from orgcode.model.history import Held, Recorded, moment_of
from orgcode.model.message import Message, message
from orgcode.model.term import Term

if TYPE_CHECKING:
    from orgcode.changes.history import State

MOST_FILES = 200
"""Of a step that changes more files than this is told how many, and not what."""


class Step(NamedTuple):
    """One step of the main line.

    `sentences` say what it did; `things` are what it changed, by address; `brought` are the commits
    that it brought in from beside the main line, the latest first.
    """

    recorded: Recorded
    sentences: tuple[Message, ...]
    things: tuple[str, ...]
    brought: tuple[Recorded, ...] = ()
    proposal: str | None = None


class Tenure(NamedTuple):
    """That somebody held a role, with the names of both."""

    person: str
    person_name: object
    role: str
    role_name: object
    since: date
    is_stated: bool
    until: date | None
    focus: object


class Log(NamedTuple):
    """What happened, the latest first: `steps` are the last of `total`.

    `thing` is None where it is the whole organisation's. `cut_off` is the day before which a
    shallow clone knows nothing.
    """

    thing: PastThing | None
    name: object
    steps: tuple[Step, ...]
    total: int
    held: tuple[Tenure, ...]
    cut_off: date | None
    is_altered: bool
    words: Mapping[str, Term]


def log(
    directory: Path,
    today: date,
    text: str | None,
    *,
    limit: int,
    at: str | None = None,
    progress: Progress = silent,
) -> Log:
    """The last `limit` steps of the organisation, or of the thing at an address."""

    def work(look: Look) -> Log:
        return _of_all(look, limit) if text is None else _of_thing(look, text, limit, at)

    return look_back(directory, today, at, work, progress)


def _of_all(look: Look, limit: int) -> Log:
    line = look.past.history.line
    steps = tuple(_step(look, step, None) for step in line[:limit])
    name = _field(look, "org.yaml", "name")
    return Log(
        thing=None,
        name=name,
        steps=steps,
        total=len(line),
        held=(),
        cut_off=look.cut_off,
        is_altered=False,
        words=vocabulary(look),
    )


def _of_thing(look: Look, text: str, limit: int, at: str | None) -> Log:
    thing = thing_meant(look, text)
    named = list(look.past.history.names_of(thing.path))
    names = [path for _, path in named]
    changed = [
        _Changed(step, path, former if former != path else None)
        for (step, path), former in zip(named, [*names[1:], *names[-1:]], strict=True)
    ]
    if thing.pointer:
        changed = [one for one in changed if _alters(look, one, thing.pointer)]
    else:
        changed = _with_pages(look, named, changed)
    return Log(
        thing=thing,
        name=None if thing.pointer else _name(look, named),
        steps=tuple(_step(look, one.step, one) for one in changed[:limit]),
        total=len(changed),
        held=tuple(_held(look, thing, named)),
        cut_off=look.cut_off,
        is_altered=at is None and is_altered_on_disk(look, thing.path),
        words=vocabulary(look),
    )


class _Changed(NamedTuple):
    """A step that changed a file: its path from then on, and the one before where that differs; and
    the pages and pictures that it links to, of which the step changed these.
    """

    step: int
    path: str
    former: str | None
    pages: tuple[str, ...] = ()


def _with_pages(
    look: Look, named: Sequence[tuple[int, str]], changed: Iterable[_Changed]
) -> list[_Changed]:
    """The steps that changed a file, and those that only changed what it links to."""
    links = linked_as_noted(look.past, named)
    found = {one.step: one for one in changed}
    for step, pages in steps_changing(look.past, links).items():
        path = next(path for since, path in named if since <= step)
        found[step] = found.get(step, _Changed(step, path, None))._replace(pages=pages)
    return [found[step] for step in sorted(found, reverse=True)]


# Steps


def _step(look: Look, step: int, only: _Changed | None) -> Step:
    """A step; what was found out about it once is so for ever, and kept."""
    about = "step"
    if only is not None:
        about += f" {only.path} {only.former or ''}"
        about += "".join(f" with {page}" for page in only.pages)
    kept = look.past.note(about, step)
    if kept is not None and (found := _from_note(kept)) is not None:
        return found
    made = _made_step(look, step, only)
    look.past.keep_note(about, step, _as_note(made))
    return made


def _made_step(look: Look, step: int, only: _Changed | None) -> Step:
    past = look.past
    if past.history.is_cut_off and step == past.history.line[-1]:
        began = message("Here this clone begins; what this step changed is not known in it.")
        return Step(recorded=past.recorded(step), sentences=(began,), things=())
    if only is None or only.path.startswith("proposals/"):  # of these, all that they brought about
        paths = [change.path for change in past.history.altered(step)]
    else:
        paths = [path for path in (only.path, only.former, *only.pages) if path]
    return Step(
        recorded=past.recorded(step),
        sentences=_sentences(look, step, paths, only) if len(paths) <= MOST_FILES else (),
        things=tuple(dict.fromkeys(map(address_at, paths))),
        brought=tuple(map(past.recorded, _brought(look, step, only))),
        proposal=proposal_in(look, step),
    )


def _as_note(step: Step) -> object:
    recorded = [
        [one.id, one.author, one.email, one.at.isoformat(), one.text]
        for one in (step.recorded, *step.brought)
    ]
    return [recorded, [plain(said) for said in step.sentences], step.things, step.proposal]


def _from_note(note: Any) -> Step | None:
    try:
        recorded, sentences, things, proposal = note
        first, *brought = [
            Recorded(id=id, author=author, email=email, at=datetime.fromisoformat(at), text=text)
            for id, author, email, at, text in recorded
        ]
        said = tuple(map(from_plain, sentences))
    except (CodingError, TypeError, ValueError):
        return None
    return Step(
        recorded=first,
        sentences=tuple(one for one in said if isinstance(one, Message)),
        things=tuple(things),
        brought=tuple(brought),
        proposal=proposal,
    )


def _sentences(
    look: Look, step: int, paths: Sequence[str], only: _Changed | None
) -> tuple[Message, ...]:
    from orgcode.adapters.git.past_org import org_at  # only here: where nothing is told, not needed
    from orgcode.changes.effects import effects
    from orgcode.changes.telling_order import as_told

    before = org_at(look.past, look.past.history.graph.first[step])
    told = as_told(effects(before, org_at(look.past, step), paths))
    if only is not None and only.pages:  # of these, only what it means for the thing itself
        own = {only.path, only.former}
        mine = address_at(only.path)
        told = tuple(it for it in told if it.thing == mine or not own.isdisjoint(it.paths))
    return tuple(effect.sentence for effect in told)


def _brought(look: Look, step: int, only: _Changed | None) -> Iterable[int]:
    """The commits beside the main line that a step brought in, the latest first; of one thing
    those that made something else of it than any commit before them.
    """
    history = look.past.history
    if step not in history.graph.others:
        return ()
    beside = history.beside(step)
    if only is None:
        return beside
    made = {v.commit for path in (only.path, *only.pages) for v in history.versions(path, step)}
    return [commit for commit in beside if commit in made]


def _alters(look: Look, changed: _Changed, pointer: tuple[str, ...]) -> bool:
    """Whether a step made something else of what the keys lead to."""
    before = look.past.history.graph.first[changed.step]
    was = _said(look, before, changed.former or changed.path) if before >= 0 else None
    return _within(was, pointer) != _within(_said(look, changed.step, changed.path), pointer)


def _said(look: Look, commit: int, path: str) -> object:
    found = look.past.history.state(commit, path)
    return None if found is None else look.past.data(path, found.blob, found.mode)


def _within(data: object, pointer: tuple[str, ...]) -> object:
    for key in pointer:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


# Who held what


def _held(look: Look, thing: PastThing, named: Sequence[tuple[int, str]]) -> Iterator[Tenure]:
    identity = identify(thing.path)
    if identity is None:
        return
    if identity.kind == "person":
        ids = dict.fromkeys(found.id for _, path in named if (found := identify(path)))
        every = [tenure for id in ids for tenure in _held_by(look, id)]
        yield from sorted(every, key=lambda held: (held.since, held.role), reverse=True)
    elif identity.kind in ("role", "circle"):
        for held in reversed(_holdings(look, named)):
            if not thing.pointer or held.core == thing.pointer[-1]:
                yield _tenure(look, held, named[0][1])


def _held_by(look: Look, person: str) -> Iterator[Tenure]:
    """What a person held, in files as they are called now, or were when they went."""
    history = look.past.history
    paths = (history.name_now(path) for path in look.past.files_naming(person))
    for path in dict.fromkeys(paths):
        for held in _holdings(look, list(history.names_of(path))):
            if held.person == person:
                yield _tenure(look, held, path)


def _holdings(look: Look, named: Sequence[tuple[int, str]]) -> list[Held]:
    """Every holding of a file; until the file changes again it is so, and kept."""
    if not named:
        return []
    (step, path), *_ = named
    kept = look.past.note(f"held {path}", step)
    if isinstance(kept, list):
        return [_held_from(note) for note in kept]

    from orgcode.changes.history import holdings  # only here: mostly it is noted

    found = holdings(_states(look, named))
    look.past.keep_note(f"held {path}", step, [_held_as_note(held) for held in found])
    return found


def _held_as_note(held: Held) -> list[object]:
    return [part.isoformat() if isinstance(part, date) else part for part in held]


def _held_from(note: Sequence[Any]) -> Held:
    person, core, since, is_stated, until, focus = note
    last = date.fromisoformat(until) if until else None
    return Held(person, core, date.fromisoformat(since), is_stated, last, focus)


def _states(look: Look, named: Sequence[tuple[int, str]]) -> list[State]:
    """What a file said, step by step, the oldest first."""
    from orgcode.changes.history import State

    found = []
    for step, path in reversed(named):
        state = look.past.history.state(step, path)
        data = {} if state is None else look.past.data(path, state.blob, state.mode)
        found.append(
            State(
                day=moment_of(look.past.history.graph.times[step]).date(),
                data=data if isinstance(data, Mapping) else None,
            )
        )
    return found


def _tenure(look: Look, held: Held, path: str) -> Tenure:
    role, role_name = address_at(path), _field(look, path, "name")
    if held.core:
        circle = role.removeprefix("circles/")
        role, name = f"roles/{circle}/{held.core}", core_role_name(look, held.core)
        role_name = message(
            "{role} of {circle}", role=name or held.core, circle=role_name or circle
        )
    return Tenure(
        person=held.person,
        person_name=_field(look, path_of("person", held.person), "name"),
        role=role,
        role_name=role_name,
        since=held.since,
        is_stated=held.is_stated,
        until=held.until,
        focus=held.focus,
    )


def _name(look: Look, named: Sequence[tuple[int, str]]) -> object:
    """What a thing is called, or was called last."""
    for step, path in named:
        data = _said(look, step, path)
        if isinstance(data, Mapping):
            return data.get("name") or data.get("title")
    return None


def _field(look: Look, path: str, key: str) -> object:
    data = _said(look, look.past.history.tip, path)
    return data.get(key) if isinstance(data, Mapping) else None
