"""Keys of every kind, made once for all tests of signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.signing.openssh import KINDS, SOFT, Pair, make_pair, soft_pair


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    folder: Path = tmp_path_factory.mktemp("keys")
    made = {name: make_pair(name, folder) for name in KINDS}
    return made | {name: soft_pair(name) for name in SOFT}
