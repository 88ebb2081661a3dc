"""`orgcode show` on a real repository."""

from __future__ import annotations

import json

import pytest

from tests.builder import Builder
from tests.cli.conftest import Ask


def test_a_role_says_who_holds_it_now_and_next_and_who_decides(ask: Ask) -> None:
    answer = ask("show", "roles/kok")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[:2] == ["Cook", "Role · roles/kok"]
    assert "Circle: Kitchen (keuken)" in lines
    assert "Purpose: Good meals." in lines
    assert "Accountabilities: Cooking on Mondays" in lines
    assert "Holders: Sara van Dam (sara), until 1 March 2028" in lines
    assert "Open seats: 1 seat vacant" in lines
    assert "Next: Omar El Idrissi (omar), from 2 March 2028" in lines
    assert any("Consent of the members of Kitchen decides" in line for line in lines)
    assert answer.err.startswith("Next: orgcode who-decides roles/kok ")


def test_a_role_in_dutch(ask: Ask) -> None:
    lines = ask("show", "kok", "--lang", "nl").out.splitlines()
    assert lines[:2] == ["Kok", "Rol · roles/kok"]
    assert "Bestaansreden: Lekkere maaltijden." in lines
    assert "Rolvervullers: Sara van Dam (sara), tot en met 1 maart 2028" in lines
    assert "Straks: Omar El Idrissi (omar), vanaf 2 maart 2028" in lines


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("kok", "Role · roles/kok"),
        ("roles/kok.yaml", "Role · roles/kok"),
        ("./roles/kok.yaml", "Role · roles/kok"),
        ("keuken", "Circle · circles/keuken"),
        ("roles/keuken/lead", "Role · roles/keuken/lead"),
        ("keuken/lead", "Role · roles/keuken/lead"),
        ("sara", "Person · people/sara"),
        ("afwas", "Policy · policies/afwas"),
        ("pannen", "Tension · tensions/pannen"),
        ("org", "Organisation · org"),
    ],
)
def test_a_thing_has_many_names(address: str, heading: str, ask: Ask) -> None:
    assert ask("show", address).out.splitlines()[1] == heading


def test_a_former_address_still_finds_the_thing(repository: Builder, ask: Ask) -> None:
    repository.write(
        "roles/chef.yaml", "name: Chef\naliases: [baas]\ncircle: keuken\npurpose: Eten.\n"
    )
    assert ask("show", "roles/baas").out.startswith("Chef\n")


def test_an_id_of_several_things_has_to_be_told_apart(repository: Builder, ask: Ask) -> None:
    repository.write("roles/keuken.yaml", "name: x\ncircle: keuken\npurpose: Eten.\n")
    answer = ask("show", "keuken")
    assert answer.code == 2
    assert "circles/keuken, roles/keuken" in answer.err


@pytest.mark.parametrize(
    ("address", "meant"),
    [("kko", "roles/kok"), ("roles/kokk", "roles/kok"), ("people/kok", "roles/kok")],
)
def test_what_does_not_exist_is_answered_with_what_is_near(
    address: str, meant: str, ask: Ask
) -> None:
    answer = ask("show", address)
    assert (answer.code, answer.out) == (2, "")
    assert f"Did you mean {meant}?" in answer.err


def test_what_cannot_be_read_is_said_to_be_so(repository: Builder, ask: Ask) -> None:
    repository.write("roles/kapot.yaml", "name: [\n")
    answer = ask("show", "roles/kapot")
    assert answer.code == 2
    assert "roles/kapot.yaml cannot be read" in answer.err


@pytest.mark.parametrize("address", ["org", "keuken", "kok", "sara", "afwas", "pannen"])
def test_json_has_its_documented_fields(address: str, ask: Ask) -> None:
    data = json.loads(ask("show", address, "--format", "json").out)
    assert {"kind", "id", "address", "path", "live", "data", "decides"} <= set(data)
    assert data["live"] is True


def test_json_of_a_role(ask: Ask) -> None:
    data = json.loads(ask("show", "kok", "--format", "json").out)
    assert data["data"]["purpose"] == {"nl": "Lekkere maaltijden.", "en": "Good meals."}
    assert data["open_seats"] == 1
    assert data["holders"] == [
        {
            "person": "sara",
            "name": "Sara van Dam",
            "since": None,
            "until": "2028-03-01",
            "state": "current",
        },
        {
            "person": "omar",
            "name": "Omar El Idrissi",
            "since": "2028-03-02",
            "until": None,
            "state": "planned",
        },
    ]


def test_hostile_text_reaches_no_terminal(repository: Builder, ask: Ask) -> None:
    repository.write("people/eve.yaml", 'name: "E\\e[2Jv\\u202Ee"\n')
    for format in ("text", "json"):
        out = ask("show", "eve", "--format", format).out
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_at_shows_an_earlier_state(repository: Builder, ask: Ask) -> None:
    repository.commit({"people/sara.yaml": "name: Sara Jansen\n"})
    assert ask("show", "sara").out.startswith("Sara Jansen\n")
    assert ask("show", "sara", "--at", "HEAD~1").out.startswith("Sara van Dam\n")


def test_a_folder_is_answered_with_how_to_list_it(ask: Ask) -> None:
    assert "as in orgcode list people." in ask("show", "people").err


def test_labels_are_in_the_language_of_the_reader(ask: Ask) -> None:
    assert "Persoon · people/sara" in ask("show", "sara", "--lang", "nl").out


def test_money_is_written_as_readers_of_the_language_do(repository: Builder, ask: Ask) -> None:
    repository.write(
        "objectives/maaltijd.yaml",
        "title: Maaltijd\ncircle: keuken\n"
        "key_results: [{name: Kosten, start: 5, current: 3.1, target: -0.5, unit: €}]\n",
    )
    assert "Kosten: €3.10 (target: -€0.50)" in ask("show", "maaltijd").out
    assert "Kosten: € 3,10 (doel: € -0,50)" in ask("show", "maaltijd", "--lang", "nl").out
