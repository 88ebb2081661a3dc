"""`orgcode list` on a real repository."""

from __future__ import annotations

import json

import pytest

from tests.builder import Builder
from tests.cli.conftest import Ask


def ids(out: str) -> list[str]:
    return [thing["id"] for thing in json.loads(out)["things"]]


def test_a_table_has_a_line_for_each_thing(ask: Ask) -> None:
    answer = ask("list", "people")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "id    Name             Circles        Roles",
        "omar  Omar El Idrissi  buurt, keuken  4",
        "sara  Sara van Dam     buurt, keuken  5",
    ]
    assert answer.err.startswith("Next: orgcode show people/omar ")


def test_a_table_in_dutch(ask: Ask) -> None:
    head = ask("list", "rollen", "--lang", "nl").out.splitlines()[0]
    assert head.split("  ")[0] == "id"
    assert "Naam" in head
    assert "Rolvervullers" in head
    assert "Open plaatsen" in head


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("role", "role"),
        ("Roles", "role"),
        ("rollen", "role"),
        ("kring", "circle"),
        ("cirkels", "circle"),
        ("mensen", "person"),
        ("people", "person"),
        ("beleid", "policy"),
        ("spanningen", "tension"),
        ("doelen", "objective"),
        ("voorstellen", "proposal"),
        ("overeenkomsten", "agreement"),
    ],
)
def test_kinds_are_known_by_many_words(word: str, kind: str, ask: Ask) -> None:
    assert json.loads(ask("list", word, "--format", "json").out)["kind"] == kind


def test_an_unknown_kind_is_answered_with_what_is_near(ask: Ask) -> None:
    answer = ask("list", "rolen")
    assert answer.code == 2
    assert "Did you mean" in answer.err


def test_filters_narrow_the_list(ask: Ask) -> None:
    assert ids(ask("list", "roles", "--open", "--format", "json").out) == ["kok"]
    held = ask("list", "roles", "--person", "omar", "--circle", "keuken", "--format", "json").out
    assert ids(held) == ["keuken/facilitator", "keuken/representative"]
    assert ids(ask("list", "circles", "--circle", "buurt", "--format", "json").out) == ["keuken"]
    assert ids(ask("list", "tensions", "--person", "people/sara", "--format", "json").out) == [
        "pannen"
    ]
    assert ids(ask("list", "tensions", "--circle", "keuken", "--format", "json").out) == ["pannen"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("objectives",), "There are no objectives yet."),
        (
            ("tensions", "--person", "omar"),
            "There is one tension, but it does not fit: of Omar El Idrissi.",
        ),
        (
            ("roles", "--circle", "buurt", "--open"),
            "None of the 9 roles fits: in De Buurt, only what is open.",
        ),
        (("doelen", "--lang", "nl"), "Er zijn nog geen doelen."),
    ],
)
def test_an_empty_answer_says_why(arguments: tuple[str, ...], why: str, ask: Ask) -> None:
    answer = ask("list", *arguments)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.splitlines()[0] == why


def test_what_is_over_is_not_listed(repository: Builder, ask: Ask) -> None:
    repository.write(
        "tensions/pannen.yaml",
        "title: Pannen\nsensed_by: sara\nended: {on: 2027-02-28, because: Gekocht.}\n",
    )
    answer = ask("list", "tensions")
    assert answer.out == ""
    assert "all are over" in answer.err


def test_an_unknown_circle_is_wrong_use(ask: Ask) -> None:
    answer = ask("list", "roles", "--circle", "kueken")
    assert answer.code == 2
    assert "Did you mean circles/keuken?" in answer.err


def test_what_is_neither_open_nor_closed_is_wrong_use(ask: Ask) -> None:
    assert ask("list", "policies", "--open").code == 2


def test_the_columns_of_json_stay(ask: Ask) -> None:
    roles = json.loads(ask("list", "roles", "--open", "--format", "json").out)["things"]
    assert roles == [
        {"id": "kok", "name": "Cook", "circle": "keuken", "holders": ["sara"], "open": 1}
    ]
    tensions = json.loads(ask("list", "tensions", "--format", "json").out)["things"]
    assert tensions[0]["sensed_on"] == "2027-02-01"


def test_an_unknown_kind_is_answered_in_the_words_of_the_reader(ask: Ask) -> None:
    answer = ask("list", "taken", "--lang", "nl")
    assert "cirkels, rollen, mensen, afspraken" in answer.err


def test_after_filters_that_nothing_fits_all_are_offered(ask: Ask) -> None:
    assert "orgcode list kringen (" in ask("list", "kringen", "--circle", "keuken").err


def test_kinds_of_agreement_are_said_in_words(repository: Builder, ask: Ask) -> None:
    text = "title: Stil\nkind: relational\ncircle: keuken\ntext: Kort.\n"
    repository.write("agreements/stil.yaml", text)
    assert "werkafspraak" in ask("list", "overeenkomsten", "--lang", "nl").out


def test_a_table_gives_no_commands_to_a_workflow(repository: Builder, ask: Ask) -> None:
    repository.write("people/eve.yaml", 'name: "::error::x\\n::add-mask::y ##[error]z"\n')
    for format in ("text", "json"):
        out = ask("list", "people", "--format", format).out
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())
        assert "##[" not in out
    assert "##[error]z" in json.loads(out)["things"][0]["name"]
