"""The things of a kind, as a table or as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgcode.i18n.translator import Translator
from orgcode.model.entities import (
    Agreement,
    Circle,
    Objective,
    Person,
    Policy,
    Proposal,
    Role,
    Tension,
    Thing,
)
from orgcode.model.message import Message, many, message, messages, one
from orgcode.model.org import Org
from orgcode.reporting.json import write_json
from orgcode.reporting.labels import label
from orgcode.reporting.terminal import in_lines, one_line
from orgcode.reporting.things import name_of
from orgcode.reporting.values import Values

Cells = dict[str, object]


def report_list(things: Sequence[Thing], org: Org, translator: Translator) -> str:
    """A table with a line for each thing, its id first."""
    values = Values(org, translator)
    rows = [_in_words(cells(thing, org, values), values) for thing in things]
    if not rows:
        return ""
    heads = [label(key, org.ruleset, translator) for key in rows[0]]
    heads[0] = "id"
    table = [heads, *([one_line(cell) for cell in row.values()] for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(heads))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )
    return in_lines("\n".join(lines)) + "\n"


def report_list_as_json(kind: str, things: Sequence[Thing], org: Org, values: Values) -> str:
    """`kind`, and `things`: a list of objects with `id` and the columns of the table, references
    as ids and dates as they are written in files.
    """
    rows = [cells(thing, org, values) for thing in things]
    return write_json({"kind": kind, "things": rows})


def why_empty(
    kind: str, *, live: int, over: int, filters: Sequence[str], org: Org, translator: Translator
) -> Message:
    """Why a list has nothing in it."""
    words = translator.speaking(org.ruleset)
    terms = words.word(many(kind))
    if live:
        return messages(
            "There is one {term}, but it does not fit: {filters}.",
            "None of the {count} {terms} fits: {filters}.",
            live,
            term=words.word(one(kind)),
            terms=terms,
            filters=", ".join(filters),
        )
    if over:
        return message("There are no {terms} any more: all are over.", terms=terms)
    return message("There are no {terms} yet.", terms=terms)


def cells(thing: Thing, org: Org, values: Values) -> Cells:
    """What a list tells of a thing, by column."""
    return dict(_cells(thing, org, values))


def _cells(thing: Thing, org: Org, values: Values) -> Iterator[tuple[str, object]]:
    yield "id", thing.id
    yield "name", values.text(name_of(thing))
    match thing:
        case Circle():
            yield "parent", thing.parent
            yield "people", len(org.members(thing.id))
            yield "roles", len(org.live_roles_in(thing.id))
            yield "open", sum(org.open_seats(role) for role in org.live_roles_in(thing.id))
        case Role():
            yield "circle", thing.circle
            yield "holders", tuple(dict.fromkeys(h.person for h in org.holders(thing)))
            yield "open", org.open_seats(thing)
        case Person():
            yield "circles", org.circles_of.get(thing.id, ())
            yield "roles", len(org.current_seats(thing.id))
        case Policy():
            yield "circle", thing.circle
            yield "kind", thing.kind
            yield "review_on", thing.review_on
        case Agreement():
            yield "circle", thing.circle
            yield "kind", thing.kind
            yield "agreed_on", thing.agreed_on
        case Objective():
            yield "circle", thing.circle
            yield "owner", thing.owner
            yield "ends_on", thing.ends_on
            yield "progress", None if thing.progress is None else round(thing.progress, 3)
        case Tension():
            yield "sensed_by", thing.sensed_by
            yield "sensed_on", thing.sensed_on
            yield "closed", thing.closed.on if thing.closed else None
        case Proposal():
            yield "proposer", thing.proposer
            yield "opened_at", thing.opened_at
            yield "outcome", thing.outcome


def _in_words(row: Cells, values: Values) -> dict[str, str]:
    return {key: _cell(key, value, values) for key, value in row.items()}


def _cell(key: str, value: object, values: Values) -> str:
    if key == "progress" and isinstance(value, float):
        return f"{value:.0%}"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return ", ".join(values.lines("kind" if key == "kind" else "id", value))
