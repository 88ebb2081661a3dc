"""What changes in the record of proposals: the proposals, and what people said to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from orgcode.changes import words
from orgcode.changes.comparing import compare, differing
from orgcode.changes.sides import Sides, anchors, called
from orgcode.changes.states import Content, Document, readable_at, same, state_at
from orgcode.changes.things import mode_effect
from orgcode.model.effect import Drop, Edit, Effect, Insert, Leave, Mode, Put, Replace, Take
from orgcode.model.facts import Identity
from orgcode.model.message import Message, message
from orgcode.model.snapshot import ORDINARY


def of_proposal(sides: Sides, path: str, identity: Identity) -> Iterator[Effect]:
    """The effects of a proposal.yaml, or of the file with what one person said."""
    before, after = (state_at(org, path) for org in sides.orgs)
    proposal = identity.proposal or identity.id
    thing = called(sides, "proposal", proposal)

    def effect(narrowing: str, said: Message, edits: Iterable[Edit]) -> Effect:
        return Effect(
            kind=f"proposal.{narrowing}",
            thing=f"proposals/{proposal}",
            paths=(path,),
            circles=anchors(sides),
            sentence=said,
            edits=tuple(edits),
        )

    if after is None:
        said = message("The file {path} has been deleted.", path=path)
        yield effect("removed", said, (Leave(path),))
        return
    if isinstance(after, Content):
        said = message(
            "The file {path} cannot be read, so nobody can say what it changes.", path=path
        )
        yield effect("unreadable", said, (Replace(path, after.mode, after.blob),))
        return
    old, new = (readable_at(org, path) for org in sides.orgs)
    mode = () if after.mode == ORDINARY else (Mode(path, after.mode),)
    if isinstance(before, Content):
        said = message("The file {path} can be read again.", path=path)
        yield effect(
            "repaired", said, (Take(path, None), Put(path, (), new), Mode(path, after.mode))
        )
        return
    if isinstance(before, Document) and before.mode != after.mode:
        yield mode_effect(sides, path, after.mode)
    if identity.kind == "response":
        who = sides.person(identity.id)
        for narrowing, said, edits in _said(who, thing, path, old, new):
            start = (Take(path, None), *mode) if before is None else ()
            yield effect(narrowing, said, (*start, *edits))
    elif before is None:
        yield effect(
            "opened", _opened(sides, thing, new), (Take(path, None), Put(path, (), new), *mode)
        )
    else:
        for key in differing(_keys(old), _keys(new)):
            value = _keys(new).get(key)
            edit = Put(path, (key,), value) if key in _keys(new) else Drop(path, (key,))
            narrowing = {"answers": "answered", "outcome": "closed"}.get(key, "amended")
            clauses = words.clauses(sides, key, _keys(old).get(key), value)
            said = _outcome(thing, value) or words.sentence(thing, clauses)
            if key != "outcome":
                said = words.sentence(thing, clauses)
            yield effect(narrowing, said, (edit,))


def _opened(sides: Sides, thing: Message, data: Any) -> Message:
    proposer = _keys(data).get("proposer")
    if not proposer:
        return message("{thing} is new.", thing=thing)
    return message("{thing} is new, by {who}.", thing=thing, who=sides.person(str(proposer)))


def _outcome(thing: Message, outcome: object) -> Message | None:
    match outcome:
        case "rejected":
            return message("{thing} was rejected.", thing=thing)
        case "withdrawn":
            return message("{thing} was withdrawn.", thing=thing)
    return None


def _said(
    who: str, thing: Message, path: str, old: Any, new: Any
) -> Iterator[tuple[str, Message, tuple[Edit, ...]]]:
    """Entries that were added at the end, each by itself; anything else alters the record."""
    before, after = list(old or ()), list(new or ())
    if not same(before, after[: len(before)]):
        found = compare(before, after)
        edits: tuple[Edit, ...] = (
            *(Drop(path, (place,)) for place, _ in found.gone),
            *found.arranging(path, ()),
            *(Insert(path, (place,), item) for place, item in found.new),
        )
        said = message(
            "{thing}: what {who} said has been altered afterwards.", who=who, thing=thing
        )
        yield "altered", said, edits
        return
    for place in range(len(before), len(after)):
        item = after[place]
        stance = item.get("stance") if isinstance(item, Mapping) else ""
        yield "responded", _stance(who, thing, stance), (Insert(path, (place,), item),)
    if not after:
        yield "responded", message("{thing}: nothing said yet by {who}.", thing=thing, who=who), ()


def _stance(who: str, thing: Message, stance: object) -> Message:
    match stance:
        case "consent":
            return message("{thing}: {who} consents.", thing=thing, who=who)
        case "objection":
            return message("{thing}: {who} objects.", thing=thing, who=who)
        case "concern":
            return message("{thing}: {who} has a concern.", thing=thing, who=who)
        case "advice":
            return message("{thing}: {who} gives advice.", thing=thing, who=who)
        case "yes":
            return message("{thing}: {who} votes yes.", thing=thing, who=who)
        case "no":
            return message("{thing}: {who} votes no.", thing=thing, who=who)
        case "abstain":
            return message("{thing}: {who} abstains.", thing=thing, who=who)
        case "withdraw":
            return message("{thing}: {who} withdraws it.", thing=thing, who=who)
    return message("{thing}: {who} said something.", thing=thing, who=who)


def _keys(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {}
