"""The page of a proposal: what it changes, why, what was said to it, and how it was decided."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.ages import age
from orgcode.handbook.book import Book
from orgcode.handbook.deliberation import Deliberation, deliberation, moment_or_text
from orgcode.handbook.discretion import is_quiet
from orgcode.handbook.listing import tension_state
from orgcode.handbook.standing import is_draft, is_open, standing
from orgcode.handbook.story import Line, lines_of
from orgcode.handbook.thing import Commons, commons, page_of
from orgcode.handbook.verdict import RulingView, missing, ruling_views
from orgcode.model.decision import Decision
from orgcode.model.entities import Proposal
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref

_LINES = 40
"""So many sentences about what it changes are told."""


class OpenView(Struct, frozen=True, kw_only=True):
    """What is to be known of a proposal that is open."""

    sentence: Message | None
    missing: tuple[Ref, ...]
    responded: tuple[Ref, ...]
    until: datetime | None
    adoptable_from: datetime | None
    command: str
    """What to type to respond."""


class Changes(Struct, frozen=True, kw_only=True):
    """What a proposal changes, in sentences."""

    lines: tuple[Line, ...]
    more: int
    """How many sentences are not told."""


class ProposalView(Struct, frozen=True, kw_only=True):
    """A proposal as its page shows it."""

    proposal: Proposal
    proposer: Ref
    opened: datetime | str | None
    decided: datetime | None
    role: Ref | None
    tension: Ref | None
    tension_mark: Message | None
    tension_state: str
    asked: tuple[Ref, ...]
    mark: Message | None
    state: str
    is_draft: bool
    changes: Changes | None
    """None where nothing is known of what it changes."""
    rulings: tuple[RulingView, ...]
    notes: tuple[Message, ...]
    """What else is to be known of how it was judged."""
    is_founding: bool
    unlawful: Message | None
    """Why it should not have been adopted as it was."""
    said: Deliberation
    open: OpenView | None
    evaluation: Message | None
    """How far ahead its evaluation is, or how long ago it was due."""
    commons: Commons


def proposal_page(book: Book, proposal: Proposal) -> Page:
    """The page of one proposal, with everything said to it."""
    decision = book.past.decision(proposal.id) if book.past else None
    mark, state = standing(book, proposal)
    tension = book.org.tensions.get(proposal.tension_id or "")
    tension_mark, tension_shape = tension_state(book, tension) if tension else (None, "")
    view = ProposalView(
        proposal=proposal,
        proposer=book.refs.person(proposal.proposer),
        opened=moment_or_text(proposal.opened_at) if proposal.opened_at else None,
        decided=decision.at if decision else None,
        role=book.refs.role(proposal.role) if proposal.role else None,
        tension=book.refs.thing("tension", proposal.tension_id) if proposal.tension_id else None,
        tension_mark=tension_mark,
        tension_state=tension_shape,
        asked=(
            *(book.refs.person(person) for person in proposal.ask_people),
            *(book.refs.role(role) for role in proposal.ask_roles),
        ),
        mark=mark,
        state=state,
        is_draft=is_draft(book, proposal),
        changes=changes_of(book, decision, _LINES),
        rulings=ruling_views(book, proposal, decision) if decision else (),
        notes=_notes(book, decision),
        is_founding=decision.is_founding if decision else False,
        unlawful=_unlawful(book, proposal, decision),
        said=deliberation(book, proposal, decision),
        open=open_view(book, proposal, decision),
        evaluation=_evaluation(book, proposal.evaluate_on),
        commons=commons(book, proposal),
    )
    crumbs = (book.home(), book.overview("proposal"))
    page = page_of(book, "proposal", proposal, view, crumbs=crumbs)
    # while it is open, it stands elsewhere than the files, and has no history among them
    return replace(page, story=None, forge_url=None) if view.open else page


def changes_of(book: Book, decision: Decision | None, most: int) -> Changes | None:
    """What a proposal changes, as far as readers are shown it; None where that is not known."""
    if decision is None:
        return None
    told = [one for one in decision.told if not is_quiet(one)] or list(decision.told)
    lines = lines_of(book, told, "")
    if decision.told and not lines:
        return None
    return Changes(lines=lines[:most], more=max(0, len(lines) - most))


def open_view(book: Book, proposal: Proposal, decision: Decision | None) -> OpenView | None:
    """What there is to know and do while a proposal is open; None where it is not."""
    if decision is None or not is_open(book, proposal):
        return None
    hides = bool(book.audience.hidden)
    people = dict.fromkeys(e.person for e in book.org.responses_to.get(proposal.id, ()))
    return OpenView(
        sentence=None if hides else decision.sentence,
        missing=() if hides else missing(book, decision),
        responded=book.refs_in_order(book.refs.person(person) for person in people),
        until=decision.until,
        adoptable_from=decision.adoptable_from,
        command=f"orgcode respond {proposal.id} consent",
    )


def _notes(book: Book, decision: Decision | None) -> tuple[Message, ...]:
    if decision is None or book.audience.hidden:
        return ()
    said = [ruling.sentence for ruling in decision.rulings]
    return tuple(reason for reason in decision.reasons if reason not in said)


def _unlawful(book: Book, proposal: Proposal, decision: Decision | None) -> Message | None:
    is_adopted = proposal.outcome is None and not is_open(book, proposal)
    if decision is None or not is_adopted or decision.outcome in {"", "adopted"}:
        return None
    if book.audience.hidden or decision.sentence is None:
        return message("By the rules of that day it should not have been adopted.")
    return message(
        "By the rules of that day it should not have been adopted: {why}", why=decision.sentence
    )


def _evaluation(book: Book, day: date | None) -> Message | None:
    return age(day, book.today) if day else None
