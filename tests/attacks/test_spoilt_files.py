"""A spoilt file is a finding at once; the commands still answer about all the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.running import SUBCOMMANDS, findings, orgcode
from tests.builder import Builder
from tests.cli.conftest import ORGANISATION
from tests.documents.test_bad_input import CASES, MEGABYTES

CUT = b'name: "Kok\ncircle: keuken\npurpose: Eten'
SPOILT = {
    "cut off": CUT,
    "nothing": b"",
    **{
        name: CASES[name]
        for name in (
            "10 MB",
            "deep lists in brackets",
            "deep by indentation",
            "binary",
            "not UTF-8 at the end",
            "UTF-16",
            "duplicate keys",
            "alias bomb",
            "many holders of the wrong shape",
            "a long number",
        )
    },
}
SECONDS = 1


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    builder = Builder.make(tmp_path / "buurt")
    for path, content in ORGANISATION.items():
        builder.write(path, content)
    return builder


@pytest.mark.parametrize("path", ["org.yaml", "roles/kok.yaml"])
@pytest.mark.parametrize("name", SPOILT)
def test_check_finds_it_within_a_second_and_256_megabytes(
    builder: Builder, path: str, name: str
) -> None:
    builder.write("people/omar.yaml", "name: Omar\nnaam: Omar\n")
    usual = orgcode("check", folder=builder.root)
    builder.write(path, SPOILT[name])
    answer = orgcode("check", "--format", "json", folder=builder.root)
    assert answer.code == 1
    found = findings(answer)
    assert path in {finding.path for finding in found}
    assert ("people/omar.yaml", "unknown-key", 2) in {(f.path, f.rule, f.line) for f in found}
    assert {f.path for f in found if f.rule.startswith("unknown-")} <= {path, "people/omar.yaml"}
    assert answer.seconds < usual.seconds + SECONDS
    assert answer.megabytes < MEGABYTES


@pytest.mark.parametrize("path", ["org.yaml", "roles/kok.yaml", "circles/buurt.yaml"])
@pytest.mark.parametrize("name", ["cut off", "10 MB", "deep lists in brackets", "alias bomb"])
def test_every_command_still_answers(builder: Builder, path: str, name: str) -> None:
    builder.write(path, SPOILT[name])
    for command in SUBCOMMANDS:
        answer = orgcode(*command, folder=builder.root)
        assert answer.out or answer.err
        assert answer.megabytes < MEGABYTES
    assert (builder.root / "site/index.html").exists()
    # Where org.yaml does not say for whom the handbook is, people are not shown in it.
    assert (builder.root / "site/people/sara.html").exists() == (path != "org.yaml")


def test_a_thing_whose_file_is_spoilt_is_said_to_be(builder: Builder) -> None:
    builder.write("roles/kok.yaml", CUT)
    answer = orgcode("show", "roles/kok", folder=builder.root)
    assert answer.code == 2
    assert "roles/kok.yaml" in answer.err
    assert "orgcode check" in answer.err
