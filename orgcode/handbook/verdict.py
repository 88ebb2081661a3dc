"""How a proposal was decided, or how it stands: by which rules, by whom, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from orgcode.handbook.book import Book
from orgcode.model.decision import Counted, Decision, Ruling
from orgcode.model.effect import named
from orgcode.model.entities import Proposal
from orgcode.model.message import Message, message, messages
from orgcode.rendering.page import Ref, Word


class VoiceView(Struct, frozen=True, kw_only=True):
    """Somebody who decides or said something, and how it counts."""

    person: Ref
    why: Message
    state: str
    is_counted: bool


class RulingView(Struct, frozen=True, kw_only=True):
    """What one thing that was needed came to."""

    about: tuple[Message, ...]
    circle: Ref | None
    method: Message | Word | None
    outcome: Message
    state: str
    sentence: Message | None
    rule: Message | None
    way_out: Message | None
    origin: Message | None
    deciding: Message | None
    """How many people decide."""
    needs_proof: Message | None
    """How sure it has to be who said something."""
    voices: tuple[VoiceView, ...]
    aside: tuple[VoiceView, ...]
    """Those who are not counted."""


def ruling_views(book: Book, proposal: Proposal, decision: Decision) -> tuple[RulingView, ...]:
    """How it was decided, ruling by ruling; the assent of the proposer alone is not told."""
    found = [each for each in decision.rulings if not _is_plain(each, proposal)]
    return tuple(_view(book, each, is_open=decision.is_open) for each in found)


def missing(book: Book, decision: Decision) -> tuple[Ref, ...]:
    """Those whose response it waits for."""
    ids = dict.fromkeys(person for each in decision.rulings for person in each.missing)
    return book.refs_in_order(book.refs.person(id) for id in ids)


def _is_plain(ruling: Ruling, proposal: Proposal) -> bool:
    """The assent of whoever proposes something goes without saying."""
    people = {voice.person for voice in ruling.voices}
    return ruling.sort != "rule" and ruling.outcome == "adopted" and people == {proposal.proposer}


def _view(book: Book, ruling: Ruling, *, is_open: bool) -> RulingView:
    hides = bool(book.audience.hidden)
    outcome, state = _OUTCOMES[ruling.outcome]
    is_rule = ruling.sort == "rule"
    voices = () if hides or not is_rule else tuple(_voices(book, ruling, is_open=is_open))
    return RulingView(
        about=_distinct(named(kind) for kind in ruling.kinds) if is_rule else (_OWN[ruling.sort],),
        circle=book.refs.circle(ruling.circle) if is_rule and not hides else None,
        method=_METHODS.get(ruling.by),
        outcome=outcome,
        state=state,
        sentence=None if hides else ruling.sentence,
        rule=None if hides else ruling.rule,
        way_out=ruling.way_out if is_open and not hides else None,
        origin=None if hides else ruling.origin,
        deciding=messages("{count} person decides.", "{count} people decide.", ruling.deciding)
        if ruling.deciding
        else None,
        needs_proof=_LEVELS.get(ruling.level),
        voices=tuple(voice for voice in voices if voice.is_counted or is_open),
        aside=tuple(voice for voice in voices if not (voice.is_counted or is_open)),
    )


def _voices(book: Book, ruling: Ruling, *, is_open: bool) -> Iterator[VoiceView]:
    for voice in ruling.voices:
        is_silent = not voice.stance and voice.why == _NOT_YET
        yield VoiceView(
            person=book.refs.person(voice.person),
            why=message("did not respond") if is_silent and not is_open else voice.why,
            state=_state(voice),
            is_counted=voice.is_counted,
        )


def _distinct(phrases: Iterable[Message]) -> tuple[Message, ...]:
    said: list[Message] = []
    for phrase in phrases:
        if phrase not in said:
            said.append(phrase)
    return tuple(said)


def _state(voice: Counted) -> str:
    if not voice.is_counted:
        return "" if voice.stance else "waiting"
    return _OF_STANCE.get(voice.stance, "planned")


_NOT_YET = message("has not responded yet")
_OWN = {
    "own": message("Own assent"),
    "proposer": message("Assent of the proposer"),
}
_OF_STANCE = {
    "consent": "adopted",
    "yes": "adopted",
    "objection": "blocked",
    "no": "blocked",
    "concern": "ending",
    "advice": "waiting",
}
_OUTCOMES: dict[str, tuple[Message, str]] = {
    "adopted": (message("agreed"), "adopted"),
    "open": (message("not decided yet"), "waiting"),
    "blocked": (message("blocked"), "blocked"),
    "rejected": (message("rejected"), "blocked"),
    "invalid": (message("not possible"), "blocked"),
}
_METHODS: dict[str, Message | Word] = {
    "advice": message("advice process"),
    "consent": Word(key="consent"),
    "consensus": Word(key="consensus"),
    "vote": message("vote"),
    "role": message("decision of one {role}", role=Word(key="role")),
}
_LEVELS = {
    "minuted": message(
        "Only what was signed, or taken down in a meeting and signed by whoever keeps its minutes, "
        "counts here."
    ),
    "attested": message("Only what was signed, or said with an account on the forge, counts here."),
    "signed": message("Only what was signed counts here."),
}
