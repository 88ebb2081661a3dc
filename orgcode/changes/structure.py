"""What changes of circles and roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from orgcode.changes import things, words
from orgcode.changes.assignments import person_of
from orgcode.changes.comparing import compare, differing
from orgcode.changes.governance import of_circle_rules
from orgcode.changes.handing import Handing
from orgcode.changes.measuring import measured
from orgcode.changes.sides import Altered
from orgcode.model.effect import Effect
from orgcode.model.message import Message


def of_role(altered: Altered, handing: Handing) -> Iterator[Effect]:
    """The effects of the file of a role."""
    yield from _beginning(altered, handing)
    if things.goes_on(altered):
        yield from things.moving(altered, "circle")
        yield from things.ending(altered)
        yield from things.amending(altered, ("circle", "ended"), _handed(altered, handing))
    yield from things.holdings(altered)


def of_circle(altered: Altered, handing: Handing) -> Iterator[Effect]:
    """The effects of the file of a circle.

    `members` are assignments to the circle. `former` is a note about the past, a field of the
    circle like any other, but those whom it names or names no longer are its subjects.
    """
    yield from _beginning(altered, handing)
    if things.goes_on(altered):
        yield from things.moving(altered, "parent")
        yield from things.ending(altered)
        yield from measured(altered, "metrics", frozenset({"value", "as_of"}))
        left = ("parent", "ended", "metrics", "former", "decision_rules")
        yield from things.amending(altered, left, _handed(altered, handing))
        yield from _former(altered)
    yield from things.holdings(altered)
    yield from of_circle_rules(altered)


def _beginning(altered: Altered, handing: Handing) -> Iterator[Effect]:
    for effect in things.base(altered):
        if effect.narrowing == "added":
            yield replace(effect, sentence=handing.taken_over(altered, effect))
        else:
            yield effect


def _handed(altered: Altered, handing: Handing) -> Mapping[str, list[Message]]:
    if "accountabilities" not in differing(altered.data_before, altered.data_after):
        return {}
    return {"accountabilities": handing.clauses(altered)}


def _former(altered: Altered) -> Iterator[Effect]:
    if "former" not in differing(altered.data_before, altered.data_after):
        return
    found = compare(*altered.items("former"), words.name_of)
    concerned = (
        *(item for _, item in (*found.gone, *found.new)),
        *(item for kept in found.altered for item in (kept.old, kept.new)),
    )
    yield altered.effect(
        "circle.amended",
        words.sentence(
            altered.the_thing, words.clauses(altered.sides, "former", *altered.value("former"))
        ),
        circles=things.circles_of(altered, "former"),
        subjects=(person_of(item) for item in concerned),
        edits=things.put(altered, "former"),
    )
