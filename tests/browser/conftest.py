"""The handbooks of the demo and of real organisations, and a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from orgcode.actions.demo import demo as make_demo
from tests.browser import browsing
from tests.browser.handbooks import NOW, Handbook, real_handbook
from tests.handbook import proposal


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium for all browser tests."""
    with browsing.browser() as started:
        yield started


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the demo's handbook."""
    return make_demo(tmp_path_factory.mktemp("demo") / "demo", NOW, "nl").handbook.folder.resolve()


@pytest.fixture(scope="session")
def demo(site: Path) -> Handbook:
    """The demo's handbook, as it is on disk."""
    return Handbook(site)


@pytest.fixture(scope="session")
def handbook_of(
    real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Handbook]:
    """The handbook of a real organisation, made when it is first asked for."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return cache(lambda name: real_handbook(name, real_data, shared / name))


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
