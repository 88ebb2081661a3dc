"""What is over: circles, roles, people who left, and all else that has had its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.addresses import OVER
from orgcode.handbook.book import Book
from orgcode.handbook.listing import Entry, objective_state
from orgcode.handbook.standing import standing
from orgcode.model.entities import Policy, Role, Text, Thing
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Word


class Past(Struct, frozen=True, kw_only=True):
    """All of one kind that is over, what ended last first."""

    kind: str
    heading: Word
    entries: tuple[Entry, ...]


class PastView(Struct, frozen=True, kw_only=True):
    """Everything that is over, kind by kind."""

    kinds: tuple[Past, ...]


def past_page(book: Book) -> Page:
    """The overview of what is over."""
    return Page(
        path=OVER,
        template="pages/over.html",
        title=message("What is over"),
        view=PastView(kinds=tuple(kind for kind in _kinds(book) if kind.entries)),
        crumbs=(book.home(),),
    )


def _kinds(book: Book) -> Iterable[Past]:
    org, today = book.org, book.today
    ended = {
        kind: [t for t in org.things(kind).values() if not t.is_live(today)]
        for kind in ("circle", "role", "person", "agreement", "tension")
    }
    live_circles = {circle.id for circle in org.live_circles()}
    roles = [
        *ended["role"],
        *(r for r in org.roles.values() if r.is_live(today) and r.circle not in live_circles),
    ]
    closed = [
        (tension, tension.closed.on, tension.closed.because)
        for tension in org.tensions.values()
        if tension.closed is not None and tension.closed.on <= today and tension.is_live(today)
    ]
    yield _past(book, "circle", (_ending(thing) for thing in ended["circle"]))
    yield _past(book, "person", (_ending(thing) for thing in ended["person"]))
    yield _past(book, "role", (_end_of_role(book, thing) for thing in roles))
    yield _past(
        book, "policy", (_end_of_policy(p) for p in org.policies.values() if _is_past(p, today))
    )
    yield _past(book, "agreement", (_ending(thing) for thing in ended["agreement"]))
    yield _objectives(book)
    yield _past(book, "tension", [*(_ending(thing) for thing in ended["tension"]), *closed])
    yield _proposals(book)


End = tuple[Thing, date | None, Text | None]
"""A thing, when it ended and why, as far as that is written down."""


def _ending(thing: Thing) -> End:
    return (
        thing,
        thing.ended.on if thing.ended else None,
        thing.ended.because if thing.ended else None,
    )


def _end_of_role(book: Book, role: Thing) -> End:
    """The end of a role, which may be that of its circle."""
    if role.ended is None and isinstance(role, Role):
        circle = book.org.circles.get(role.circle)
        if circle is not None and circle.ended is not None:
            return role, circle.ended.on, None
    return _ending(role)


def _is_past(policy: Policy, today: date) -> bool:
    return not policy.is_live(today) or (
        policy.expires_on is not None and policy.expires_on <= today
    )


def _end_of_policy(policy: Policy) -> End:
    if policy.ended or policy.expires_on is None:
        return _ending(policy)
    return policy, policy.expires_on, None


def _past(book: Book, kind: str, ends: Iterable[End]) -> Past:
    found = sorted(ends, key=lambda end: (-(end[1] or date.min).toordinal(), end[0].id))
    return Past(
        kind=kind,
        heading=Word(key=kind, many=True, capital=True),
        entries=tuple(
            Entry(
                ref=replace(book.refs.thing(kind, thing.id), is_over=False),
                line=_line(kind, on, why),
            )
            for thing, on, why in found
        ),
    )


def _line(kind: str, on: date | None, because: Text | None) -> Message | Text | None:
    """Since when something is over, and why; somebody is not over, but has left."""
    if on is None:
        return because
    if kind == "person":
        said = message("left on {day}", day=on)
    elif kind == "tension":
        said = message("closed on {day}", day=on)
    else:
        said = message("over since {day}", day=on)
    return message("{over}: {because}", over=said, because=because) if because else said


def _objectives(book: Book) -> Past:
    entries = []
    for objective in sorted(
        book.org.objectives.values(),
        key=lambda o: (-(o.ends_on or date.min).toordinal(), o.id),
    ):
        if objective.result is not None or not objective.is_live(book.today):
            mark, state = objective_state(book, objective)
            on = objective.ended.on if objective.ended else None
            line = _line("objective", on, None)
            if line is None and objective.ends_on:
                line = message("until {day}", day=objective.ends_on)
            ref = replace(book.refs.thing("objective", objective.id), is_over=False)
            entries.append(Entry(ref=ref, line=line, mark=mark, state=state))
    heading = Word(key="objective", many=True, capital=True)
    return Past(kind="objective", heading=heading, entries=tuple(entries))


def _proposals(book: Book) -> Past:
    """Those that were not adopted; what was adopted is the organisation as it is."""
    entries = []
    for proposal in sorted(
        book.org.proposals.values(), key=lambda p: (p.opened_at, p.id), reverse=True
    ):
        if proposal.outcome is not None:
            mark, state = standing(book, proposal)
            ref = book.refs.thing("proposal", proposal.id)
            entries.append(Entry(ref=ref, mark=mark, state=state))
    heading = Word(key="proposal", many=True, capital=True)
    return Past(kind="proposal", heading=heading, entries=tuple(entries))
