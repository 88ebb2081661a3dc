"""The overview of proposals: what is open, with all that is needed to take part, and what has been
decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from orgcode.handbook.addresses import OVERVIEWS
from orgcode.handbook.book import Book
from orgcode.handbook.deliberation import moment_or_text
from orgcode.handbook.free import guide_address
from orgcode.handbook.listing import Entry
from orgcode.handbook.proposals import Changes, OpenView, changes_of, open_view
from orgcode.handbook.standing import is_draft, is_open, standing
from orgcode.model.entities import Proposal
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref, Word

_LINES = 4
"""So many sentences about what an open proposal changes are told."""


class OpenEntry(Struct, frozen=True, kw_only=True):
    """A proposal that is open, with all that is needed to take part."""

    ref: Ref
    mark: Message | None
    state: str
    proposer: Ref
    opened: datetime | str | None
    changes: Changes | None
    open: OpenView | None


class Year(Struct, frozen=True, kw_only=True):
    """What was proposed in a year and is decided, the latest first."""

    year: str
    entries: tuple[Entry, ...]


class ProposalsView(Struct, frozen=True, kw_only=True):
    """All proposals."""

    meaning: str | None
    open: tuple[OpenEntry, ...]
    drafts: tuple[Entry, ...]
    years: tuple[Year, ...]
    knows_open: bool
    """Whether it is known what is open."""
    how: Ref
    """Where it says how to propose something."""


def proposals_page(book: Book) -> Page:
    """The overview of proposals, the latest first."""
    decided, drafts, waiting = [], [], []
    for proposal in latest_first(book.org.proposals.values()):
        if is_open(book, proposal):
            waiting.append(_open_entry(book, proposal))
        elif is_draft(book, proposal):
            drafts.append(proposal_entry(book, proposal))
        else:
            decided.append(proposal)
    term = book.org.ruleset.vocabulary.get("proposal")
    return Page(
        path=OVERVIEWS["proposal"],
        template="pages/proposals.html",
        title=Word(key="proposal", many=True, capital=True),
        view=ProposalsView(
            meaning=book.translator.read(term.meaning) if term else None,
            open=tuple(waiting),
            drafts=tuple(drafts),
            years=tuple(_years(book, decided)),
            knows_open=book.past is not None,
            how=Ref(label=message("how"), path=guide_address("proposing.md")),
        ),
        crumbs=(book.home(),),
    )


def open_refs(book: Book) -> tuple[Ref, ...]:
    """The proposals that are open, the latest first."""
    if book.past is None or not book.audience.shows("proposal"):
        return ()
    ids = (id for id in book.past.open_proposals() if id in book.org.proposals)
    found = latest_first(book.org.proposals[id] for id in ids)
    return tuple(book.refs.thing("proposal", proposal.id) for proposal in found)


def proposal_entry(book: Book, proposal: Proposal) -> Entry:
    """A proposal: who made it when, and what became of it."""
    mark, state = standing(book, proposal)
    opened = moment_or_text(proposal.opened_at)
    who = book.refs.person(proposal.proposer)
    if isinstance(opened, datetime):
        line = message("by {person}, {day}", person=who, day=opened.date())
    else:
        line = message("by {person}", person=who)
    ref = book.refs.thing("proposal", proposal.id)
    return Entry(ref=ref, line=line, mark=mark, state=state)


def latest_first(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Proposals, the one opened last first."""
    return sorted(proposals, key=lambda p: (p.opened_at, p.id), reverse=True)


def _open_entry(book: Book, proposal: Proposal) -> OpenEntry:
    decision = book.past.decision(proposal.id) if book.past else None
    mark, state = standing(book, proposal)
    return OpenEntry(
        ref=book.refs.thing("proposal", proposal.id),
        mark=mark,
        state=state,
        proposer=book.refs.person(proposal.proposer),
        opened=moment_or_text(proposal.opened_at) if proposal.opened_at else None,
        changes=changes_of(book, decision, _LINES),
        open=open_view(book, proposal, decision),
    )


def _years(book: Book, proposals: list[Proposal]) -> Iterator[Year]:
    for year, found in groupby(proposals, key=lambda proposal: proposal.opened_at[:4]):
        yield Year(year=year, entries=tuple(proposal_entry(book, one) for one in found))
