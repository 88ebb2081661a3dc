"""Who decides what in the whole organisation."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.addresses import WHO_DECIDES
from orgcode.handbook.book import Book
from orgcode.handbook.deciding import Deciding, gathered
from orgcode.law.matching import places
from orgcode.law.who_decides import JOINING, kind_name
from orgcode.model.effect import KINDS, RULELESS
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref


class Question(Struct, frozen=True, kw_only=True):
    """A kind of change and how it is decided in general."""

    kind: str
    name: Message
    answers: tuple[Deciding, ...]


class WhoDecidesView(Struct, frozen=True, kw_only=True):
    """The rules of all, as the anchor circle has them, and circles with rules of their own."""

    anchor: Ref | None
    questions: tuple[Question, ...]
    exceptions: tuple[Ref, ...]
    ruleset: str


def who_decides_page(book: Book) -> Page:
    """How each kind of change is decided."""
    org = book.org
    anchor = org.anchor or ""
    return Page(
        path=WHO_DECIDES,
        template="pages/who-decides.html",
        title=message("Who decides what"),
        view=WhoDecidesView(
            anchor=book.refs.circle(anchor) if anchor in org.circles else None,
            questions=tuple(
                Question(
                    kind=kind,
                    name=kind_name(kind),
                    answers=_answers(book, kind, anchor),
                )
                for kind in KINDS
                if kind not in RULELESS
            ),
            exceptions=book.refs_in_order(
                book.refs.circle(circle.id)
                for circle in org.live_circles()
                if any(place.level == "circle" and place.rules for place in places(org, circle.id))
            ),
            ruleset=org.ruleset.id,
        ),
        crumbs=(book.home(),),
    )


def _answers(book: Book, kind: str, anchor: str) -> tuple[Deciding, ...]:
    """How a kind of change is decided.

    What is left of who belongs to the organisation when a rule is for what is written about
    people is what a new reader asks for: joining and leaving.
    """
    answers = gathered(book, book.law.who_decides(kind, anchor))
    rest, written = (kind_name("person"),), (kind_name("person.amended"),)
    is_divided = len(answers) > 1 and all(it.about in (rest, written) for it in answers)
    if kind != "person" or not is_divided:
        return answers
    return tuple(
        replace(answer, about=(JOINING,)) if answer.about == rest else answer for answer in answers
    )
