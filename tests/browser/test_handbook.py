"""The handbook as a browser sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import Visitor, visitor
from tests.handbook.proposal import PROPOSAL

pytestmark = pytest.mark.browser

ONE_OF_EACH = (
    "index.html",
    "circles.html",
    "circles/keuken.html",
    "roles.html",
    "roles/kok.html",
    "roles/keuken/secretary.html",
    "people.html",
    "people/sara.html",
    "policies.html",
    "tensions.html",
    "objectives.html",
    "agreements.html",
    "proposals.html",
    "pages.html",
    "who-decides.html",
    "who-judges.html",
    "attention.html",
    "over.html",
    "glossary.html",
    "help.html",
    "404.html",
)


def first_of(site: Path, folder: str) -> str:
    """The first page in a folder of the site."""
    return min(file.relative_to(site).as_posix() for file in (site / folder).glob("*.html"))


def one_of_each(site: Path) -> tuple[str, ...]:
    folders = ("policies", "agreements", "objectives", "tensions", "pages", "help")
    return (*ONE_OF_EACH, *(first_of(site, folder) for folder in folders))


def anchors_of(site: Path, known: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The places within each page that a link can lead to."""
    return {
        path: frozenset(re.findall(r'\sid="([^"]+)"', (site / path).read_text(encoding="utf-8")))
        for path in known
        if path.endswith(".html")
    }


def broken(
    tab: Visitor, page: str, anchors: Mapping[str, frozenset[str]], known: frozenset[str]
) -> list[str]:
    """Links of the page at hand that lead nowhere."""
    found = []
    for address, written in tab.links().items():
        path = tab.inside(address)
        if path is None:
            if urlsplit(address).scheme not in ("http", "https", "mailto"):
                found.append(f"{page}: {written}")
        elif path not in known:
            found.append(f"{page}: {written}")
        elif (place := urldefrag(address).fragment) and place not in anchors.get(path, ()):
            found.append(f"{page}: {written} (no such place)")
    return found


def test_every_page_is_whole_quiet_and_near(chromium: Browser, site: Path) -> None:
    known = frozenset(
        file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()
    )
    pages = sorted(path for path in known if path.endswith(".html"))
    anchors = anchors_of(site, known)
    tab = visitor(chromium, site)
    leads_to: dict[str, set[str]] = {}
    wrong: list[str] = []
    for page in pages:
        tab.visit(page)
        wrong += broken(tab, page, anchors, known)
        wrong += [f"{page}: {noticed}" for noticed in tab.noticed]
        wrong += [f"{page}: asked for {address}" for address in tab.refused]
        for width in (320, 1280):
            tab.page.set_viewport_size({"width": width, "height": 900})
            if (wide := tab.overflow()) > 0:
                wrong.append(f"{page}: {wide} pixels too wide for a window of {width}")
        tab.noticed.clear()
        tab.refused.clear()
        leads_to[page] = {
            path for address in tab.links() if (path := tab.inside(address)) is not None
        }
    assert len(pages) > 150
    assert wrong == []
    near = {"index.html", "404.html"}
    for _ in range(4):
        near |= {path for page in near for path in leads_to.get(page, ())}
    assert set(pages) <= near


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_of_each_template(
    chromium: Browser, site: Path, axe: str, scheme: str
) -> None:
    tab = visitor(chromium, site, scheme=scheme, lets_scripts=True)
    wrong = []
    for page in one_of_each(site):
        tab.visit(page)
        wrong += [(page, violation) for violation in tab.violations(axe)]
    assert wrong == []


def test_axe_finds_nothing_on_a_phone(chromium: Browser, site: Path, axe: str) -> None:
    tab = visitor(chromium, site, 320, lets_scripts=True)
    wrong = []
    for page in ("index.html", "circles/keuken.html", "en/roles/kok.html", "people/sara.html"):
        tab.visit(page)
        wrong += [(page, violation) for violation in tab.violations(axe)]
    assert wrong == []


@pytest.mark.parametrize("base", ["", "en/"])
def test_a_proposal_is_whole_quiet_and_without_violations(
    chromium: Browser, discussed: Path, axe: str, base: str
) -> None:
    known = frozenset(
        file.relative_to(discussed).as_posix() for file in discussed.rglob("*") if file.is_file()
    )
    page = f"{base}proposals/{PROPOSAL}.html"
    tab = visitor(chromium, discussed, 320, lets_scripts=True)
    tab.visit(page)
    assert tab.overflow() <= 0
    assert broken(tab, page, anchors_of(discussed, known), known) == []
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
        "<!doctype html><html><title>Control</title><img src='x.png'>"
        "<p style='color:#bbb;background:#fff'>Pale</p><p style='width:3000px'>wide</p>"
        "<a href='nowhere.html'>nowhere</a><a href='javascript:alert(1)'>harm</a>"
        "<img src='https://elsewhere.example/spy.png' alt=''>"
        "<script>alert('planted'); throw new Error('planted')</script>",
        encoding="utf-8",
    )
    tab = visitor(chromium, tmp_path)
    tab.visit("control.html")
    assert any("dialog: planted" in noticed for noticed in tab.noticed)
    assert any("script: planted" in noticed for noticed in tab.noticed)
    assert tab.refused == ["https://elsewhere.example/spy.png"]
    assert tab.overflow() > 0
    assert broken(tab, "control", {}, frozenset({"control.html"})) == [
        "control: x.png",
        "control: nowhere.html",
        "control: javascript:alert(1)",
    ]
    rules = {violation["rule"] for violation in tab.violations(axe)}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= rules


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
