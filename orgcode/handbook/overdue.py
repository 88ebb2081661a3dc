"""What is late or has grown old, among what needs attention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orgcode.checking.rules.fact_old import CONTEXT_AGE, METRIC_AGE
from orgcode.handbook.ages import age
from orgcode.handbook.book import Book
from orgcode.handbook.listing import behind, tried_in_vain
from orgcode.handbook.need import Item, Need, by_day, capital_many
from orgcode.handbook.standing import is_decided
from orgcode.model.entities import Circle, Objective
from orgcode.model.message import Word, message, messages
from orgcode.model.span import later
from orgcode.rendering.page import Ref


def reviews(book: Book) -> Need:
    """Policies, agreements and conversations whose review is overdue."""
    org, today = book.org, book.today
    found: list[tuple[date, str, Item]] = []
    for policy in org.policies.values():
        due = policy.review_on
        in_force = policy.expires_on is None or today < policy.expires_on
        if due and due < today and in_force and policy.is_live(today):
            found.append((due, policy.id, _review(book, "policy", policy.id, policy.circle, due)))
    for agreement in org.agreements.values():
        if not agreement.is_live(today):
            continue
        due = agreement.review_on
        if due and due < today:
            item = _review(book, "agreement", agreement.id, agreement.circle, due)
            found.append((due, agreement.id, item))
        start = agreement.last_held_on or agreement.agreed_on
        if agreement.every and start and (next_on := later(start, agreement.every)) < today:
            said = message(
                "{agreement}: the next conversation was due on {day}.",
                agreement=book.refs.thing("agreement", agreement.id),
                day=next_on,
            )
            item = Item(said=said, mark=age(next_on, today), state="ending")
            found.append((next_on, agreement.id, item))
    return Need(
        id="reviews",
        heading=message("Reviews that are overdue"),
        short=messages("{count} review overdue", "{count} reviews overdue", len(found)),
        items=by_day(found),
        to_do=message(
            "See whether it still does what it was made for. Change it, end it, or set the next "
            "day of review."
        ),
        none=message("Nothing waits for its review."),
    )


def evaluations(book: Book) -> Need:
    """Decisions that were to be looked back at, until something that links to them says what came
    out.
    """
    found = []
    for proposal in book.org.proposals.values():
        due = proposal.evaluate_on
        if due is None or due >= book.today or proposal.outcome is not None:
            continue
        if is_decided(book, proposal) and not book.index.mentioned_by.get(proposal.path):
            said = message(
                "{proposal}: to be looked back at on {day}.",
                proposal=book.refs.thing("proposal", proposal.id),
                day=due,
            )
            item = Item(said=said, mark=age(due, book.today), state="ending")
            found.append((due, proposal.id, item))
    return Need(
        id="evaluations",
        heading=message("Decisions to look back at"),
        short=messages(
            "{count} decision to look back at", "{count} decisions to look back at", len(found)
        ),
        items=by_day(found),
        to_do=message(
            "See together what it has brought. Write down what came out, with a link to the "
            "decision, as {agreement:a}, in {tension:a} or on a page: then it is off this list.",
            agreement=Word(key="agreement"),
            tension=Word(key="tension"),
        ),
        none=message("No decision waits to be looked back at."),
    )


def facts(book: Book) -> Need:
    """Contexts and figures that are too old to decide by."""
    found = [
        (min(day for day, _ in old), circle.id, _old_item(book, circle, old))
        for circle in book.org.live_circles()
        if (old := list(_old_facts(book, circle)))
    ]
    for objective in book.org.objectives.values():
        if not objective.is_live(book.today) or objective.result is not None:
            continue
        days = [
            result.as_of
            for result in objective.key_results
            if result.as_of and book.today - result.as_of > METRIC_AGE
        ]
        if days:
            said = message(
                "{objective}: the figures are of {day}.",
                objective=book.refs.thing("objective", objective.id),
                day=min(days),
            )
            item = Item(said=said, mark=age(min(days), book.today), state="waiting")
            found.append((min(days), objective.id, item))
    return Need(
        id="facts",
        heading=message("Facts that have grown old"),
        short=messages("{count} place with old facts", "{count} places with old facts", len(found)),
        items=by_day(found),
        to_do=message(
            "See whether it still holds, and write down the day, even if nothing changed. Take "
            "away a figure that nobody keeps."
        ),
        none=message("All facts are of the last half year, all figures of the last quarter."),
    )


def objectives(book: Book) -> Need:
    """Objectives that are behind, or over without a result."""
    found = [
        (objective.ends_on or date.max, objective.id, item)
        for objective in book.org.objectives.values()
        if objective.is_live(book.today)
        and objective.result is None
        and (item := _behind(book, objective)) is not None
    ]
    return Need(
        id="objectives",
        heading=message("{objectives} that are behind", objectives=capital_many("objective")),
        short=messages(
            "{count} {objective} behind",
            "{count} {objectives} behind",
            len(found),
            objective=Word(key="objective"),
            objectives=Word(key="objective", many=True),
        ),
        items=by_day(found),
        to_do=message(
            "Look at it together: what is in the way, and does it still matter? When its period "
            "is over, write down what came of it."
        ),
        none=message(
            "All {objectives} that have figures keep up with the time.",
            objectives=Word(key="objective", many=True),
        ),
    )


def tensions(book: Book) -> Need:
    """Tensions from which nothing has come yet, and for which nothing is proposed now, the oldest
    first.
    """
    found = []
    for tension in book.org.tensions.values():
        is_open = tension.closed is None or tension.closed.on > book.today
        made = book.index.proposals_from.get(tension.id, ())
        waits = all(proposal.outcome is not None for proposal in made)
        if is_open and waits and tension.is_live(book.today):
            who = book.refs.person(tension.sensed_by)
            vain = tried_in_vain(book, tension)
            item = Item(
                said=book.refs.thing("tension", tension.id),
                detail=message("sensed by {person}; {what}", person=who, what=vain)
                if vain
                else message("sensed by {person}", person=who),
                mark=age(tension.sensed_on, book.today) if tension.sensed_on else None,
                state="waiting",
            )
            found.append((tension.sensed_on or date.min, tension.id, item))
    return Need(
        id="tensions",
        heading=message(
            "{tensions} that wait for {proposals}",
            tensions=capital_many("tension"),
            proposals=Word(key="proposal", many=True),
        ),
        short=messages(
            "{count} {tension} that waits for {proposals}",
            "{count} {tensions} that wait for {proposals}",
            len(found),
            tension=Word(key="tension"),
            tensions=Word(key="tension", many=True),
            proposals=Word(key="proposal", many=True),
        ),
        items=by_day(found),
        to_do=message(
            "Anyone may make {proposals} of them, or close one with the reason when it is gone.",
            proposals=Word(key="proposal", many=True),
        ),
        none=message(
            "No {tension} waits: each has led to {proposals} or was closed.",
            tension=Word(key="tension"),
            proposals=Word(key="proposal", many=True),
        ),
    )


def _review(book: Book, kind: str, id: str, circle: str, due: date) -> Item:
    said = message(
        "{thing} of {circle}: review was due on {day}.",
        thing=book.refs.thing(kind, id),
        circle=book.refs.circle(circle),
        day=due,
    )
    return Item(said=said, mark=age(due, book.today), state="ending")


def _old_facts(book: Book, circle: Circle) -> Iterator[tuple[date, Word | Ref]]:
    context = circle.context
    if context and context.as_of and book.today - context.as_of > CONTEXT_AGE:
        yield context.as_of, Word(key="context")
    for metric in circle.metrics:
        if metric.as_of and book.today - metric.as_of > METRIC_AGE:
            yield metric.as_of, Ref(label=metric.name)


def _old_item(book: Book, circle: Circle, old: list[tuple[date, Word | Ref]]) -> Item:
    oldest = min(day for day, _ in old)
    return Item(
        said=book.refs.circle(circle.id),
        detail=message(
            "{facts}, of {day} or later",
            facts=tuple(fact for _, fact in old),
            day=oldest,
        )
        if len(old) > 1
        else message("{facts}, of {day}", facts=(old[0][1],), day=oldest),
        mark=age(oldest, book.today),
        state="waiting",
    )


def _behind(book: Book, objective: Objective) -> Item | None:
    end = objective.ends_on
    ref = book.refs.thing("objective", objective.id)
    circle = book.refs.circle(objective.circle)
    if end is not None and end < book.today:
        return Item(
            said=message(
                "{objective} of {circle}: its period ended on {day}.",
                objective=ref,
                circle=circle,
                day=end,
            ),
            mark=message("what came of it is not noted"),
            state="ending",
        )
    gone = behind(objective, book.today)
    if gone is None:
        return None
    return Item(
        said=message("{objective} of {circle}", objective=ref, circle=circle),
        detail=message(
            "{done}% is done, and {gone}% of the time is over; until {day}.",
            done=round((objective.progress or 0) * 100),
            gone=round(gone * 100),
            day=end,
        ),
        mark=message("behind"),
        state="ending",
    )
