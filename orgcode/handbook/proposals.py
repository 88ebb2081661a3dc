"""The page of a proposal, with everything that was said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from orgcode.handbook.book import Book
from orgcode.handbook.thing import Commons, commons, page_of
from orgcode.model.entities import Proposal, Response, Text
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLine:
    """One entry of a response."""

    person: Ref
    stance: Ref | Word | Message
    at: datetime | str
    role: Ref | None
    reason: Text | None
    nominee: Ref | None
    recorded_by: Ref | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal as its page shows it."""

    proposal: Proposal
    proposer: Ref
    opened: datetime | str | None
    role: Ref | None
    tension: Ref | None
    asked: tuple[Ref, ...]
    responses: tuple[ResponseLine, ...]
    mark: Message | None
    state: str
    commons: Commons


def proposal_page(book: Book, proposal: Proposal) -> Page:
    """The page of one proposal, with everything said to it."""
    mark, state = proposal_state(proposal)
    view = ProposalView(
        proposal=proposal,
        proposer=book.refs.person(proposal.proposer),
        opened=_moment(proposal.opened_at) if proposal.opened_at else None,
        role=book.refs.role(proposal.role) if proposal.role else None,
        tension=book.refs.thing("tension", proposal.tension_id) if proposal.tension_id else None,
        asked=(
            *(book.refs.person(person) for person in proposal.ask_people),
            *(book.refs.role(role) for role in proposal.ask_roles),
        ),
        responses=tuple(
            _response(book, response)
            for response in sorted(
                book.org.responses_to.get(proposal.id, ()),
                key=lambda response: (response.at, response.path, response.pointer),
            )
        ),
        mark=mark,
        state=state,
        commons=commons(book, proposal),
    )
    crumbs = (book.home(), book.overview("proposal"))
    return page_of(book, "proposal", proposal, view, crumbs=crumbs)


def proposal_state(proposal: Proposal) -> tuple[Message | None, str]:
    """What became of a proposal, in a word and a state."""
    if proposal.outcome == "rejected":
        return message("rejected"), "blocked"
    if proposal.outcome == "withdrawn":
        return message("withdrawn"), "past"
    return None, ""


_STANCES: Mapping[str, Word | Message] = {
    "consent": Word(key="consent"),
    "objection": Word(key="objection"),
    "concern": Word(key="concern"),
    "advice": message("advice"),
    "yes": message("yes"),
    "no": message("no"),
    "abstain": message("abstains"),
    "withdraw": message("withdraws the {proposal}", proposal=Word(key="proposal")),
}


def _response(book: Book, response: Response) -> ResponseLine:
    return ResponseLine(
        person=book.refs.person(response.person),
        stance=_STANCES.get(response.stance, Ref(label=response.stance)),
        at=_moment(response.at),
        role=book.refs.role(response.role) if response.role else None,
        reason=response.reason,
        nominee=book.refs.person(response.nominee) if response.nominee else None,
        recorded_by=book.refs.person(response.recorded_by) if response.recorded_by else None,
    )


def _moment(written: str) -> datetime | str:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return written
