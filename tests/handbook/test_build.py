"""`orgcode build`, from a working tree and from a commit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from orgcode.actions.build import build
from orgcode.model.errors import OrgcodeError
from tests.builder import Builder
from tests.handbook.organisation import FILES, TODAY


@pytest.fixture
def repository(tmp_path: Path) -> Builder:
    made = Builder.make(tmp_path / "buurt")
    made.commit({**FILES, ".gitignore": "/site/\n", "assets/huis.png": b"\x89PNG\x00\xff"})
    return made


def contents(folder: Path) -> Mapping[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_a_commit_and_its_checkout_give_the_same_bytes(repository: Builder, tmp_path: Path) -> None:
    here = build(repository.root, TODAY).folder
    repository.write("roles/kok.yaml", "name: Anders\ncircle: keuken\npurpose: Anders.\n")
    there = build(repository.root, TODAY, at="HEAD", output=tmp_path / "there").folder
    assert contents(here) == contents(there)
    assert (here / "assets/huis.png").read_bytes() == b"\x89PNG\x00\xff"
    other = build(repository.root, TODAY, output=tmp_path / "other").folder
    assert contents(other) != contents(there)


def test_a_second_build_takes_the_place_of_the_first(repository: Builder) -> None:
    first = contents(build(repository.root, TODAY).folder)
    (repository.root / "policies/menu.yaml").unlink()
    second = contents(build(repository.root, TODAY).folder)
    assert set(first) - set(second) == {"policies/menu.html", "en/policies/menu.html"}


def test_what_is_broken_is_left_out_and_counted(repository: Builder) -> None:
    repository.write("roles/kok.yaml", "name: [")
    built = build(repository.root, TODAY)
    assert built.errors > 0
    assert not (built.folder / "roles/kok.html").exists()
    assert (built.folder / "roles/inkoop.html").exists()


def test_a_folder_with_files_of_somebody_else_is_refused(
    repository: Builder, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("Lief dagboek", encoding="utf-8")
    with pytest.raises(OrgcodeError):
        build(repository.root, TODAY, output=tmp_path / "mine")
    assert contents(tmp_path / "mine") == {"diary.txt": b"Lief dagboek"}


def test_the_command_says_where_the_handbook_is(repository: Builder) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from orgcode.cli.main import main; main()",
            "build",
            "-C",
            str(repository.root),
            "--now",
            "2027-03-01",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{repository.root / 'site' / 'index.html'}\n"
    assert "pages were written" in done.stderr
