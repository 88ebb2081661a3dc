"""Axe finds nothing against WCAG 2.2 AA, on any template, light or dark, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Browser

from orgcode.resources import template_names
from tests.browser.browsing import visitor
from tests.browser.handbooks import Handbook
from tests.browser.test_every_page import each_organisation

pytestmark = pytest.mark.browser

each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])


def violations(
    chromium: Browser, book: Handbook, pages: Iterable[str], axe: str, scheme: str
) -> list[object]:
    """What axe finds on pages, in a wide window and a narrow one."""
    tab = visitor(chromium, book.folder, scheme=scheme, lets_scripts=True)
    wrong: list[object] = []
    for page in pages:
        tab.visit(page)
        for width in (1280, 320):
            tab.page.set_viewport_size({"width": width, "height": 900})
            wrong += [(page, width, violation) for violation in tab.violations(axe)]
    return wrong


def largest(book: Handbook) -> list[str]:
    """The overviews, and the largest page of each template and folder, in one language."""
    found: dict[tuple[str, str], str] = {}
    for name, pages in book.templates.items():
        for page in pages:
            folder = page.rpartition("/")[0]
            if name != "redirect" and not page.startswith("en/"):
                found.setdefault((name, folder or page), page)
    return sorted(found.values())


@each_scheme
def test_axe_finds_nothing_on_any_template(
    chromium: Browser, demo: Handbook, axe: str, scheme: str
) -> None:
    templates = {name.removesuffix(".html") for name in template_names("pages")}
    # a test of its own, in test_handbook: in the demo nothing has moved
    assert set(demo.templates) == templates - {"redirect"}
    assert violations(chromium, demo, largest(demo), axe, scheme) == []


@pytest.mark.deep
@each_scheme
@each_organisation
def test_axe_finds_nothing_on_the_largest_pages(
    chromium: Browser, handbook_of: Callable[[str], Handbook], axe: str, format: str, scheme: str
) -> None:
    book = handbook_of(format)
    assert violations(chromium, book, largest(book), axe, scheme) == []
