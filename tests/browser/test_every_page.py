"""Every page of the demo and of three real organisations: whole, quiet, near and narrow enough."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import Visitor, visitor
from tests.browser.handbooks import REAL, Handbook

pytestmark = pytest.mark.browser

WITHOUT_A_WAY = {"404", "redirect"}
"""Templates of pages that nothing links to: one comes there by an address of elsewhere."""

each_organisation = pytest.mark.parametrize("format", REAL)
Of = Callable[[str], Handbook]


def far(book: Handbook) -> list[str]:
    """Pages that are more than four clicks from home."""
    clicks = book.clicks()
    return [
        f"{page}: {clicks.get(page, 'never')}"
        for template, pages in book.templates.items()
        for page in pages
        if template not in WITHOUT_A_WAY and clicks.get(page, 5) > 4
    ]


def untoward(tab: Visitor, book: Handbook, pages: Iterable[str]) -> list[str]:
    """What is wrong with pages when they are visited one by one."""
    wrong = []
    for page in pages:
        tab.visit(page)
        read = {written for _, written in book.links[page]}
        wrong += [f"{page}: {it} was overlooked" for it in sorted(tab.links() - read)]
        for width in (1280, 320):
            tab.page.set_viewport_size({"width": width, "height": 900})
            if (wide := tab.overflow()) > 0:
                wrong.append(f"{page}: {wide} pixels too wide for a window of {width}")
        wrong += [f"{page}: {noticed}" for noticed in tab.noticed]
        wrong += [f"{page}: asked for {address}" for address in tab.refused]
        tab.noticed.clear()
        tab.refused.clear()
    return wrong


def sample(book: Handbook, seed: str) -> list[str]:
    """The largest page of each template, another one of each, and some of all."""
    dice = random.Random(seed)  # noqa: S311 (nobody gains by guessing it)
    templates = [pages for name, pages in book.templates.items() if name != "redirect"]
    largest = [pages[0] for pages in templates]
    others = [dice.choice(pages) for pages in templates]
    some = dice.sample(staying(book), 20)
    return sorted({*largest, *others, *some})


def staying(book: Handbook) -> list[str]:
    """All pages but those that lead on at once."""
    return [page for page in book.pages if page not in book.templates.get("redirect", ())]


def test_every_page_of_the_demo_is_whole_quiet_and_near(chromium: Browser, demo: Handbook) -> None:
    assert len(demo.pages) > 150
    assert [link for page in demo.pages for link in demo.broken(page)] == []
    assert far(demo) == []
    assert untoward(visitor(chromium, demo.folder), demo, staying(demo)) == []


@each_organisation
def test_no_link_is_broken_and_every_page_is_near(handbook_of: Of, format: str) -> None:
    book = handbook_of(format)
    assert len(book.pages) > 800
    assert [link for page in book.pages for link in book.broken(page)] == []
    assert far(book) == []


@each_organisation
def test_pages_of_each_template_are_quiet(chromium: Browser, handbook_of: Of, format: str) -> None:
    book = handbook_of(format)
    seed = os.environ.get("ORGCODE_SEED") or datetime.now(UTC).date().isoformat()
    wrong = untoward(visitor(chromium, book.folder), book, sample(book, seed))
    assert wrong == [], f"the pages were chosen by ORGCODE_SEED={seed}"


@pytest.mark.deep
@each_organisation
def test_every_page_is_quiet(chromium: Browser, handbook_of: Of, format: str) -> None:
    book = handbook_of(format)
    assert untoward(visitor(chromium, book.folder), book, staying(book)) == []
