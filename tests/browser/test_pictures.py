"""Pictures of the handbooks, to look at: light and dark, on a phone and on a screen.

They are left in the folder that `ORGCODE_PICTURES` names, or else where pytest keeps its files.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.browsing import visitor
from tests.browser.handbooks import Handbook

pytestmark = pytest.mark.browser

SHOWN = ("home", "circle", "role", "person", "who-judges", "attention")
HEIGHT = {320: 2600, 1280: 2000}
"""Of a longer page the picture is of its beginning."""


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures are left."""
    named = os.environ.get("ORGCODE_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("width", HEIGHT)
@pytest.mark.parametrize(
    "of",
    [
        "demo",
        pytest.param("rust-team", marks=pytest.mark.real_data),
        pytest.param("kubernetes-sigs", marks=pytest.mark.real_data),
    ],
)
def test_pictures_are_as_wide_as_the_window_and_as_dark_as_asked_for(
    chromium: Browser, request: pytest.FixtureRequest, album: Path, of: str, width: int
) -> None:
    book: Handbook = (
        request.getfixturevalue("demo")
        if of == "demo"
        else request.getfixturevalue("handbook_of")(of)
    )
    tab = visitor(chromium, book.folder, width)
    for template in SHOWN:
        page = next(page for page in book.templates[template] if not page.startswith("en/"))
        tab.visit(page)
        long = tab.page.evaluate("document.documentElement.scrollHeight")
        papers = []
        for scheme in ("light", "dark"):
            tab.page.emulate_media(color_scheme=scheme)
            papers.append(
                tab.page.evaluate("getComputedStyle(document.documentElement).background")
            )
            picture = tab.page.screenshot(
                path=album / f"{of}-{template}-{width}-{scheme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(long, HEIGHT[width])},
            )
            assert int.from_bytes(picture[16:20], "big") == width
        assert papers[0] != papers[1]
        assert tab.overflow() <= 0
    tab.page.context.close()
