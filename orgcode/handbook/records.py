"""The pages of policies, agreements, objectives and tensions."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from orgcode.handbook.ages import age, as_of, recurring
from orgcode.handbook.book import Book
from orgcode.handbook.decided import latest_first, proposal_entry
from orgcode.handbook.deciding import Deciding, deciding
from orgcode.handbook.figures import Course, courses
from orgcode.handbook.free import guide_address
from orgcode.handbook.listing import (
    Entry,
    objective_entries,
    objective_state,
    policy_entry,
    tension_state,
    tried_in_vain,
)
from orgcode.handbook.thing import Commons, commons, page_of
from orgcode.model.entities import (
    AGREEMENT_KINDS,
    Agreement,
    KeyResult,
    Objective,
    Policy,
    Tension,
    Text,
)
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref, Word


class PolicyView(Struct, frozen=True, kw_only=True):
    """A policy as its page shows it."""

    policy: Policy
    circle: Ref
    is_wide: bool
    """Whether it binds circles below too."""
    kind: Text | None
    domain: Ref | None
    domain_text: Text | None
    age: Message | None
    """How long it has been in force."""
    review: Message | None
    """How far ahead its review is, or how long ago it was due."""
    mark: Message | None
    state: str
    deciding: tuple[Deciding, ...]
    commons: Commons


class AgreementView(Struct, frozen=True, kw_only=True):
    """An agreement as its page shows it."""

    agreement: Agreement
    circle: Ref
    kind: Message | Word
    between: tuple[Ref, ...]
    age: Message | None
    review: Message | None
    every: Message | None
    last_held: Message | None
    deciding: tuple[Deciding, ...]
    commons: Commons


class ResultLine(Struct, frozen=True, kw_only=True):
    """A key result and how old its figure is."""

    result: KeyResult
    age: Message | None


class ObjectiveView(Struct, frozen=True, kw_only=True):
    """An objective as its page shows it."""

    objective: Objective
    circle: Ref
    owner: Ref | None
    parent: Ref | None
    under: tuple[Entry, ...]
    results: tuple[ResultLine, ...]
    courses: tuple[Course, ...]
    """How key results went on."""
    progress: float | None
    progress_age: Message | None
    """Of which day the oldest figure is that the progress comes from."""
    ahead: Message | None
    """How far ahead its end is, or how long ago."""
    mark: Message | None
    state: str
    deciding: tuple[Deciding, ...]
    commons: Commons


class TensionView(Struct, frozen=True, kw_only=True):
    """A tension as its page shows it."""

    tension: Tension
    sensed_by: Ref
    role: Ref | None
    circle: Ref | None
    age: Message | None
    mark: Message
    state: str
    proposals: tuple[Entry, ...]
    in_vain: Message | None
    """What became of its proposals, where none of them is left."""
    how: Ref
    deciding: tuple[Deciding, ...]
    commons: Commons


def policy_page(book: Book, policy: Policy) -> Page:
    """The page of one policy."""
    entry = policy_entry(book, policy)
    view = PolicyView(
        policy=policy,
        circle=book.refs.circle(policy.circle),
        is_wide=bool(book.org.live_children(policy.circle)),
        kind=book.org.ruleset.policy_kinds.get(policy.kind, policy.kind) if policy.kind else None,
        domain=book.refs.domain(policy.domain) if policy.domain else None,
        domain_text=_domain_text(book, policy.domain),
        age=_age(book, policy.effective_on),
        review=_age(book, policy.review_on),
        mark=entry.mark,
        state=entry.state,
        deciding=deciding(book, policy) if policy.is_live(book.today) else (),
        commons=commons(book, policy),
    )
    return _in_circle(book, "policy", policy, view, policy.circle)


def agreement_page(book: Book, agreement: Agreement) -> Page:
    """The page of one agreement."""
    view = AgreementView(
        agreement=agreement,
        circle=book.refs.circle(agreement.circle),
        kind=AGREEMENT_KINDS.get(agreement.kind, Word(key="agreement")),
        between=tuple(book.refs.party(party) for party in agreement.between),
        age=_age(book, agreement.agreed_on),
        review=_age(book, agreement.review_on),
        every=recurring(agreement.every) if agreement.every else None,
        last_held=as_of(agreement.last_held_on, book.today) if agreement.last_held_on else None,
        deciding=deciding(book, agreement) if agreement.is_live(book.today) else (),
        commons=commons(book, agreement),
    )
    return _in_circle(book, "agreement", agreement, view, agreement.circle)


def objective_page(book: Book, objective: Objective) -> Page:
    """The page of one objective."""
    mark, state = objective_state(book, objective)
    days = [r.as_of for r in objective.key_results if r.as_of and r.progress is not None]
    view = ObjectiveView(
        objective=objective,
        circle=book.refs.circle(objective.circle),
        owner=book.refs.role(objective.owner) if objective.owner else None,
        parent=book.refs.thing("objective", objective.parent) if objective.parent else None,
        under=objective_entries(book, book.index.objectives_under.get(objective.id, ())),
        results=tuple(
            ResultLine(result=r, age=as_of(r.as_of, book.today) if r.as_of else None)
            for r in objective.key_results
        ),
        courses=courses(book, objective),
        progress=objective.progress,
        progress_age=as_of(min(days), book.today) if days else None,
        ahead=_age(book, objective.ends_on),
        mark=mark,
        state=state,
        deciding=deciding(book, objective) if objective.is_live(book.today) else (),
        commons=commons(book, objective),
    )
    return _in_circle(book, "objective", objective, view, objective.circle)


def tension_page(book: Book, tension: Tension) -> Page:
    """The page of one tension."""
    role = book.org.every_role.get(tension.role) if tension.role else None
    mark, state = tension_state(book, tension)
    view = TensionView(
        tension=tension,
        sensed_by=book.refs.person(tension.sensed_by),
        role=book.refs.role(tension.role) if tension.role else None,
        circle=book.refs.circle(role.circle) if role else None,
        age=_age(book, tension.sensed_on),
        how=Ref(label=message("how"), path=guide_address("the-files.md")),
        mark=mark,
        state=state,
        proposals=_proposals_from(book, tension),
        in_vain=tried_in_vain(book, tension),
        deciding=deciding(book, tension) if tension.is_live(book.today) else (),
        commons=commons(book, tension),
    )
    if role is not None:
        return _in_circle(book, "tension", tension, view, role.circle)
    return page_of(book, "tension", tension, view, crumbs=(book.home(), book.overview("tension")))


def _proposals_from(book: Book, tension: Tension) -> tuple[Entry, ...]:
    """What came of a tension, the latest first."""
    made = latest_first(book.index.proposals_from.get(tension.id, ()))
    if made and not book.audience.shows("proposal"):
        return ()
    return tuple(proposal_entry(book, proposal) for proposal in made)


def _in_circle(
    book: Book,
    kind: str,
    thing: Policy | Agreement | Objective | Tension,
    view: object,
    circle: str,
) -> Page:
    return page_of(book, kind, thing, view, crumbs=book.crumbs(circle), around=book.around(circle))


def _age(book: Book, day: date | None) -> Message | None:
    return age(day, book.today) if day else None


def _domain_text(book: Book, reference: str | None) -> Text | None:
    if not reference or "#" not in reference:
        return None
    holder, _, id = reference.partition("#")
    thing = book.org.circles.get(holder) or book.org.every_role.get(holder)
    domains = thing.domains if thing else ()
    return next((domain.text for domain in domains if domain.id == id), None)
