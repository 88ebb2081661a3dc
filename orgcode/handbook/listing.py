"""Lines in which things stand in lists on other pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from orgcode.handbook.ages import ends_soon
from orgcode.handbook.book import Book
from orgcode.handbook.standing import standing
from orgcode.model.entities import (
    AGREEMENT_KINDS,
    Agreement,
    Objective,
    Policy,
    Proposal,
    Tension,
    Text,
)
from orgcode.model.message import Message, message
from orgcode.rendering.page import Ref, Word

BEHIND = 0.2
"""An objective is behind when so much more of its time is over than of its work is done."""


class Entry(Struct, frozen=True, kw_only=True):
    """A thing in a list: its name, a line about it, and a mark for its state."""

    ref: Ref
    line: Text | Message | Word | None = None
    mark: Message | None = None
    state: str = ""
    progress: float | None = None


def letter_of(book: Book, ref: Ref) -> str:
    """The letter under which something stands in a long list; `#` where its name has none."""
    first = book.key(ref)[:1].upper()
    return first if first.isalpha() else "#"


def policy_entries(book: Book, policies: Iterable[Policy]) -> tuple[Entry, ...]:
    """Policies, those that are over last."""
    return _ordered(book, "policy", (policy_entry(book, policy) for policy in policies))


def policy_entry(book: Book, policy: Policy) -> Entry:
    """A policy: of which kind it is, and what is due."""
    today, mark, state = book.today, None, ""
    if policy.effective_on and today < policy.effective_on:
        mark, state = message("from {day}", day=policy.effective_on), "planned"
    elif policy.expires_on and policy.expires_on <= today:
        mark, state = message("expired on {day}", day=policy.expires_on), "past"
    elif policy.review_on and policy.review_on < today:
        mark, state = message("review was due on {day}", day=policy.review_on), "ending"
    elif ends_soon(policy.review_on, today):
        mark, state = message("review on {day}", day=policy.review_on), "ending"
    kind = book.org.ruleset.policy_kinds.get(policy.kind, policy.kind) if policy.kind else None
    return Entry(ref=book.refs.thing("policy", policy.id), line=kind, mark=mark, state=state)


def agreement_entries(book: Book, agreements: Iterable[Agreement]) -> tuple[Entry, ...]:
    """Agreements, those that are over last."""
    return _ordered(
        book, "agreement", (agreement_entry(book, agreement) for agreement in agreements)
    )


def agreement_entry(book: Book, agreement: Agreement) -> Entry:
    """An agreement: of which kind it is, between whom, since when."""
    parties = tuple(book.refs.party(party) for party in agreement.between)
    kind: Message | Word = AGREEMENT_KINDS.get(agreement.kind, Word(key="agreement"))
    line: Message | Word
    if parties and agreement.agreed_on:
        line = message(
            "{kind}, between {parties}, {day}", kind=kind, parties=parties, day=agreement.agreed_on
        )
    elif parties:
        line = message("{kind}, between {parties}", kind=kind, parties=parties)
    elif agreement.agreed_on:
        line = message("{kind}, {day}", kind=kind, day=agreement.agreed_on)
    else:
        line = kind
    return Entry(ref=book.refs.thing("agreement", agreement.id), line=line)


def objective_entries(book: Book, objectives: Iterable[Objective]) -> tuple[Entry, ...]:
    """Objectives, those that are over last."""
    return _ordered(
        book, "objective", (objective_entry(book, objective) for objective in objectives)
    )


def objective_entry(book: Book, objective: Objective) -> Entry:
    """An objective: until when, how far, and what became of it."""
    line = message("until {day}", day=objective.ends_on) if objective.ends_on else None
    mark, state = objective_state(book, objective)
    return Entry(
        ref=book.refs.thing("objective", objective.id),
        line=line,
        mark=mark,
        state=state,
        progress=None if objective.result else objective.progress,
    )


def objective_state(book: Book, objective: Objective) -> tuple[Message | None, str]:
    """What became of an objective, in a word and a state."""
    if objective.result == "achieved":
        return message("achieved"), "adopted"
    if objective.result == "dropped":
        return message("dropped"), "past"
    if objective.starts_on and book.today < objective.starts_on:
        return message("planned"), "planned"
    if objective.ends_on and objective.ends_on < book.today:
        return message("its period is over"), "ending"
    if behind(objective, book.today) is not None:
        return message("behind"), "ending"
    return None, ""


def behind(objective: Objective, today: date) -> float | None:
    """The share of its time that is over, where an objective is behind; None where it is not."""
    start, end, done = objective.starts_on, objective.ends_on, objective.progress
    if start is None or end is None or done is None or not start <= today <= end or start == end:
        return None
    gone = (today - start) / (end - start)
    return gone if gone - done > BEHIND else None


def tension_entries(book: Book, tensions: Iterable[Tension]) -> tuple[Entry, ...]:
    """Tensions, those that are closed last."""
    return _ordered(book, "tension", (tension_entry(book, tension) for tension in tensions))


def tension_entry(book: Book, tension: Tension) -> Entry:
    """A tension: who senses it since when, and what came of it."""
    who = book.refs.person(tension.sensed_by)
    if tension.sensed_on:
        line = message("sensed by {person}, {day}", person=who, day=tension.sensed_on)
    else:
        line = message("sensed by {person}", person=who)
    mark, state = tension_state(book, tension)
    return Entry(
        ref=book.refs.thing("tension", tension.id),
        line=line,
        mark=mark,
        state=state,
    )


def tension_state(book: Book, tension: Tension) -> tuple[Message, str]:
    """What came of a tension so far, in a word and a state."""
    if tension.closed is not None and tension.closed.on <= book.today:
        return message("closed"), "past"
    made = book.index.proposals_from.get(tension.id, ())
    standings = [standing(book, each)[1] for each in made]
    if "adopted" in standings:
        return message("{proposal} adopted", proposal=Word(key="proposal")), "adopted"
    if any(each.outcome is None for each in made):
        return message("{proposal} made", proposal=Word(key="proposal")), "planned"
    if made:
        mark, _, _ = _IN_VAIN[_last(made).outcome or ""]
        return mark, "waiting"
    return message("open"), "waiting"


def tried_in_vain(book: Book, tension: Tension) -> Message | None:
    """What became of the last proposal that a tension led to; None where one is left, or none was
    made.
    """
    made = book.index.proposals_from.get(tension.id, ())
    if not made or any(each.outcome is None for each in made):
        return None
    _, the_only, the_last = _IN_VAIN[_last(made).outcome or ""]
    return the_only if len(made) == 1 else the_last


def _last(made: Iterable[Proposal]) -> Proposal:
    return max(made, key=lambda each: (each.opened_at, each.id))


_PROPOSAL = Word(key="proposal")
_IN_VAIN: Mapping[str, tuple[Message, Message, Message]] = {
    "rejected": (
        message("{proposal} rejected", proposal=_PROPOSAL),
        message("its {proposal} was rejected", proposal=_PROPOSAL),
        message("its last {proposal} was rejected", proposal=_PROPOSAL),
    ),
    "withdrawn": (
        message("{proposal} withdrawn", proposal=_PROPOSAL),
        message("its {proposal} was withdrawn", proposal=_PROPOSAL),
        message("its last {proposal} was withdrawn", proposal=_PROPOSAL),
    ),
}
"""By outcome: the word for it, and the sentence about the only proposal or the last of several."""


def _ordered(book: Book, kind: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    if not book.audience.shows(kind):
        said = message(
            "{things} are not shown in this handbook.",
            things=Word(key=kind, many=True, capital=True),
        )
        return (Entry(ref=Ref(label=said)),)
    return tuple(
        sorted(
            entries,
            key=lambda e: (e.ref.is_over or e.state == "past", book.key(e.ref), e.ref.id),
        )
    )
