"""What was said to a proposal, entry by entry: how each objection ended, what was answered, and how
sure it is who said it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from orgcode.handbook.book import Book
from orgcode.handbook.standing import is_open
from orgcode.model.decision import Decision, Proof
from orgcode.model.entities import Answer, Proposal, Response, Text
from orgcode.model.entry_digests import digest_in
from orgcode.model.message import Message, message, one
from orgcode.rendering.page import Ref, Word

_OPPOSED = ("objection", "no")
_ANSWERED = ("objection", "concern", "advice")


class EntryView(Struct, frozen=True, kw_only=True):
    """One entry of a response."""

    person: Ref
    stance: Ref | Word | Message
    state: str
    at: datetime | str
    role: Ref | None
    reason: Text | None
    nominee: Ref | None
    recorded_by: Ref | None
    ending: Message | None
    """How an objection ended."""
    answers: tuple[Text, ...]
    """What the proposer answered to it."""
    proof: Message | None
    """How sure it is who said it."""
    flaw: Message | None
    """Why a signature that is there proves nothing."""


class Deliberation(Struct, frozen=True, kw_only=True):
    """Everything that was said to a proposal, in the order in which it was said."""

    entries: tuple[EntryView, ...]
    answers: tuple[Text, ...]
    """Answers of which cannot be told here to what they are."""
    has_unsigned: bool
    """Whether of something it is not proved who said it."""


def deliberation(book: Book, proposal: Proposal, decision: Decision | None) -> Deliberation:
    """What was said to a proposal, the first first."""
    said = sorted(
        book.org.responses_to.get(proposal.id, ()),
        key=lambda entry: (entry.at, entry.path, entry.pointer),
    )
    digests = {_place(entry): _digest(book, entry) for entry in said}
    answered = {answer.to for answer in proposal.answers} & set(digests.values())
    proofs = {proof.digest: proof for proof in decision.proofs} if decision else {}
    claimed = {proof.digest for proof in proofs.values() if proof.level == "claimed"}
    return Deliberation(
        entries=tuple(
            _entry(book, proposal, entry, said, digests[_place(entry)], proofs) for entry in said
        ),
        answers=tuple(a.text for a in proposal.answers if a.to not in answered),
        has_unsigned=any(digest in claimed for digest in digests.values()),
    )


def _entry(
    book: Book,
    proposal: Proposal,
    entry: Response,
    said: Sequence[Response],
    digest: str,
    proofs: Mapping[str, Proof],
) -> EntryView:
    stance, state = _STANCES.get(entry.stance, (Ref(label=entry.stance), ""))
    answers = tuple(_answers(proposal.answers, digest))
    proof = proofs.get(digest)
    return EntryView(
        person=book.refs.person(entry.person),
        stance=stance,
        state=state,
        at=moment_or_text(entry.at),
        role=book.refs.role(entry.role) if entry.role else None,
        reason=entry.reason,
        nominee=book.refs.person(entry.nominee) if entry.nominee else None,
        recorded_by=book.refs.person(entry.recorded_by) if entry.recorded_by else None,
        ending=_ending(book, proposal, entry, said, is_answered=bool(answers)),
        answers=tuple(answer.text for answer in answers),
        proof=_assurance(book, entry, proof) if proof else None,
        flaw=proof.flaw if proof else None,
    )


def moment_or_text(written: str) -> datetime | str:
    """A moment as it stands in a record; what is none stays as it was written."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return written


def _ending(
    book: Book,
    proposal: Proposal,
    entry: Response,
    said: Sequence[Response],
    *,
    is_answered: bool,
) -> Message | None:
    """What became of an entry that was against it, or asked for an answer."""
    if entry.stance not in {*_OPPOSED, *_ANSWERED}:
        return None
    if entry.stance in _OPPOSED:
        later = [it for it in said if it.path == entry.path and it.pointer > entry.pointer]
        if later and later[-1].stance not in _OPPOSED:
            return message(
                "{person} let go of this on {day}.",
                person=book.refs.person(entry.person),
                day=_day(later[-1]),
            )
        if later:
            return None  # what came after it says more
    if is_open(book, proposal):
        if entry.stance == "objection":
            return message("This still stands.")
        return None
    if is_answered:
        return None
    if entry.stance != "objection":
        return None
    if proposal.outcome == "rejected":
        return message("This stood, and the {proposal} was rejected.", proposal=one("proposal"))
    if proposal.outcome == "withdrawn":
        return message("This stood when the {proposal} was withdrawn.", proposal=one("proposal"))
    return message(
        "This stood when the {proposal} was adopted: by the rule it did not stop it.",
        proposal=one("proposal"),
    )


def _assurance(book: Book, entry: Response, proof: Proof) -> Message:
    person = book.refs.person(entry.person)
    match proof.level:
        case "signed":
            return message("Signed with a key of {person}.", person=person)
        case "attested":
            return message("Said with an account of {person}, as a forge attests.", person=person)
        case "minuted" if entry.recorded_by:
            by = book.refs.person(entry.recorded_by)
            return message("Taken down in a meeting and signed by {person}.", person=by)
    if entry.recorded_by:
        by = book.refs.person(entry.recorded_by)
        return message("Taken down by {person}; nothing proves it.", person=by)
    return message("Not signed.")


def _answers(answers: Sequence[Answer], digest: str) -> Iterator[Answer]:
    return (answer for answer in answers if digest and answer.to == digest)


def _day(entry: Response) -> object:
    found = moment_or_text(entry.at)
    return found.date() if isinstance(found, datetime) else found


def _place(entry: Response) -> tuple[object, ...]:
    return entry.path, entry.pointer


def _digest(book: Book, entry: Response) -> str:
    """What names an entry; empty where not everything of it may be shown."""
    return "" if book.audience.hidden else digest_in(book.org, entry) or ""


_STANCES: Mapping[str, tuple[Word | Message, str]] = {
    "consent": (Word(key="consent"), "adopted"),
    "objection": (Word(key="objection"), "blocked"),
    "concern": (Word(key="concern"), "ending"),
    "advice": (message("advice"), "waiting"),
    "yes": (message("yes"), "adopted"),
    "no": (message("no"), "blocked"),
    "abstain": (message("abstains"), "planned"),
    "withdraw": (message("withdraws the {proposal}", proposal=Word(key="proposal")), "past"),
}
