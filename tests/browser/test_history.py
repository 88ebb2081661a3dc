"""The past in a browser: steps, tenures, the course of figures, the diary, the banner."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from orgcode.actions.build import build
from tests.browser.browsing import visitor
from tests.browser.handbooks import Handbook
from tests.browser.test_accessibility import each_scheme, violations
from tests.handbook.evolved import COOK, evolved
from tests.handbook.organisation import FILES, TODAY

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "diary.html",
    "diary/2027-02.html",
    "roles/kok.html",
    "people/ravi.html",
    "objectives/tachtig.html",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Handbook, Handbook]:
    """The handbook of a working tree with changes, and that of an earlier day."""
    repository = evolved(tmp_path_factory.mktemp("told") / "it")
    for number in range(9):
        text = FILES[COOK].replace("seats: 2", f"seats: {number + 3}")
        repository.commit({COOK: text}, message=f"Plaats {number}", at="2027-02-25T12:00:00Z")
    repository.write(COOK, FILES[COOK].replace("purpose: Een", "purpose: Elke dag een"))
    now = build(repository.root, TODAY).folder
    before = tmp_path_factory.mktemp("before") / "site"
    build(repository.root, TODAY, at="2027-02-23", output=before)
    return Handbook(now.resolve()), Handbook(before.resolve())


@each_scheme
def test_axe_finds_nothing_on_pages_that_tell_the_past(
    chromium: Browser, told: tuple[Handbook, Handbook], axe: str, scheme: str
) -> None:
    now, before = told
    assert violations(chromium, now, PAGES, axe, scheme) == []
    assert violations(chromium, before, PAGES[2:4], axe, scheme) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_past_is_whole_and_quiet_in_a_window_of_any_width(
    chromium: Browser, told: tuple[Handbook, Handbook], width: int
) -> None:
    for book in told:
        tab = visitor(chromium, book.folder)
        tab.page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            tab.visit(path)
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert book.broken(path) == []
        assert tab.noticed == tab.refused == []


def test_earlier_steps_unfold_without_a_script(
    chromium: Browser, told: tuple[Handbook, Handbook]
) -> None:
    tab = visitor(chromium, told[0].folder)
    tab.visit("en/roles/kok.html")
    folded = tab.page.locator(".history details .steps")
    assert not folded.is_visible()
    tab.page.locator(".history summary").click()
    assert folded.is_visible()
    assert "Ravi gaat koken" in folded.inner_text()


def test_paper_says_of_which_day_a_handbook_is(
    chromium: Browser, told: tuple[Handbook, Handbook], tmp_path: Path
) -> None:
    tab = visitor(chromium, told[1].folder)
    tab.page.emulate_media(media="print")
    for path in ("en/index.html", "en/diary/2027-02.html"):
        tab.visit(path)
        banner = tab.page.locator(".back")
        assert banner.is_visible()
        assert "as it was on 23 February 2027" in banner.inner_text()
