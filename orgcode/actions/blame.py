"""Where each line of a thing comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from orgcode.actions.past_things import (
    Look,
    PastThing,
    is_altered_on_disk,
    look_back,
    proposal_in,
    thing_meant,
    vocabulary,
)
from orgcode.actions.progress import Progress, silent
from orgcode.changes.blame import Origin, blame
from orgcode.model.errors import OrgcodeError
from orgcode.model.facts import identify
from orgcode.model.history import Recorded, Version
from orgcode.model.message import message
from orgcode.model.term import Term


class Traced(Struct, frozen=True, kw_only=True):
    """One field, or one item of a list: what it says and which change made it say so.

    `step` brought that change to the main line, if it was made beside it; `proposal` is the one
    that came with it. `first` is the change with which it began, and `before` what it said before,
    if it has been reworded.
    """

    place: tuple[str, ...]
    is_listed: bool
    value: object
    made: Recorded
    step: Recorded | None = None
    proposal: str | None = None
    first: Recorded | None = None
    before: object = None


class Blamed(Struct, frozen=True, kw_only=True):
    """Every line of a thing, and what else is to be said about it.

    `cut_off` is the day before which a shallow clone knows nothing, if any line may be older.
    """

    thing: PastThing
    data: object
    lines: tuple[Traced, ...]
    cut_off: date | None
    is_altered: bool
    words: Mapping[str, Term]


def blame_thing(
    directory: Path,
    today: date,
    text: str,
    *,
    at: str | None = None,
    progress: Progress = silent,
) -> Blamed:
    """Where each line of the thing at an address comes from; raises `OrgcodeError` where there is
    no such thing, or its file cannot be read.
    """

    def work(look: Look) -> Blamed:
        thing = thing_meant(look, text)
        if not thing.is_there:
            raise OrgcodeError(
                message("{address} is no longer there.", address=thing.address),
                message("The command 'orgcode log' tells what became of it."),
            )
        past = look.past
        versions = past.history.versions(thing.path)
        data = [past.data(version.path, version.blob) for version in versions]
        if not versions or identify(thing.path) is None or data[0] is None:
            raise _unreadable(thing)
        found = [
            origin
            for origin in blame(versions, data)
            if origin.item.place[: len(thing.pointer)] == thing.pointer
        ]
        return Blamed(
            thing=thing,
            data=data[0],
            lines=_traced(look, found),
            cut_off=look.cut_off if _reaches_the_end(look, versions) else None,
            is_altered=at is None and is_altered_on_disk(look, thing.path),
            words=vocabulary(look),
        )

    return look_back(directory, today, at, work, progress)


def _traced(look: Look, origins: list[Origin]) -> tuple[Traced, ...]:
    past = look.past
    brought = past.history.brought_by({origin.commit for origin in origins})
    commits = {commit for origin in origins for commit in (origin.commit, origin.first)}
    commits.update(brought.values())
    recorded = {commit: past.recorded(commit) for commit in commits}
    proposals = {step: proposal_in(look, step) for step in set(brought.values())}
    found = []
    for origin in origins:
        step = brought.get(origin.commit, origin.commit)
        found.append(
            Traced(
                place=origin.item.place,
                is_listed=origin.item.is_listed,
                value=origin.item.value,
                made=recorded[origin.commit],
                step=recorded[step] if step != origin.commit else None,
                proposal=proposals.get(step),
                first=recorded[origin.first] if origin.first != origin.commit else None,
                before=origin.before,
            )
        )
    return tuple(found)


def _reaches_the_end(look: Look, versions: list[Version]) -> bool:
    """Whether a version stands where a shallow clone ends: it may be older than that."""
    graph, ends = look.past.history.graph, look.past.index.cut_off
    return bool(ends) and any(graph.id(version.commit) in ends for version in versions)


def _unreadable(thing: PastThing) -> OrgcodeError:
    if identify(thing.path) is None:
        return OrgcodeError(
            message("{path} is no file with fields.", path=thing.path),
            message("The command 'git blame' tells of each line where it comes from."),
        )
    return OrgcodeError(
        message("The file {path} cannot be read.", path=thing.path),
        message("The command 'orgcode check' tells what is wrong with it."),
    )
