"""Hostile text does no harm in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from orgcode.actions.build import site_files
from orgcode.adapters.site import write_site
from orgcode.documents.loading import load
from orgcode.model.snapshot import Files
from tests.browser.browsing import visitor
from tests.handbook.hostile import files, strings
from tests.handbook.organisation import TODAY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook of an organisation that means harm."""
    folder = tmp_path_factory.mktemp("hostile") / "site"
    write_site(folder, site_files(load(Files(files(strings(real_data))), TODAY)))
    return folder.resolve()


def test_no_string_runs_asks_or_shouts(chromium: Browser, hostile: Path, real_data: Path) -> None:
    # Without the policy of the page, so that what holds is the escaping itself.
    tab = visitor(chromium, hostile, lets_scripts=True)
    pages = [
        f"x{place}.html"
        for place, text in enumerate(strings(real_data))
        if set(text) & set("<(:")  # without any of these, Markdown makes nothing but text
    ]
    assert len(pages) > 200
    overviews = ("index.html", "roles.html", "people.html", "circles.html", "circles/alle.html")
    for page in (*overviews, *(f"policies/{page}" for page in pages)):
        tab.visit(page)
    assert tab.noticed == []
    assert tab.refused == []
