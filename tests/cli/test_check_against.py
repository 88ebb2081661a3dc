"""`orgcode check --against` on a real repository."""

from __future__ import annotations

import json

import pytest

from tests.builder import Builder
from tests.cli.conftest import Ask

RESPONSE = """\
- stance: concern
  change: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
  at: 2027-01-16T12:00:00Z
  after: null
  reason: It costs a lot
"""
PROPOSAL = """\
title: A pan
proposer: sara
opened: {at: 2027-01-15T12:00:00Z, base: 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a}
tension: {text: There are too few.}
"""
FOLDER = "proposals/2027-01-15-pan"


@pytest.fixture(autouse=True)
def _committed(repository: Builder) -> None:
    repository.write(f"{FOLDER}/proposal.yaml", PROPOSAL)
    repository.write(f"{FOLDER}/responses/omar.yaml", RESPONSE)
    repository.commit(message="As it is")


def rules(ask: Ask, *arguments: str) -> list[str]:
    found = json.loads(ask("check", "--format", "json", *arguments).out)
    return [finding["rule"] for finding in found["findings"]]


def test_without_it_nothing_is_compared(repository: Builder, ask: Ask) -> None:
    (repository.root / "roles/kok.yaml").unlink()
    assert "vanished" not in rules(ask)
    assert "vanished" in rules(ask, "--against", "HEAD")


def test_a_record_that_was_altered_is_an_error(repository: Builder, ask: Ask) -> None:
    repository.write(f"{FOLDER}/responses/omar.yaml", RESPONSE.replace("a lot", "little"))
    answer = ask("check", "--against", "HEAD")
    assert answer.code == 1
    assert f"{FOLDER}/responses/omar.yaml:1:1: error: This is the record" in answer.out


def test_a_record_to_which_something_is_added_is_not(repository: Builder, ask: Ask) -> None:
    more = RESPONSE.replace("concern", "consent").replace("  reason: It costs a lot\n", "")
    repository.write(f"{FOLDER}/responses/omar.yaml", RESPONSE + more)
    repository.write(f"{FOLDER}/responses/sara.yaml", more)
    repository.write(f"{FOLDER}/proposal.yaml", PROPOSAL + "outcome: withdrawn\n")
    assert "record-altered" not in rules(ask, "--against", "HEAD")


def test_an_outcome_and_answers_that_were_there_stay(repository: Builder, ask: Ask) -> None:
    repository.write(f"{FOLDER}/proposal.yaml", PROPOSAL + "outcome: withdrawn\n")
    repository.commit(message="Withdrawn")
    repository.write(f"{FOLDER}/proposal.yaml", PROPOSAL + "outcome: rejected\n")
    assert "record-altered" in rules(ask, "--against", "HEAD")


def test_a_record_that_is_deleted(repository: Builder, ask: Ask) -> None:
    (repository.root / FOLDER / "responses/omar.yaml").unlink()
    assert "record-altered" in rules(ask, "--against", "HEAD")


def test_a_revision_against_another(repository: Builder, ask: Ask) -> None:
    first = repository.git("rev-parse", "HEAD")
    (repository.root / "roles/kok.yaml").unlink()
    repository.commit(message="Gone")
    repository.write("roles/kok.yaml", "name: Cook\ncircle: keuken\npurpose: Meals\n")
    assert "vanished" in rules(ask, "--against", first, "--at", "HEAD")
    assert "vanished" not in rules(ask, "--against", first)


def test_what_is_staged(repository: Builder, ask: Ask) -> None:
    repository.git("rm", "-q", "--cached", "roles/kok.yaml")
    assert "vanished" in rules(ask, "--staged", "--against", "HEAD")
    assert "vanished" not in rules(ask, "--against", "HEAD")


def test_how_severe_a_rule_is_was_settled_before(repository: Builder, ask: Ask) -> None:
    text = (repository.root / "org.yaml").read_text("utf-8")
    (repository.root / "roles/kok.yaml").unlink()
    repository.write("org.yaml", text + "severities: {vanished: off}\n")
    assert "vanished" in rules(ask, "--against", "HEAD")
    repository.git("checkout", "-q", "roles/kok.yaml")
    repository.commit(message="Off")
    (repository.root / "roles/kok.yaml").unlink()
    assert "vanished" not in rules(ask, "--against", "HEAD")


@pytest.mark.parametrize("format", ["text", "json", "github", "sarif", "junit"])
def test_every_form_tells_it(format: str, repository: Builder, ask: Ask) -> None:
    (repository.root / "roles/kok.yaml").unlink()
    assert "vanished" in ask("check", "--against", "HEAD", "--format", format).out


def test_an_unknown_revision_ends_with_two(ask: Ask) -> None:
    answer = ask("check", "--against", "nowhere")
    assert (answer.code, answer.out) == (2, "")


def test_many_who_leave_at_once(repository: Builder, ask: Ask) -> None:
    for number in range(6):
        repository.write(f"people/x{number}.yaml", f"name: X {number}\n")
    repository.commit(message="Six more")
    for number in range(4):
        repository.write(f"people/x{number}.yaml", f"name: X {number}\nended: {{on: 2027-03-01}}\n")
    assert "mass-change" not in rules(ask, "--against", "HEAD")
    repository.write("people/x4.yaml", "name: X 4\nended: {on: 2027-03-01}\n")
    assert "mass-change" in rules(ask, "--against", "HEAD")
