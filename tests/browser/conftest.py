"""The handbook of the demo in both languages, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from orgcode.actions.demo import demo
from tests.browser import browsing
from tests.handbook import proposal

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium for all browser tests."""
    with browsing.browser() as started:
        yield started


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the demo's handbook."""
    return demo(tmp_path_factory.mktemp("demo") / "demo", NOW, "nl").handbook.folder.resolve()


@pytest.fixture(scope="session")
def discussed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the handbook of the demo in which something is proposed."""
    folder = tmp_path_factory.mktemp("discussed")
    for path, content in proposal.site().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder.resolve()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    return browsing.axe_source()
