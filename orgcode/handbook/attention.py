"""What needs attention in the whole organisation, gathered from all its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from orgcode.checking.holders import lapsed
from orgcode.checking.rules.fact_old import CONTEXT_AGE, METRIC_AGE
from orgcode.handbook.addresses import ATTENTION, WHO_JUDGES
from orgcode.handbook.ages import age, ends_soon
from orgcode.handbook.book import Book
from orgcode.model.entities import Circle, Objective, Role
from orgcode.model.message import Message, message, messages
from orgcode.model.span import later
from orgcode.rendering.page import Page, Ref, Word

_SHOWN = 120
"""So many lines of one sort the page shows; of more the number is said."""
_BEHIND = 0.2
"""An objective is behind when so much more of its time is over than of its work is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at: what it is, what is known about it, and its state."""

    said: Ref | Message
    detail: Message | None = None
    mark: Message | None = None
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Things of one sort that need attention, and what to do about them."""

    id: str
    heading: Message
    short: Message
    """The number of them in words."""
    items: tuple[Item, ...]
    to_do: Message
    none: Message

    @property
    def path(self) -> str:
        """Where the page says it."""
        return f"{ATTENTION}#{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionView:
    """Everything that needs attention, sort by sort; `shown` lines of each at most."""

    needs: tuple[Need, ...]
    shown: int


def attention_page(book: Book) -> Page:
    """Everything that needs attention."""
    return Page(
        path=ATTENTION,
        template="pages/attention.html",
        title=message("What needs attention"),
        view=AttentionView(needs=needs(book), shown=_SHOWN),
        crumbs=(book.home(),),
    )


def needs(book: Book) -> tuple[Need, ...]:
    """Everything that needs attention, in the order of the page."""
    return tuple(need(book) for need in _NEEDS)


def _open_seats(book: Book) -> Need:
    found = [
        (role, count)
        for role in book.org.live_roles()
        if not (role.core and role.core.optional)
        and (count := book.org.open_seats(role) - len(lapsed(book.org, role))) > 0
    ]
    found.sort(key=lambda each: _place(book, each[0]))
    return Need(
        id="open-seats",
        heading=message("Open seats"),
        short=messages("{count} open seat", "{count} open seats", sum(count for _, count in found)),
        items=tuple(
            Item(
                said=_role_in_full(book, role),
                detail=_planned(book, role),
                mark=messages("one open seat", "{count} open seats", count),
                state="open",
            )
            for role, count in found
        ),
        to_do=message(
            "An open seat is work that nobody looks after, and a place for somebody who wants to. "
            "Whoever does, proposes it."
        ),
        none=message("Every seat is taken."),
    )


def _terms(book: Book) -> Need:
    """Terms that are over with nobody after them, and those that end soon in the same way."""
    today = book.today
    found: list[tuple[date, str, Item]] = []
    for role in book.org.live_roles():
        for holding in lapsed(book.org, role) if role.holders else ():
            if holding.until is not None and not (role.core and role.core.optional):
                said = message(
                    "The term of {person} as {role} ended on {day}.",
                    person=book.refs.person(holding.person),
                    role=_role_in_full(book, role),
                    day=holding.until,
                )
                item = Item(said=said, detail=_planned(book, role), mark=_OVER, state="past")
                found.append((holding.until, role.id, item))
        for holding in role.holders:
            until = holding.until
            if until is None or not ends_soon(until, today) or not book.org.holds(holding):
                continue
            after = until + timedelta(days=1)
            if sum(other.state(after) == "current" for other in role.holders) < role.seats:
                said = message(
                    "The term of {person} as {role} ends on {day}, and nobody is to follow.",
                    person=book.refs.person(holding.person),
                    role=_role_in_full(book, role),
                    day=until,
                )
                found.append(
                    (until, role.id, Item(said=said, mark=age(until, today), state="ending"))
                )
    return Need(
        id="terms",
        heading=message("Terms that are over or end soon"),
        short=messages(
            "{count} term that is over or ends soon",
            "{count} terms that are over or end soon",
            len(found),
        ),
        items=_by_day(found),
        to_do=message(
            "Choose in time who comes next, and write it down with the day on which it begins. It "
            "may be the same person again."
        ),
        none=message("No term ends in the coming two months without somebody to follow."),
    )


def _reviews(book: Book) -> Need:
    org, today = book.org, book.today
    found: list[tuple[date, str, Item]] = []
    for policy in org.policies.values():
        due = policy.review_on
        in_force = policy.expires_on is None or today <= policy.expires_on
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
        items=_by_day(found),
        to_do=message(
            "See whether it still does what it was made for. Change it, end it, or set the next "
            "day of review."
        ),
        none=message("Nothing waits for its review."),
    )


def _review(book: Book, kind: str, id: str, circle: str, due: date) -> Item:
    said = message(
        "{thing} of {circle}: review was due on {day}.",
        thing=book.refs.thing(kind, id),
        circle=book.refs.circle(circle),
        day=due,
    )
    return Item(said=said, mark=age(due, book.today), state="ending")


def _facts(book: Book) -> Need:
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
        items=_by_day(found),
        to_do=message(
            "See whether it still holds, and write down the day, even if nothing changed. Take "
            "away a figure that nobody keeps."
        ),
        none=message("All facts are of the last half year, all figures of the last quarter."),
    )


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


def _objectives(book: Book) -> Need:
    found = [
        (objective.ends_on or date.max, objective.id, item)
        for objective in book.org.objectives.values()
        if objective.is_live(book.today)
        and objective.result is None
        and (item := _behind(book, objective)) is not None
    ]
    return Need(
        id="objectives",
        heading=message("{objectives} that are behind", objectives=_many("objective")),
        short=messages(
            "{count} {objective} behind",
            "{count} {objectives} behind",
            len(found),
            objective=Word(key="objective"),
            objectives=Word(key="objective", many=True),
        ),
        items=_by_day(found),
        to_do=message(
            "Look at it together: what is in the way, and does it still matter? When its period "
            "is over, write down what came of it."
        ),
        none=message(
            "All {objectives} that have figures keep up with the time.",
            objectives=Word(key="objective", many=True),
        ),
    )


def _behind(book: Book, objective: Objective) -> Item | None:
    start, end = objective.starts_on, objective.ends_on
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
    done = objective.progress
    if start is None or end is None or end <= start or done is None or book.today < start:
        return None
    gone = (book.today - start) / (end - start)
    if gone - done <= _BEHIND:
        return None
    return Item(
        said=message("{objective} of {circle}", objective=ref, circle=circle),
        detail=message(
            "{done}% is done, and {gone}% of the time is over; until {day}.",
            done=round(done * 100),
            gone=round(gone * 100),
            day=end,
        ),
        mark=message("behind"),
        state="waiting",
    )


def _tensions(book: Book) -> Need:
    found = []
    for tension in book.org.tensions.values():
        is_open = tension.closed is None or tension.closed.on > book.today
        waits = not book.index.proposals_from.get(tension.id)
        if is_open and waits and tension.is_live(book.today):
            item = Item(
                said=book.refs.thing("tension", tension.id),
                detail=message("sensed by {person}", person=book.refs.person(tension.sensed_by)),
                mark=age(tension.sensed_on, book.today) if tension.sensed_on else None,
                state="waiting",
            )
            found.append((tension.sensed_on or date.min, tension.id, item))
    return Need(
        id="tensions",
        heading=message(
            "{tensions} without {proposals}",
            tensions=_many("tension"),
            proposals=Word(key="proposal", many=True),
        ),
        short=messages(
            "{count} {tension} without {proposals}",
            "{count} {tensions} without {proposals}",
            len(found),
            tension=Word(key="tension"),
            tensions=Word(key="tension", many=True),
            proposals=Word(key="proposal", many=True),
        ),
        items=_by_day(found),
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


def _one_sided(book: Book) -> Need:
    found = sorted(book.index.one_sided, key=lambda arrow: (arrow.role.id, arrow.holding.person))
    return Need(
        id="one-sided",
        heading=message("Authority that runs one way"),
        short=messages(
            "{count} relation in which authority runs one way",
            "{count} relations in which authority runs one way",
            len(found),
        ),
        items=tuple(
            Item(
                said=message(
                    "{person}, as {role}, has no say over those who decide about it.",
                    person=book.refs.person(arrow.holding.person),
                    role=_role_in_full(book, arrow.role),
                ),
                mark=messages("{count} person", "{count} people", len(arrow.by)),
                state="blocked",
            )
            for arrow in found
        ),
        to_do=message(
            "{page} says by which rule. Let those who are decided about take part in deciding.",
            page=Ref(label=message("Who judges whom"), path=WHO_JUDGES),
        ),
        none=message("Whoever is appointed or released has a say over those who do so."),
    )


_NEEDS: tuple[Callable[[Book], Need], ...] = (
    _open_seats,
    _terms,
    _reviews,
    _facts,
    _objectives,
    _tensions,
    _one_sided,
)
_OVER = message("over")


def _many(key: str) -> Word:
    return Word(key=key, many=True, capital=True)


def _role_in_full(book: Book, role: Role) -> Ref | Message:
    ref = book.refs.in_full(role)
    if role.core is not None:
        return ref
    return message("{role} in {circle}", role=ref, circle=book.refs.circle(role.circle))


def _planned(book: Book, role: Role) -> Message | None:
    """Who is to hold a role next."""
    coming = [h for h in role.holders if h.state(book.today) == "planned" and h.since]
    if not coming:
        return None
    first = min(coming, key=lambda holding: (holding.since or date.max, holding.person))
    return message(
        "{person} is to hold it from {day} on.",
        person=book.refs.person(first.person),
        day=first.since,
    )


def _place(book: Book, role: Role) -> tuple[str, str, str]:
    return (book.key(book.refs.circle(role.circle)), role.circle, role.id)


def _by_day(found: Iterable[tuple[date, str, Item]]) -> tuple[Item, ...]:
    return tuple(item for *_, item in sorted(found, key=lambda each: each[:2]))
