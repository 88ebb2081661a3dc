"""What all tests share: the public data they may read, and a git that is the same everywhere."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

GIT_CONFIGURATION = """\
[user]
    name = Test
    email = test@example.org
[init]
    defaultBranch = main
"""


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_ends() -> None:
    """Let programs that tests start hear Ctrl-C, also where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _git_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the configuration, identity and hooks of whoever runs the tests out of them.

    A test that needs a git without an identity sets `GIT_CONFIG_GLOBAL` itself.
    """
    configuration = tmp_path_factory.mktemp("git") / "config"
    configuration.write_text(GIT_CONFIGURATION, encoding="utf-8")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ["GIT_CONFIG_GLOBAL"] = str(configuration)
    os.environ["GIT_CONFIG_NOSYSTEM"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads public data, so that `-m "not real_data"` leaves it out."""
    for item in items:
        if isinstance(item, pytest.Function) and "real_data" in item.fixturenames:
            item.add_marker("real_data")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of public data: `ORGCODE_REAL_DATA`, else `shared/data` beside the checkout."""
    named = os.environ.get("ORGCODE_REAL_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if named:
            pytest.fail(f"ORGCODE_REAL_DATA names {folder}, which is no folder")
        pytest.skip(f"no public data: {folder} is no folder, and ORGCODE_REAL_DATA names none")
    return folder
