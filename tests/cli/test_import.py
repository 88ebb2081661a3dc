"""`orgcode import`: an organisation out of the files of another system."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from orgcode.adapters.git.committing import add_files
from tests.cli.conftest import Ask
from tests.importers.counting import leaves, toml_files
from tests.importers.small import PERIBOLOS, RUST


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return fill(tmp_path / "source", RUST)


def fill(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


def test_it_makes_a_repository_with_one_commit_that_passes_check(
    source: Path, tmp_path: Path, ask: Ask
) -> None:
    made = tmp_path / "made"
    answer = ask("import", "rust-team", str(source), "--into", str(made))

    assert answer.code == 0
    assert answer.out.startswith("Of ")
    assert "They became 6 teams, 2 roles, 7 contributors and one policy.\n" in answer.out
    assert re.search(
        r"  1  teams/\*.toml +website.weight +teams/leadership-council.toml\n", answer.out
    )
    assert answer.out.endswith(f"The organisation is in {made}\n")
    assert answer.err == f"Next: orgcode -C {made} build (makes the handbook)\n"
    assert git(made, "log", "--format=%s") == (
        "Import the teams of the Rust project (rust-lang/team)"
    )
    assert git(made, "status", "--porcelain") == ""
    assert ask("-C", str(made), "check").code == 0
    assert "Developing compiler internals" in ask("-C", str(made), "show", "circles/compiler").out


def test_the_account_is_kept_as_a_page(source: Path, tmp_path: Path, ask: Ask) -> None:
    made = tmp_path / "made"
    ask("import", "rust-team", str(source), "--into", str(made))
    page = (made / "pages/import.md").read_text()

    assert page.startswith("# What came of the import\n")
    assert "| `teams/*.toml` | `website.weight` | 1 | `teams/leadership-council.toml` |\n" in page
    assert "1000" not in page


def test_in_dutch(source: Path, tmp_path: Path, ask: Ask) -> None:
    answer = ask("import", "rust-team", str(source), "--into", str(tmp_path / "a"), "--lang", "nl")

    assert answer.out.startswith("Van de ")
    assert (tmp_path / "a/pages/import.md").read_text().startswith("# Wat er van de import is")


def test_as_json_the_account_adds_up(source: Path, tmp_path: Path, ask: Ask) -> None:
    made = str(tmp_path / "made")
    answer = ask("import", "rust-team", str(source), "--into", made, "--format", "json")
    account = json.loads(answer.out)

    assert account["leaves"] == sum(map(leaves, toml_files(source).values()))
    assert account["imported"] == sum(field["count"] for field in account["fields"])
    assert account["lost"] == sum(loss["count"] for loss in account["losses"])
    assert account["imported"] + account["lost"] == account["leaves"]
    assert account["made"]["circles"] == 6
    weight = next(loss for loss in account["losses"] if loss["field"] == "website.weight")
    assert (weight["count"], weight["value"]) == (1, "1000")
    assert weight["path"] == "teams/leadership-council.toml"


def test_the_same_source_gives_the_same_bytes(source: Path, tmp_path: Path, ask: Ask) -> None:
    for name in ("one", "two"):
        ask(
            "import",
            "rust-team",
            str(source),
            "--into",
            str(tmp_path / name),
            "--now",
            "2026-01-01",
        )

    one, two = (git(tmp_path / name, "rev-parse", "HEAD") for name in ("one", "two"))
    assert one == two


def test_without_a_folder_it_is_called_after_the_format(
    tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "config", PERIBOLOS)
    monkeypatch.chdir(tmp_path)

    answer = ask("import", "peribolos", "config", "--name", "Everything")

    assert answer.code == 0
    assert "name: Everything\n" in (tmp_path / "orgcode-peribolos/org.yaml").read_text()


def test_a_revision_is_read(source: Path, tmp_path: Path, ask: Ask) -> None:
    git(source, "init", "--quiet")
    git(source, "add", ".")
    git(source, "commit", "--quiet", "-m", "One")
    (source / "people/linus.toml").write_text('name = "Somebody"\ngithub = "linus"\n')

    ask("import", "rust-team", str(source), "--into", str(tmp_path / "a"), "--rev", "main")
    ask("import", "rust-team", str(source), "--into", str(tmp_path / "b"))

    assert "name: Linus\n" in (tmp_path / "a/people/linus.yaml").read_text()
    assert "name: Somebody\n" in (tmp_path / "b/people/linus.yaml").read_text()


def test_a_file_that_cannot_be_read_is_named(source: Path, tmp_path: Path, ask: Ask) -> None:
    (source / "teams/compiler.toml").write_text('name = "compiler"\n[people\n')
    (source / "people/\x1b[31m.toml").write_bytes(b"\xff")

    answer = ask("import", "rust-team", str(source), "--into", str(tmp_path / "made"))

    assert answer.code == 0
    assert "  teams/compiler.toml:2:8: This file is no TOML:" in answer.out
    assert "  people/<U+001B>[31m.toml:1:1: This file is not text in UTF-8." in answer.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rust-team", "gone"), "nothing at"),
        (("rust-team", "source/people/ada.toml"), "neither a folder nor a git bundle"),
        (("peribolos", "source"), "no organisation of peribolos here"),
        (("rust-team", "source", "--rev", "main"), "no git repository"),
        (("rust-team", "source", "--into", "source"), "is not empty"),
        (("rust-team", "source", "--name", " "), "--name is empty"),
        (("slack", "source"), "There is no format slack"),
        (("rust-team",), "SRC is missing"),
    ],
)
def test_wrong_use_is_explained_and_leaves_nothing(
    source: Path,
    tmp_path: Path,
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    answer = ask("import", *arguments)

    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_is_left_where_writing_fails(
    source: Path, tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_half_way(*arguments: object) -> str:
        add_files(*arguments)  # type: ignore[arg-type]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orgcode.adapters.git.repository.add_files", fail_half_way)

    answer = ask("import", "rust-team", str(source), "--into", str(tmp_path / "a/b"))

    assert answer.code == 2
    assert "No space left on device" in answer.err
    assert not (tmp_path / "a").exists()


def test_a_link_is_not_followed_but_named(source: Path, tmp_path: Path, ask: Ask) -> None:
    (source / "people/secret.toml").symlink_to("/etc/passwd")

    answer = ask("import", "rust-team", str(source), "--into", str(tmp_path / "made"))

    assert "  people/secret.toml: This is a link to another file" in answer.out
    assert not (tmp_path / "made/people/secret.yaml").exists()
