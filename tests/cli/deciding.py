"""An organisation whose rules are in force, and orgcode as its members use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgcode.cli.main import run
from tests.cli.conftest import Answer
from tests.proposing import House

NOW = "2027-01-05T09:00:00Z"

Ask = Callable[..., Answer]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House.make(tmp_path)


@pytest.fixture(name="ask")
def ask_in_house(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Ask:
    monkeypatch.chdir(house.builder.root)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def ask(*arguments: str, now: str = NOW) -> Answer:
        code = run(["--now", now, *arguments])
        return Answer(code, *capsys.readouterr())

    return ask
