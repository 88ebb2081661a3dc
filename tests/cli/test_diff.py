"""`orgcode diff` and `orgcode affected` on a real repository."""

from __future__ import annotations

import json

import pytest

from tests.builder import Builder
from tests.cli.conftest import Ask


def alter(repository: Builder, path: str, old: str, new: str) -> None:
    file = repository.root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(autouse=True)
def _committed(repository: Builder) -> None:
    repository.commit(message="As it is")


def more_seats(repository: Builder) -> None:
    alter(repository, "roles/kok.yaml", "seats: 2", "seats: 3")


def test_nothing_changed_is_said(repository: Builder, ask: Ask) -> None:
    answer = ask("diff")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == ("Nothing has changed.\nNext: orgcode log (tells what happened before)\n")


def test_the_files_as_they_are_are_compared_with_the_last_commit(
    repository: Builder, ask: Ask
) -> None:
    more_seats(repository)
    answer = ask("diff")
    assert answer.code == 0
    assert answer.out.startswith(
        "Kitchen\n  The role Cook: the number of seats is now 3; it was 2.\n\nWho is affected\n"
    )
    assert "Next: orgcode who-decides roles/kok" in answer.err


def test_it_is_said_in_dutch(repository: Builder, ask: Ask) -> None:
    more_seats(repository)
    out = ask("--lang", "nl", "diff").out
    assert "De rol Kok: het aantal plaatsen is nu 3; dat was 2." in out
    assert "\nWie het aangaat\n" in out


def test_two_revisions(repository: Builder, ask: Ask) -> None:
    first = repository.git("rev-parse", "HEAD")
    more_seats(repository)
    second = repository.commit(message="More")
    alter(repository, "roles/kok.yaml", "seats: 3", "seats: 4")
    assert "is now 3; it was 2" in ask("diff", f"{first}..{second}").out
    assert "is now 2; it was 3" in ask("diff", f"{second}..{first}").out
    assert "is now 4; it was 2" in ask("diff", first).out
    assert "is now 3; it was 2" in ask("diff", f"{first}..").out


def test_two_days(repository: Builder, ask: Ask) -> None:
    more_seats(repository)
    repository.commit(message="More", at="2026-05-01T12:00:00Z")
    assert "is now 3; it was 2" in ask("diff", "2026-04-30..2026-05-01").out


def test_before_the_first_commit_everything_is_new(repository: Builder, ask: Ask) -> None:
    repository.git("update-ref", "-d", "HEAD")
    out = ask("diff").out
    assert "is founded." in out
    assert "The role Cook is new in Kitchen." in out


def test_authority_and_findings_that_appear_and_vanish(repository: Builder, ask: Ask) -> None:
    repository.write("people/nel.yaml", "name: Nel\n")
    alter(
        repository,
        "roles/kok.yaml",
        "  - {person: omar,",
        "  - nel\n  - nobody\n  - {person: omar,",
    )
    answer = ask("diff")
    assert "\nWhat becomes of authority\n  Nel gains the role Cook in Kitchen.\n" in answer.out
    assert "There is no person with the id “nobody”. [unknown-person]" in answer.out
    assert "Next: orgcode check" in answer.err
    repository.commit(message="Wrong")
    alter(repository, "roles/kok.yaml", "  - nobody\n", "")
    gone = ask("diff").out.partition("Findings that are gone")[2]
    assert "[unknown-person]" in gone


def test_a_finding_that_only_moved_to_another_line_is_not_new(
    repository: Builder, ask: Ask
) -> None:
    alter(repository, "roles/kok.yaml", "  - {person: omar,", "  - nobody\n  - {person: omar,")
    repository.commit(message="Wrong")
    alter(repository, "roles/kok.yaml", "circle: keuken", "circle: keuken\ntags: [new]")
    assert "unknown-person" not in ask("diff").out


def test_json(repository: Builder, ask: Ask) -> None:
    more_seats(repository)
    data = json.loads(ask("diff", "--format", "json").out)
    assert list(data) == ["effects", "authority", "affected", "appeared", "vanished"]
    assert data["effects"] == [
        {
            "kind": "role.amended",
            "thing": "roles/kok",
            "paths": ["roles/kok.yaml"],
            "circles": ["keuken"],
            "subjects": [],
            "sentence": "The role Cook: the number of seats is now 3; it was 2.",
        }
    ]
    assert {each["person"] for each in data["affected"]} == {"omar", "sara"}
    alone = json.loads(ask("affected", "--format", "json").out)
    assert alone == {"affected": data["affected"]}


def test_markdown_in_which_nothing_has_a_meaning(repository: Builder, ask: Ask) -> None:
    alter(
        repository,
        "roles/kok.yaml",
        "name: {nl: Kok, en: Cook}",
        'name: "@team <img> [a](http://x) #12 www.x.org `b`"',
    )
    out = ask("diff", "--format", "markdown").out
    assert out.startswith("### Kitchen\n\n- The role ")
    assert "@<!-- -->team" in out
    assert "#<!-- -->12" in out
    assert "\\<img\\>" in out
    assert "<img>" not in out
    assert "http://" not in out
    assert "www.x" not in out


def test_text_keeps_hostile_names_harmless(repository: Builder, ask: Ask) -> None:
    alter(
        repository, "roles/kok.yaml", "name: {nl: Kok, en: Cook}", 'name: "a\\e[31m\\n::error::b"'
    )
    out = ask("diff").out
    assert "\x1b" not in out
    assert "\n::error" not in out


def test_affected_alone(repository: Builder, ask: Ask) -> None:
    more_seats(repository)
    answer = ask("affected")
    assert answer.code == 0
    assert answer.out.startswith("Who is affected\n  ")
    assert "holds the role Cook" in answer.out
    assert "Next: orgcode diff (tells what the change means)" in answer.err


def test_nobody_is_affected_by_another_way_of_writing(repository: Builder, ask: Ask) -> None:
    alter(repository, "roles/kok.yaml", "circle: keuken", "circle: 'keuken'")
    answer = ask("affected")
    assert answer.out == ""
    assert answer.err.startswith("Nobody is affected.\n")
    assert "Only written in another way" in ask("diff").out


@pytest.mark.parametrize("range", ["..", "A...B", "nowhere..HEAD", "HEAD..nowhere"])
@pytest.mark.parametrize("command", ["diff", "affected"])
def test_what_names_no_two_states_ends_with_two(command: str, range: str, ask: Ask) -> None:
    answer = ask(command, range)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("orgcode: ")
    assert len(answer.err.splitlines()) == 2


def test_what_was_kept_gives_the_same_as_starting_anew(repository: Builder, ask: Ask) -> None:
    first = repository.git("rev-parse", "HEAD")
    more_seats(repository)
    repository.commit(message="More")
    once = ask("diff", f"{first}..HEAD").out
    ask("check")
    ask("diff", f"HEAD..{first}")
    assert ask("diff", f"{first}..HEAD").out == once
