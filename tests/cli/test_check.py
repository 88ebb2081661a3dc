"""`orgcode check` on a real repository."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.builder import Builder
from tests.cli.conftest import Ask


def test_a_sound_organisation_ends_with_zero(ask: Ask) -> None:
    answer = ask("check")
    assert answer.code == 0
    assert answer.out.splitlines()[-1] == "1 warning in 1 file."
    assert answer.err == "Next: orgcode build (makes the handbook)\n"


def test_strict_makes_warnings_count(ask: Ask) -> None:
    assert ask("check", "--strict").code == 1


def test_findings_end_with_one_and_name_the_place(repository: Builder, ask: Ask) -> None:
    repository.write("policies/afwas.yaml", "title: Afwas\ncircle: kueken\ntext: Kort.\n")
    answer = ask("check")
    assert answer.code == 1
    assert answer.out.startswith("policies/afwas.yaml:2:9: error: ")
    assert "[unknown-circle]" in answer.out
    assert answer.err.startswith("Next: orgcode explain unknown-circle ")


def test_findings_in_dutch(repository: Builder, ask: Ask) -> None:
    repository.write("policies/afwas.yaml", "title: Afwas\ncircle: kueken\ntext: Kort.\n")
    answer = ask("check", "--lang", "nl")
    assert answer.out.startswith("policies/afwas.yaml:2:9: fout: ")
    assert answer.out.endswith("1 fout en 1 waarschuwing in 2 bestanden.\n")
    assert answer.err.startswith("Hierna: orgcode explain unknown-circle ")


def test_the_next_command_is_for_the_folder_that_was_chosen(
    repository: Builder, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask("-C", "buurt", "check").err == "Next: orgcode -C buurt build (makes the handbook)\n"


def test_the_next_command_names_a_program_that_is_not_on_the_path(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "orgcode"
    program.parent.mkdir()
    program.touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.argv", [str(program)])
    assert ask("check").err == f"Next: {program} build (makes the handbook)\n"


def test_staged_reads_the_index(repository: Builder, ask: Ask) -> None:
    file = repository.write("policies/afwas.yaml", "title: Afwas\ncircle: kueken\ntext: Kort.\n")
    assert ask("check", "--staged").code == 0
    repository.git("add", "-A")
    file.unlink()
    assert ask("check", "--staged").code == 1
    assert ask("check").code == 0


def test_at_reads_a_revision(repository: Builder, ask: Ask) -> None:
    repository.commit({"policies/afwas.yaml": "title: Afwas\ncircle: kueken\ntext: Kort.\n"})
    repository.git("tag", "broken")
    repository.commit({"policies/afwas.yaml": "title: Afwas\ncircle: keuken\ntext: Kort.\n"})
    assert ask("check").code == 0
    assert ask("check", "--at", "broken").code == 1
    assert ask("--at", "HEAD~2", "check").code == 0


def test_json_on_standard_output_alone(repository: Builder, ask: Ask) -> None:
    repository.write("policies/afwas.yaml", "title: Afwas\ncircle: kueken\ntext: Kort.\n")
    answer = ask("check", "--format", "json")
    data = json.loads(answer.out)
    assert data["summary"] == {"errors": 1, "warnings": 1, "notices": 0}
    assert [finding["rule"] for finding in data["findings"]] == ["unknown-circle", "seat-open"]


def test_github_gets_annotations(ask: Ask) -> None:
    answer = ask("check", "--format", "github")
    assert answer.out.startswith("::warning file=roles/kok.yaml,line=")


def test_sarif_names_the_version(ask: Ask) -> None:
    answer = ask("check", "--format", "sarif")
    assert answer.code == 0
    (run,) = json.loads(answer.out)["runs"]
    assert run["tool"]["driver"]["version"] == version("orgcode")
    assert [result["ruleId"] for result in run["results"]] == ["seat-open"]


def test_junit_counts_warnings_when_strict(ask: Ask) -> None:
    assert ET.fromstring(ask("check", "--format", "junit").out).get("failures") == "0"  # noqa: S314 (ours)
    strict = ask("check", "--format", "junit", "--strict")
    assert ET.fromstring(strict.out).get("failures") == "1"  # noqa: S314 (ours)
    assert strict.code == 1


def test_help_tells_what_the_formats_are_for(ask: Ask) -> None:
    said = ask("check", "--help").out
    assert "[text|json|github|sarif|junit]" in said
    assert "junit for services" in " ".join(said.split())


def test_a_hostile_file_name_reaches_no_terminal(repository: Builder, ask: Ask) -> None:
    repository.write("roles/\x1b[2Jx.yaml", "name: x\n")
    answer = ask("check")
    assert "\x1b" not in answer.out + answer.err
    assert "<U+001B>" in answer.out


def test_quiet_says_only_the_answer(ask: Ask) -> None:
    assert ask("check", "--quiet").err == ""
