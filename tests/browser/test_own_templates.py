"""Whatever an organisation's own templates hold, a browser loads and runs nothing of it; and what
a handbook for everyone looks like.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from orgcode.actions.build import site_files
from orgcode.actions.demo_files import demo_files
from orgcode.adapters.site import write_site
from orgcode.documents.loading import load
from orgcode.handbook.audience import UNLESS_SAID, Audience
from orgcode.handbook.pages import handbook
from orgcode.model.snapshot import Files
from tests.browser.browsing import visitor
from tests.browser.handbooks import Handbook
from tests.handbook.organisation import TODAY, site

pytestmark = pytest.mark.browser

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">'
    '<circle cx="32" cy="32" r="30" fill="#2f6b4f"/></svg>'
)
# What the build would name, such as a picture from elsewhere, never comes so far.
HARM = """\
{% extends "orgcode/pages/role.html" %}
{% block lead %}
<img src="x.png" srcset="x.png 0.1x, https://elsewhere.example/spy.png 1x" alt=""
     onerror="alert('image')">
<p id="over" onmouseover="alert('over')" style="background: url(https://elsewhere.example/)">x</p>
<a id="link" href="javascript:alert('link')">link</a>
<a id="data" href="data:text/html,<i>x</i>">data</a>
{% endblock %}
"""
STYLE = """\
@import url("https://elsewhere.example/x.css");
h1 { background: url("https://elsewhere.example/y.png"); }
@font-face { font-family: x; src: url("https://elsewhere.example/z.woff2"); }
h1 { font-family: x; }
"""


def test_own_templates_and_styles_load_and_run_nothing(chromium: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(folder, site({"templates/pages/role.html": HARM, "templates/style.css": STYLE}))
    tab = visitor(chromium, folder.resolve())
    tab.visit("roles/kok.html")
    tab.page.hover("#over")
    tab.page.click("#link")
    tab.page.wait_for_timeout(200)
    assert tab.refused == []
    assert not any("dialog" in noticed for noticed in tab.noticed)
    assert any("Content Security Policy" in noticed for noticed in tab.noticed)
    assert tab.page.url.endswith("roles/kok.html")


def test_a_carried_svg_is_shown_as_a_picture(chromium: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    made = site(
        {
            "assets/huis.svg": SVG,
            "pages/welkom.md": "# Welkom\n\n![Ons huis](../assets/huis.svg)\n",
        }
    )
    write_site(folder, made)
    tab = visitor(chromium, folder.resolve())
    tab.visit("pages/welkom.html")
    wide = tab.page.evaluate("document.querySelector('.prose img').naturalWidth")
    assert wide == 64
    assert tab.noticed + tab.refused == []


def test_a_handbook_for_everyone_is_whole_and_without_violations(
    chromium: Browser, tmp_path: Path, axe: str
) -> None:
    org = load(Files(demo_files(TODAY, "nl")), TODAY)
    folder = tmp_path / "site"
    audience = Audience(everyone=True, kinds=UNLESS_SAID)
    write_site(folder, site_files(org, handbook(org, audience)))
    book = Handbook(folder)
    tab = visitor(chromium, folder.resolve(), 320, lets_scripts=True)
    wrong: list[object] = []
    for page in (
        *("index.html", "circles.html", "circles/keuken.html", "roles.html", "roles/kok.html"),
        *("policies.html", "who-decides.html", "en/circles/keuken.html", "en/index.html"),
    ):
        tab.visit(page)
        wrong += [(page, said) for said in (*tab.noticed, *tab.refused)]
        wrong += book.broken(page)
        wrong += [(page, found) for found in tab.violations(axe)]
        if tab.overflow() > 0:
            wrong.append((page, "too wide"))
        tab.noticed.clear()  # axe reads the stylesheet, which the page may not
        tab.refused.clear()
    assert wrong == []
