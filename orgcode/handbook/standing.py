"""What became of a proposal so far, in a word and a state."""

from __future__ import annotations

from collections.abc import Mapping

from orgcode.handbook.book import Book
from orgcode.model.entities import Proposal
from orgcode.model.message import Message, message

Mark = tuple[Message | None, str]


def standing(book: Book, proposal: Proposal) -> Mark:
    """The word and the state of a proposal; no word where nothing is known of its past."""
    if book.past is None or proposal.outcome is not None:
        return _ENDED.get(proposal.outcome or "", (None, ""))
    if is_open(book, proposal):
        decision = book.past.decision(proposal.id)
        return _OPEN.get(decision.outcome if decision else "", _OPEN["open"])
    if is_draft(book, proposal):
        return message("not proposed yet"), "planned"
    return message("adopted"), "adopted"


def is_open(book: Book, proposal: Proposal) -> bool:
    """Whether a proposal stands on a branch of its own, still to be decided."""
    return book.past is not None and book.past.is_open(proposal.id)


def is_draft(book: Book, proposal: Proposal) -> bool:
    """Whether a proposal stands among the files and nowhere else yet."""
    if book.past is None or is_open(book, proposal):
        return False
    return book.past.pending(proposal.path)[0] == "new"


def is_decided(book: Book, proposal: Proposal) -> bool:
    """Whether nothing is to be done about a proposal any more."""
    return not is_open(book, proposal) and not is_draft(book, proposal)


_ENDED: Mapping[str, Mark] = {
    "rejected": (message("rejected"), "blocked"),
    "withdrawn": (message("withdrawn"), "past"),
}
_OPEN: Mapping[str, Mark] = {
    "open": (message("open"), "waiting"),
    "adopted": (message("can be adopted"), "planned"),
    "blocked": (message("blocked"), "blocked"),
    "rejected": (message("rejected, not on record yet"), "blocked"),
    "invalid": (message("cannot be adopted as it is"), "blocked"),
}
