"""A fresh clone, and an environment in which nothing of this checkout or of its user is left."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Newcomer:
    """Somebody with Python, git and an empty home, who has just cloned the repository."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.home.mkdir()
        self.clone = folder / "orgcode"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(self.clone)], check=True)

    @property
    def python(self) -> str:
        """The system's Python, which the environment of these tests was made with."""
        return str(Path(sys.base_prefix) / "bin" / "python3")

    @property
    def environment(self) -> Mapping[str, str]:
        """What their shell knows; git and pip have no settings of anybody's."""
        theirs = ("VIRTUAL_ENV", "PYTHON", "PYTEST", "COVERAGE", "GIT_", "ORGCODE_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
        return {**kept, "HOME": str(self.home), "GIT_CONFIG_NOSYSTEM": "1"}

    def run(
        self, command: Sequence[str | Path], folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as they would, in the clone unless said otherwise."""
        return subprocess.run(
            command,
            cwd=folder or self.clone,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )


@pytest.fixture(scope="session")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    return Newcomer(tmp_path_factory.mktemp("newcomer"))
