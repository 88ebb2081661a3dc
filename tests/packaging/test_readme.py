"""The README's two commands do all their set-up in a fresh clone, and nothing outside it.

The tests cannot run themselves without end: here the second command gets a few of them to run.
That it runs all without, and that none of its failures is hidden, is tested too.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Newcomer

pytestmark = pytest.mark.xdist_group("newcomer")

FEW = "tests/reporting"


@pytest.fixture(scope="session")
def commands() -> dict[str, list[str]]:
    """The commands as they stand in the README, by the script that they run."""
    lines = re.findall(r"^python3 (\.ci/.*)$", (ROOT / "README.md").read_text("utf-8"), re.M)
    return {Path(words[0]).stem: words for words in map(shlex.split, lines)}


def test_the_first_makes_checks_and_shows_where(
    newcomer: Newcomer, commands: dict[str, list[str]]
) -> None:
    demo = [word for word in commands["demo"] if word != "--serve"]  # which would not end
    done = newcomer.run([newcomer.python, *demo])
    assert done.returncode == 0, done.stderr
    home = next(newcomer.clone.glob("build/demo/**/index.html"))
    assert str(home) in done.stdout


def test_the_second_installs_what_it_needs_and_runs_linters_and_tests(
    newcomer: Newcomer, commands: dict[str, list[str]]
) -> None:
    before = _packages(newcomer)
    done = newcomer.run([newcomer.python, *commands["test"], FEW])
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^=+ \d+ passed.* =+$", done.stdout, re.M)
    for linter in ("ruff check", "ruff format", "mypy", "lint-imports"):
        assert f"$ {linter}" in done.stderr
    assert f"This was a selection of the tests: {FEW}" in done.stderr
    assert _packages(newcomer) == before


def test_the_second_fails_if_a_linter_or_a_test_does(
    newcomer: Newcomer, commands: dict[str, list[str]]
) -> None:
    planted = newcomer.clone / FEW / "test_planted.py"
    planted.write_text("import os\n\n\ndef test_planted() -> None:\n    raise AssertionError\n")
    done = newcomer.run([newcomer.python, *commands["test"], FEW])
    planted.unlink()
    assert done.returncode == 1
    assert "Failed: ruff check, pytest." in done.stderr


def test_ci_runs_the_second_with_nothing_left_out() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "export CI=true\n" in script
    assert script.endswith("\nexec python3 .ci/test.py < /dev/null\n")


def _packages(newcomer: Newcomer) -> str:
    done = newcomer.run([newcomer.python, "-m", "pip", "--no-color", "freeze", "--all"])
    assert done.returncode == 0, done.stderr
    return done.stdout
