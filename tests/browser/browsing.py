"""Chromium, driven by Playwright, and what it notices while it visits a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
"""By name, as axe leaves the rules of WCAG 2.2 out otherwise."""


def missing(what: str) -> NoReturn:
    """Say that browser tests cannot run; in CI that is a failure."""
    reason = f"not run: {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def axe_source() -> str:
    """The text of axe-core, wherever it was installed."""
    folder = Path(os.environ.get("ORGCODE_AXE") or ROOT / ".cache/axe/node_modules/axe-core")
    file = folder / "axe.min.js" if folder.is_dir() else folder
    if not file.is_file():
        missing(f"axe-core is not in {folder}; npm install --prefix .cache/axe axe-core@4")
    return file.read_text(encoding="utf-8")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    named = os.environ.get("ORGCODE_CHROMIUM")
    program = named or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        missing("no Chromium is found, and ORGCODE_CHROMIUM names none")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield started
        started.close()


@dataclass
class Visitor:
    """One tab and everything untoward that happened in it."""

    page: Page
    site: Path
    noticed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Requests that did not stay in the site; they are not let through."""

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._console(said.type, said.text))
        self.page.on("pageerror", lambda error: self.noticed.append(f"script: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.route("**/*", self._route)

    def visit(self, path: str) -> None:
        """Go to a page of the site."""
        self.page.goto((self.site / path).as_uri(), wait_until="load")

    def links(self) -> set[str]:
        """Every address that the page links to or loads from, as it is written."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('[href],[src]')]"
            ".map(e => e.getAttribute('href') || e.getAttribute('src'))"
        )
        return set(found)

    def inside(self, address: str) -> str | None:
        """The path in the site that an address leads to; None where it leads elsewhere."""
        parts = urlsplit(urldefrag(address).url)
        if parts.scheme != "file":
            return None
        path = Path(unquote(parts.path))
        return path.relative_to(self.site).as_posix() if path.is_relative_to(self.site) else None

    def violations(self, axe: str) -> list[dict[str, Any]]:
        """What axe finds wrong with the page."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe)
        result: dict[str, Any] = self.page.evaluate("o => axe.run(document, o)", AXE_OPTIONS)
        return [
            {"rule": v["id"], "where": [node["target"] for node in v["nodes"]]}
            for v in result["violations"]
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        wide: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wide

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.noticed.append(f"{kind}: {text}")

    def _dialog(self, dialog: Any) -> None:
        self.noticed.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _route(self, route: Any) -> None:
        address = route.request.url
        if self.inside(address) is None and not address.startswith(("data:", "about:")):
            self.refused.append(address)
            route.abort()
        else:
            route.continue_()


def visitor(
    of: Browser, site: Path, width: int = 1280, scheme: Any = "light", *, lets_scripts: bool = False
) -> Visitor:
    """A new tab of a width and colour scheme; `lets_scripts` lets axe past the page's policy."""
    context = of.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=lets_scripts
    )
    return Visitor(page=context.new_page(), site=site.resolve())
