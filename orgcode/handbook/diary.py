"""The diary: what happened, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby

from msgspec import Struct

from orgcode.handbook.addresses import DIARY, month_address
from orgcode.handbook.book import Book
from orgcode.handbook.discretion import is_quiet
from orgcode.handbook.story import Step, step_of
from orgcode.model.chronicle import Happening, Told
from orgcode.model.effect import covers
from orgcode.model.message import Message, message
from orgcode.rendering.page import Page, Ref

MOST = 500
"""So many steps of a month are told."""


class MonthEntry(Struct, frozen=True, kw_only=True):
    """A month in the overview: without a number where not everything is shown."""

    ref: Ref
    number: int | None


class Year(Struct, frozen=True, kw_only=True):
    """The months of a year, the latest first."""

    year: str
    months: tuple[MonthEntry, ...]


class DiaryView(Struct, frozen=True, kw_only=True):
    """All months."""

    years: tuple[Year, ...]
    cut_off: date | None


class Day(Struct, frozen=True, kw_only=True):
    """What happened on a day, the latest first."""

    day: date
    steps: tuple[Step, ...]


class MonthView(Struct, frozen=True, kw_only=True):
    """A month, the latest day first."""

    days: tuple[Day, ...]
    more: int
    """How many steps are not told."""
    before: Ref | None
    after: Ref | None


def diary_pages(book: Book) -> Mapping[str, Callable[[], Page]]:
    """The overview and a page for each month, by path, made when called."""
    if book.past is None:
        return {}
    found: dict[str, Callable[[], Page]] = {DIARY: partial(_diary_page, book)}
    for month in book.past.chronicle.months():
        found[month_address(month)] = partial(_month_page, book, month)
    return found


def lately(book: Book, most: int) -> tuple[Step, ...]:
    """The latest steps of which something is shown."""
    if book.past is None:
        return ()
    steps = (shown(book, one) for one in book.past.latest(most * 4))
    return tuple(step for step in steps if step is not None)[:most]


def shown(book: Book, happening: Happening) -> Step | None:
    """A step as a diary tells it; None where its readers are shown nothing of it."""
    told = [one for one in happening.told if not is_quiet(one)]
    step = step_of(book, happening, list(_without_record(told)) if happening.proposal else told)
    return None if book.audience.hidden and not step.lines else step


def _without_record(told: list[Told]) -> Iterator[Told]:
    """What a decision did, without what was said before it: its own page has that. Of one that did
    nothing, that it was proposed.
    """
    done = [one for one in told if not covers("proposal", one.kind)]
    yield from done or (one for one in told if one.kind == "proposal.opened")


def _diary_page(book: Book) -> Page:
    assert book.past is not None  # noqa: S101 (there is no such page otherwise)
    numbers = book.past.months()
    entries = [
        MonthEntry(
            ref=_ref(month, message("{month}", month=_name(month))),
            number=None if book.audience.hidden else number,
        )
        for month, number in numbers.items()
    ]
    years = groupby(zip(numbers, entries, strict=True), key=lambda pair: pair[0][:4])
    return Page(
        path=DIARY,
        template="pages/diary.html",
        title=message("Diary"),
        view=DiaryView(
            years=tuple(
                Year(year=year, months=tuple(entry for _, entry in pairs)) for year, pairs in years
            ),
            cut_off=book.past.cut_off,
        ),
        crumbs=(book.home(),),
    )


def _month_page(book: Book, month: str) -> Page:
    assert book.past is not None  # noqa: S101 (there is no such page otherwise)
    happenings = book.past.in_month(month, MOST)
    steps = [step for one in happenings if (step := shown(book, one)) is not None]
    calendar = book.past.calendar()
    place = calendar.index(month)
    return Page(
        path=month_address(month),
        template="pages/month.html",
        title=message("{month} {year}", month=_name(month), year=month[:4]),
        view=MonthView(
            days=tuple(_by_day(steps)),
            more=0 if len(happenings) < MOST else _number(book, month) - MOST,
            before=_beside(calendar, place + 1),
            after=_beside(calendar, place - 1) if place else None,
        ),
        crumbs=(book.home(), Ref(label=message("Diary"), path=DIARY)),
    )


def _number(book: Book, month: str) -> int:
    """How often something happened; not asked as `months`, which is otherwise with every step."""
    return 0 if book.past is None else book.past.chronicle.months()[month]


def _by_day(steps: list[Step]) -> Iterator[Day]:
    """The days of a month in their order, whatever the clocks were that wrote them."""
    in_order = sorted(steps, key=lambda step: step.day, reverse=True)
    for day, found in groupby(in_order, key=lambda step: step.day):
        yield Day(day=day, steps=tuple(found))


def _beside(calendar: tuple[str, ...], place: int) -> Ref | None:
    if place >= len(calendar):
        return None
    month = calendar[place]
    return _ref(month, message("{month} {year}", month=_name(month), year=month[:4]))


def _ref(month: str, label: Message) -> Ref:
    return Ref(label=label, path=month_address(month))


def _name(month: str) -> Message:
    return _MONTHS[int(month[5:7]) - 1]


_MONTHS = (
    message("January"),
    message("February"),
    message("March"),
    message("April"),
    message("May"),
    message("June"),
    message("July"),
    message("August"),
    message("September"),
    message("October"),
    message("November"),
    message("December"),
)
