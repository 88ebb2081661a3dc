"""The page of a circle."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from orgcode.handbook.ages import as_of, recurring
from orgcode.handbook.audience import KINDS
from orgcode.handbook.book import Book
from orgcode.handbook.bound import Source, bound
from orgcode.handbook.cards import Card, cards
from orgcode.handbook.changes import Change, changes
from orgcode.handbook.deciding import Deciding, deciding
from orgcode.handbook.figures import Course, courses
from orgcode.handbook.free import guide_address
from orgcode.handbook.holding import Holders, holders_of
from orgcode.handbook.listing import (
    Entry,
    agreement_entries,
    objective_entries,
    policy_entries,
    tension_entries,
)
from orgcode.handbook.members import FormerLine, Member, former_of, members_of
from orgcode.handbook.thing import Commons, commons, page_of
from orgcode.handbook.unnamed import is_hidden
from orgcode.law.binding import state
from orgcode.model.entities import Circle, Domain, Policy, Role, Text
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref, Word


class RoleLine(Struct, frozen=True, kw_only=True):
    """A role as its circle shows it."""

    ref: Ref
    purpose: Text | None
    holders: Holders


class MetricLine(Struct, frozen=True, kw_only=True):
    """A figure with its age."""

    name: Text
    value: str | float | None
    unit: str | None
    age: Message | None
    source: str | None


class MeetingLine(Struct, frozen=True, kw_only=True):
    """A meeting that recurs."""

    name: Text
    every: Message | None
    when: str
    link: str | None


class CircleView(Struct, frozen=True, kw_only=True):
    """A circle as its page shows it."""

    circle: Circle
    name: Ref
    is_live: bool
    kind: Text | None
    purpose: Text | None
    parent: Ref | None
    core: tuple[RoleLine, ...]
    roles: tuple[RoleLine, ...]
    open_roles: tuple[Ref, ...]
    ended_roles: tuple[Ref, ...]
    children: tuple[Card, ...]
    ended_children: tuple[Ref, ...]
    members: tuple[Member, ...]
    coming: tuple[Change, ...]
    domains: tuple[Domain, ...]
    metrics: tuple[MetricLine, ...]
    courses: tuple[Course, ...]
    """How the metrics went on."""
    meetings: tuple[MeetingLine, ...]
    former: tuple[FormerLine, ...]
    context_age: Message | None
    serves: tuple[Ref, ...]
    served_by: tuple[Ref, ...]
    policies: tuple[Entry, ...]
    in_full: tuple[Policy, ...]
    """The policies in force, for the dossier on paper."""
    inherited: tuple[Source, ...]
    objectives: tuple[Entry, ...]
    agreements: tuple[Entry, ...]
    tensions: tuple[Entry, ...]
    missing: tuple[Word, ...]
    """What could be written down about the circle and is not."""
    how: Ref
    deciding: tuple[Deciding, ...]
    commons: Commons


def circle_page(book: Book, circle: Circle) -> Page:
    """The page of one circle."""
    org = book.org
    live_roles = [role for role in org.live_roles_in(circle.id) if not is_hidden(role.id)]
    live = [_role_line(book, role) for role in live_roles]
    core_ids = {role.id for role in org.roles_in.get(circle.id, ()) if role.core}
    roles = [line for line in live if line.ref.id not in core_ids]
    core = [line for line in live if line.ref.id in core_ids]
    is_live = circle.is_live(book.today)
    policies = book.index.policies_in.get(circle.id, ())
    view = CircleView(
        circle=circle,
        name=replace(book.refs.circle(circle.id), path=None, is_over=False),
        is_live=is_live,
        kind=kind.name if (kind := org.kind_of(circle)) else None,
        purpose=circle.purpose or _inherited(book, circle),
        parent=book.refs.circle(circle.parent)
        if circle.parent and circle.id != org.anchor
        else None,
        core=tuple(
            line
            for line in core
            if line.holders.now or line.holders.next or not _is_optional(book, line.ref.id)
        ),
        roles=tuple(sorted(roles, key=lambda line: (book.key(line.ref), line.ref.id))),
        open_roles=tuple(
            line.ref
            for line in (*roles, *core)
            if is_live and line.holders.open and not _is_optional(book, line.ref.id)
        ),
        ended_roles=_gone(
            book,
            (
                book.refs.of_role(role)
                for role in org.roles_in.get(circle.id, ())
                if not role.is_live(book.today) and (role.core is None or not is_live)
            ),
        ),
        children=cards(book, org.live_children(circle.id)),
        ended_children=_gone(
            book,
            (
                book.refs.circle(child.id)
                for child in org.children.get(circle.id, ())
                if not child.is_live(book.today)
            ),
        ),
        members=members_of(book, circle),
        coming=changes(book, live_roles, all_planned=True) if is_live else (),
        domains=circle.domains,
        metrics=tuple(
            MetricLine(
                name=metric.name,
                value=metric.value,
                unit=metric.unit,
                age=as_of(metric.as_of, book.today) if metric.as_of else None,
                source=metric.source,
            )
            for metric in circle.metrics
        ),
        courses=courses(book, circle),
        meetings=tuple(
            MeetingLine(
                name=meeting.name,
                every=recurring(meeting.every) if meeting.every else None,
                when=" ".join(part for part in (meeting.day, meeting.time) if part),
                link=meeting.link,
            )
            for meeting in circle.meetings
        ),
        former=former_of(book, circle),
        context_age=as_of(circle.context.as_of, book.today)
        if circle.context and circle.context.as_of
        else None,
        serves=book.refs_in_order(book.refs.circle(id) for id in circle.serves),
        served_by=book.refs_in_order(
            book.refs.thing("circle" if isinstance(thing, Circle) else "role", thing.id)
            for thing in book.index.served_by.get(circle.id, ())
        ),
        policies=policy_entries(book, policies),
        in_full=tuple(
            sorted(
                (p for p in policies if state(p, book.today) == "now"),
                key=lambda p: (book.key(book.refs.thing("policy", p.id)), p.id),
            )
        ),
        inherited=bound(book, circle, own=False),
        objectives=objective_entries(book, book.index.objectives_in.get(circle.id, ())),
        agreements=agreement_entries(book, book.index.agreements_in.get(circle.id, ())),
        tensions=tension_entries(book, book.index.tensions_in.get(circle.id, ())),
        missing=_missing(book, circle) if is_live else (),
        how=Ref(label=message("how"), path=guide_address("the-files.md")),
        deciding=deciding(book, circle) if is_live else (),
        commons=commons(book, circle),
    )
    crumbs = book.crumbs(circle.id)[:-1]
    return page_of(book, "circle", circle, view, crumbs=crumbs, around=book.around(circle.id))


def _gone(book: Book, refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """What is over, for a sentence that says so of all of them."""
    return tuple(replace(ref, is_over=False) for ref in book.refs_in_order(refs))


def _missing(book: Book, circle: Circle) -> tuple[Word, ...]:
    index = book.index
    written = {
        "accountability": circle.accountabilities,
        "strategy": circle.strategy,
        "context": circle.context,
        "metric": circle.metrics,
        "meeting": circle.meetings,
        "objective": index.objectives_in.get(circle.id),
        "agreement": index.agreements_in.get(circle.id),
        "tension": index.tensions_in.get(circle.id),
    }
    single = ("strategy", "context")
    return tuple(
        Word(key=key, many=key not in single)
        for key, found in written.items()
        if not found and (key not in KINDS or book.audience.shows(key))
    )


def _role_line(book: Book, role: Role) -> RoleLine:
    return RoleLine(
        ref=book.refs.of_role(role), purpose=role.purpose, holders=holders_of(book, role)
    )


def _is_optional(book: Book, role_id: str) -> bool:
    role = book.org.every_role.get(role_id)
    return role is not None and role.core is not None and role.core.optional


def _inherited(book: Book, circle: Circle) -> Text | None:
    organisation = book.org.organisation
    return organisation.purpose if organisation and circle.id == book.org.anchor else None
