"""The wheel has everything inside: it works where no checkout is in reach."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.packaging.conftest import Newcomer

pytestmark = pytest.mark.xdist_group("newcomer")


@pytest.fixture(scope="session")
def wheel(newcomer: Newcomer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution of a fresh clone."""
    folder = tmp_path_factory.mktemp("dist")
    sdist = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "-d", str(folder)]
    subprocess.run(sdist, cwd=newcomer.clone, check=True)
    archive = next(folder.glob("*.tar.gz"))
    build = ["wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(archive)]
    subprocess.run([sys.executable, "-m", "pip", *build], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def orgcode(newcomer: Newcomer, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment that has the wheel and what it depends on, nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    done = newcomer.run([folder / "bin" / "pip", "install", "--quiet", str(wheel)], folder)
    assert done.returncode == 0, done.stderr
    return folder / "bin" / "orgcode"


def test_everything_the_program_reads_is_inside(wheel: Path, newcomer: Newcomer) -> None:
    inside = set(ZipFile(wheel).namelist())
    for folder in ("schema", "templates"):
        files = (newcomer.clone / folder).rglob("*")
        paths = {f.relative_to(newcomer.clone).as_posix() for f in files if f.is_file()}
        assert paths
        assert {f"orgcode/{path}" for path in paths} <= inside
    assert "orgcode/i18n/locale/nl.mo" in inside
    assert not any(path.startswith(("tests/", ".ci/")) for path in inside)


def test_it_makes_the_demo(newcomer: Newcomer, orgcode: Path, tmp_path: Path) -> None:
    done = newcomer.run([orgcode, "demo", "example"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.glob("example/**/index.html"))


def test_it_speaks_dutch(newcomer: Newcomer, orgcode: Path, tmp_path: Path) -> None:
    made = newcomer.run([orgcode, "demo", "example"], tmp_path)
    assert made.returncode == 0, made.stderr
    person = next((tmp_path / "example" / "people").iterdir())
    person.write_text(person.read_text("utf-8") + "nome: x\n", "utf-8")
    done = newcomer.run([orgcode, "-C", "example", "--lang", "nl", "check"], tmp_path)
    assert done.returncode == 1
    assert f"people/{person.name}" in done.stdout
    assert "bedoel" in done.stdout.casefold()
