"""The benchmarks can be run: at a small size, without judging how long they take."""

from __future__ import annotations

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.benchmarks.build import markdown
from tests.benchmarks.build import measure as measure_build
from tests.benchmarks.change import measure as measure_change
from tests.benchmarks.check import check_jsonschema, measure, orgcode_check
from tests.benchmarks.decisions import FEW as FEW_DECISIONS
from tests.benchmarks.decisions import measure as measure_audit
from tests.benchmarks.histories import SHORT
from tests.benchmarks.history import measure as measure_history
from tests.benchmarks.organisation import LARGE, SMALL, files, write
from tests.benchmarks.proposals import measure as measure_proposals


def test_the_organisation_is_the_same_every_time() -> None:
    digest = sha256(repr(list(files(SMALL))).encode()).hexdigest()
    assert digest == "3d3cac30b52af08c285f2bbc0bf894bfda3c93f8b142847bf171a300bac5748a"


def test_there_are_as_many_files_as_promised_of_about_a_kilobyte() -> None:
    lengths = {path: len(text.encode()) for path, text in files(LARGE)}
    assert len(lengths) == LARGE.files == 26_501
    assert 900 < sum(lengths.values()) / len(lengths) < 1100


def test_it_is_a_repository_with_one_commit_that_both_programs_find_sound(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    status = ["git", "-C", str(tmp_path), "status", "--porcelain"]
    assert subprocess.run(status, check=True, capture_output=True).stdout == b""
    assert orgcode_check(tmp_path).seconds > 0
    assert check_jsonschema(tmp_path).megabytes > 0


def test_the_measurements_end_in_a_table() -> None:
    table = measure(SMALL, times=1)
    assert "| orgcode check, three files changed |" in table
    assert "times faster" in table


@pytest.mark.skipif(shutil.which("hugo") is None, reason="hugo is not installed here")
def test_the_measurements_of_a_build_end_in_a_table() -> None:
    assert "| orgcode build, one role changed |" in measure_build(SMALL)


def test_the_measurements_of_a_history_end_in_a_table(tmp_path: Path) -> None:
    table = measure_history(SHORT, tmp_path / "short", times=1)
    assert "| orgcode blame THING |" in table
    assert SHORT.commits == 60


def test_the_measurements_of_a_change_end_in_a_table() -> None:
    table = measure_change(SMALL, times=1)
    assert "| orgcode --at REV check, another each time |" in table
    assert table.count("of help") == 2


def test_the_measurements_of_proposals_end_in_a_table() -> None:
    table = measure_proposals(SMALL, times=1, open=3)
    assert "84 files, 3 open proposals:" in table
    assert "| orgcode gate, nothing kept |" in table


def test_the_measurement_of_an_audit_is_a_row(tmp_path: Path) -> None:
    assert "| orgcode audit, 6 decisions over 30 files |" in measure_audit(FEW_DECISIONS, tmp_path)


def test_a_page_becomes_markdown_of_the_same_words() -> None:
    page = "<title>Kok</title><body><h1>Kok</h1><ul><li><a href='x'></a>a &amp; b</li></ul></body>"
    assert markdown(page).split() == [
        "---",
        "title:",
        '"Kok"',
        "---",
        "#",
        "Kok",
        "-",
        "a",
        "&",
        "b",
    ]
