"""One thing, with all its fields, who holds it and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgcode.i18n.translator import Translator
from orgcode.model.entities import Circle, Holding, Person, Proposal, Role, Thing
from orgcode.model.entry_digests import digest_in
from orgcode.model.message import Message, many, message, messages, one
from orgcode.model.org import Org
from orgcode.reporting.json import write_json
from orgcode.reporting.labels import label
from orgcode.reporting.terminal import in_lines, quoted
from orgcode.reporting.values import Values

HIDDEN = {"id", "path", "pointer", "name", "title", "core", "format", "holders", "seats", "answers"}
"""Fields that are in the heading, or said in another way."""

Row = tuple[str, tuple[str, ...]]


def report_thing(
    kind: str,
    address: str,
    thing: Thing,
    org: Org,
    translator: Translator,
    decides: Iterable[str],
    *,
    is_adopted: bool = False,
) -> str:
    """A thing in plain text; `decides` are the sentences that say who decides about it, and
    `is_adopted` whether it is a proposal that was.
    """
    translator = translator.speaking(org.ruleset)
    values = Values(org, translator)
    kind_label = label("organisation" if kind == "org" else kind, org.ruleset, translator)
    lines = [values.text(name_of(thing)), f"{kind_label} · {address}", ""]
    rows = [*_fields(thing, values), *_around(thing, org, values, translator)]
    if is_adopted:
        rows.append(("outcome", (translator.say(message("adopted")),)))
    if thing.ended is None or thing.is_live(org.today):
        rows.append(("decides", tuple(decides)))
    for key, parts in rows:
        if parts:
            lines.extend(_row(label(key, org.ruleset, translator), parts))
    return in_lines("\n".join(lines)) + "\n"


def report_thing_as_json(kind: str, address: str, thing: Thing, org: Org, decides: object) -> str:
    """A thing as data, with fields that stay: `kind`, `id`, `address`, `path`, `data` (what the
    file says), `live`, `decides`; for a role `holders` ({person, name, since, until, state}) and
    `open_seats`; for a circle `roles`, `members` and `sub_circles`; for a person `roles` and
    `circles` (all ids).
    """
    data: dict[str, object] = {
        "kind": kind,
        "id": thing.id,
        "address": address,
        "path": thing.path,
        "live": thing.is_live(org.today),
        "data": _data(thing, org),
    }
    match thing:
        case Role():
            data["holders"] = [_holder(holding, org) for holding in thing.holders]
            data["open_seats"] = org.open_seats(thing)
        case Circle():
            data["roles"] = [role.id for role in org.live_roles_in(thing.id)]
            data["members"] = sorted(org.members(thing.id))
            data["sub_circles"] = [circle.id for circle in org.live_children(thing.id)]
        case Person():
            data["roles"] = [seat.role.id for seat in org.current_seats(thing.id)]
            data["circles"] = org.circles_of.get(thing.id, ())
    return write_json({**data, "decides": decides})


def name_of(thing: Thing) -> str | Mapping[str, str]:
    """What people call a thing."""
    name: object = getattr(thing, "title", None) or getattr(thing, "name", None)
    return name if isinstance(name, str | Mapping) else thing.id


def _data(thing: Thing, org: Org) -> object:
    file = org.files.get(thing.path)
    data: object = file.data if file else None
    for step in thing.pointer:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _holder(holding: Holding, org: Org) -> dict[str, object]:
    person = org.people.get(holding.person)
    return {
        "person": holding.person,
        "name": person.name if person else None,
        "since": holding.since,
        "until": holding.until,
        "state": holding.state(org.today),
    }


def _fields(thing: Thing, values: Values) -> Iterator[Row]:
    common = set(Thing.__struct_fields__)
    names = [field for field in thing.__struct_fields__ if field not in HIDDEN]
    for name in sorted(names, key=lambda name: name in common):
        yield name, tuple(values.lines(name, getattr(thing, name)))


def _around(thing: Thing, org: Org, values: Values, translator: Translator) -> Iterator[Row]:
    match thing:
        case Role():
            yield from _holders(thing, org, values, translator)
        case Circle():
            yield (
                "roles",
                tuple(
                    _role_line(role, org, values, translator)
                    for role in org.live_roles_in(thing.id)
                ),
            )
            yield "people", tuple(values.person(id) for id in sorted(org.members(thing.id)))
            yield "sub_circles", tuple(values.circle(c.id) for c in org.live_children(thing.id))
        case Person():
            yield (
                "roles",
                tuple(
                    f"{values.role(seat.role.id)}, {values.circle(seat.role.circle)}"
                    for seat in org.current_seats(thing.id)
                ),
            )
            yield (
                "next",
                tuple(
                    f"{values.role(seat.role.id)}: {values.holding(seat.holding)}"
                    for seat in org.seats_of.get(thing.id, ())
                    if seat.holding.state(org.today) == "planned"
                ),
            )
            yield "circles", tuple(values.circle(id) for id in org.circles_of.get(thing.id, ()))
        case Proposal():
            yield "responses", tuple(_responses(thing, org, values, translator))


def _responses(
    proposal: Proposal, org: Org, values: Values, translator: Translator
) -> Iterator[str]:
    """What each person said, the first first, with what the proposer answered."""
    answers = {answer.to: answer.text for answer in proposal.answers}
    entries = org.responses_to.get(proposal.id, ())
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.person)):
        lines = [f"{values.person(entry.person)}: {entry.stance}"]
        if entry.reason:
            lines[0] += f' "{quoted(values.text(entry.reason))}"'
        if answer := answers.get(digest_in(org, entry) or ""):
            text = quoted(values.text(answer))
            told = message("Answer of the proposer: {answer}", answer=text)
            lines.append(translator.say(told))
        yield "\n".join(lines)


def _holders(role: Role, org: Org, values: Values, translator: Translator) -> Iterator[Row]:
    yield "holders", tuple(values.holding(holding) for holding in org.holders(role))
    if (open_seats := org.open_seats(role)) and role.is_live(org.today):
        yield "open", (translator.say(_open(open_seats, role.seats)),)
    planned = (h for h in role.holders if h.state(org.today) == "planned")
    yield "next", tuple(values.holding(holding) for holding in planned)


def _role_line(role: Role, org: Org, values: Values, translator: Translator) -> str:
    people = dict.fromkeys(holding.person for holding in org.holders(role))
    holders = [values.person(person) for person in people]
    if open_seats := org.open_seats(role):
        holders.append(translator.say(_open(open_seats, role.seats)))
    return f"{values.role(role.id)}: {', '.join(holders)}"


def _open(count: int, seats: int) -> Message:
    if seats == 1:
        return message("vacant")
    return messages(
        "{count} {seat} vacant",
        "{count} {seats} vacant",
        count,
        seat=one("seat"),
        seats=many("seat"),
    )


def _row(name: str, parts: tuple[str, ...]) -> Iterator[str]:
    """A short single value stands behind its label, anything else below it."""
    if len(parts) == 1 and "\n" not in parts[0].strip() and len(name) + len(parts[0]) < 90:
        yield f"{name}: {parts[0].strip()}"
        return
    yield f"{name}:"
    for part in parts:
        first, *rest = part.strip().split("\n")
        mark = "- " if len(parts) > 1 else ""
        yield f"  {mark}{first}"
        yield from (f"  {' ' * len(mark)}{line}".rstrip() for line in rest)
