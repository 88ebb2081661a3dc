"""The handbook as a browser sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import visitor
from tests.browser.handbooks import Handbook
from tests.handbook.proposal import PROPOSAL

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("base", ["", "en/"])
def test_a_proposal_is_whole_quiet_and_without_violations(
    chromium: Browser, discussed: Path, axe: str, base: str
) -> None:
    page = f"{base}proposals/{PROPOSAL}.html"
    tab = visitor(chromium, discussed, 320, lets_scripts=True)
    tab.visit(page)
    assert tab.overflow() <= 0
    assert Handbook(discussed).broken(page) == []
    assert tab.noticed + tab.refused == []
    assert tab.page.locator(".responses > li").count() == 4
    assert tab.violations(axe) == []


@pytest.mark.parametrize("base", ["", "en/"])
def test_a_former_address_brings_the_reader_to_the_page(
    chromium: Browser, discussed: Path, base: str
) -> None:
    tab = visitor(chromium, discussed, lets_scripts=True)
    tab.visit(f"{base}roles/chef.html")
    tab.page.wait_for_url(f"**/{base}roles/kok.html")
    assert tab.noticed + tab.refused == []


def test_axe_finds_nothing_on_the_page_of_a_former_address(
    chromium: Browser, discussed: Path, axe: str
) -> None:
    """The page leads on at once; without the line that does so, it can be looked at."""
    moved = (discussed / "roles/chef.html").read_text()
    still = re.sub(r'<meta http-equiv="refresh"[^>]*>', "", moved)
    assert still != moved
    (discussed / "roles/still.html").write_text(still)
    tab = visitor(chromium, discussed, lets_scripts=True)
    tab.visit("roles/still.html")
    assert tab.violations(axe) == []
    (discussed / "roles/still.html").unlink()


def test_every_page_has_its_counterpart_in_the_other_language(site: Path) -> None:
    dutch = {
        file.relative_to(site).as_posix()
        for file in site.rglob("*.html")
        if file.relative_to(site).parts[0] != "en"
    }
    english = {file.relative_to(site / "en").as_posix() for file in (site / "en").rglob("*.html")}
    assert dutch - {"404.html"} == english


def test_the_same_checks_catch_a_planted_violation_and_a_planted_script(
    chromium: Browser, tmp_path: Path, axe: str
) -> None:
    (tmp_path / "control.html").write_text(
        '<!doctype html><html><title>Control</title><img src="x.png">'
        "<p style='color:#bbb;background:#fff'>Pale</p><p style='width:3000px'>wide</p>"
        '<a href="nowhere.html">nowhere</a><a href="javascript:alert(1)">harm</a>'
        '<a href="#nowhere">nowhere</a>'
        + "<button style='width:9px;height:9px;padding:0;border:0'></button>"
        * 2
        + '<img src="https://elsewhere.example/spy.png" alt="">'
        "<script>alert('planted'); throw new Error('planted')</script>",
        encoding="utf-8",
    )
    tab = visitor(chromium, tmp_path)
    tab.visit("control.html")
    assert any("dialog: planted" in noticed for noticed in tab.noticed)
    assert any("script: planted" in noticed for noticed in tab.noticed)
    assert tab.refused == ["https://elsewhere.example/spy.png"]
    assert tab.overflow() > 0
    book = Handbook(tmp_path)
    assert book.broken("control.html") == [
        "control.html: #nowhere (no such place)",
        "control.html: javascript:alert(1)",
        "control.html: nowhere.html",
        "control.html: https://elsewhere.example/spy.png",
        "control.html: x.png",
    ]
    assert tab.links() == {written for _, written in book.links["control.html"]}
    rules = {violation["rule"] for violation in tab.violations(axe)}
    assert {"image-alt", "color-contrast", "html-has-lang", "target-size"} <= rules


def test_the_content_security_policy_stops_a_script_that_slipped_in(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    planted = page.replace("</main>", "<script>alert('planted')</script></main>")
    (tmp_path / "index.html").write_text(planted, encoding="utf-8")
    tab = visitor(chromium, tmp_path)
    tab.visit("index.html")
    assert not any("dialog" in noticed for noticed in tab.noticed)
    assert any("Content Security Policy" in noticed for noticed in tab.noticed)


def test_a_page_reads_in_order_without_its_stylesheet(chromium: Browser, site: Path) -> None:
    tab = visitor(chromium, site)
    tab.visit("roles/kok.html")
    order = tab.page.evaluate(
        "[...document.querySelectorAll('h1,.purpose,.glance,#accountabilities,#decides,#menu')]"
        ".map(e => e.tagName === 'H1' ? 'h1' : e.id || e.className)"
    )
    assert order == ["h1", "purpose", "glance", "accountabilities", "decides", "menu"]


def test_the_skip_link_leads_to_the_content(chromium: Browser, site: Path) -> None:
    tab = visitor(chromium, site)
    tab.visit("roles/kok.html")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "content"
