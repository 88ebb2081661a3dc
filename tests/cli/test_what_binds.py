"""`orgcode what-binds` on a real repository."""

from __future__ import annotations

import json

import pytest

from tests.builder import Builder
from tests.cli.conftest import Ask

MORE = {
    "policies/stil.yaml": """\
title: {nl: Stil na tienen, en: Quiet after ten}
circle: buurt
effective_on: 2026-01-01
expires_on: 2028-01-01
text: {nl: Geen muziek buiten., en: No music outside.}
""",
    "policies/menukaart.yaml": """\
title: {nl: Menukaart, en: Menu card}
circle: buurt
domain: kok#menu
text: {nl: Er hangt een kaart., en: A card hangs on the wall.}
""",
    "policies/straks.yaml": """\
title: {nl: Straks, en: Soon}
circle: keuken
effective_on: 2027-05-01
text: {nl: Nieuw., en: New.}
""",
    "policies/voorbij.yaml": """\
title: {nl: Voorbij, en: Gone}
circle: keuken
text: {nl: Oud., en: Old.}
ended: {on: 2027-01-01}
""",
    "agreements/samen.yaml": """\
title: {nl: Samen koken, en: Cooking together}
kind: relational
circle: keuken
between: [sara, omar]
""",
}


@pytest.fixture(autouse=True)
def _more(repository: Builder) -> None:
    for path, text in MORE.items():
        repository.write(path, text)


def test_what_holds_is_told_with_where_it_comes_from_and_why(ask: Ask) -> None:
    answer = ask("what-binds", "kok")
    assert answer.code == 0
    assert (
        answer.out
        == """\
What holds for Cook:
  Menu card (policies/menukaart)
    It is about something that Cook (kok) has charge of.
    It comes from De Buurt (buurt), and holds everywhere below as well.
  Dishes (policies/afwas)
    It holds in Kitchen (keuken).
  Quiet after ten (policies/stil)
    It comes from De Buurt (buurt), and holds everywhere below as well.
    It no longer holds from 1 January 2028 on.

Does not hold yet:
  Soon (policies/straks)
    It holds in Kitchen (keuken).
    It holds from 1 May 2027 on.

No longer holds:
  Gone (policies/voorbij)
    It holds in Kitchen (keuken).
    It has not held since 1 January 2027.
"""
    )


def test_a_person_hears_of_their_own_agreements_first(ask: Ask) -> None:
    lines = ask("what-binds", "people/sara", "--lang", "nl").out.splitlines()
    assert lines[:3] == [
        "Wat geldt voor Sara van Dam:",
        "  Samen koken (agreements/samen)",
        "    Sara van Dam (sara) heeft dit met anderen afgesproken.",
    ]


def test_the_organisation_stands_for_its_outermost_circle(ask: Ask) -> None:
    assert ask("what-binds", "org").out == ask("what-binds", "circles/buurt").out


def test_json_has_its_documented_fields(ask: Ask) -> None:
    data = json.loads(ask("what-binds", "kok", "--format", "json").out)
    assert data["thing"] == "roles/kok"
    assert [each["id"] for each in data["later"]] == ["straks"]
    assert [each["id"] for each in data["over"]] == ["voorbij"]
    assert data["now"][2] == {
        "kind": "policy",
        "id": "stil",
        "path": "policies/stil.yaml",
        "title": "Quiet after ten",
        "circle": "buurt",
        "inherited": True,
        "since": "2026-01-01",
        "until": "2028-01-01",
        "reasons": [
            {
                "why": "above",
                "of": "circle:buurt",
                "sentence": "It comes from De Buurt (buurt), and holds everywhere below as well.",
            }
        ],
    }


def test_what_cannot_be_bound_is_wrong_use(ask: Ask) -> None:
    answer = ask("what-binds", "policies/afwas")
    assert answer.code == 2
    assert "begins with circles/, roles/, people/" in answer.err
    assert ask("what-binds", "roles/kokk").code == 2


def test_of_things_called_the_same_the_one_that_can_be_bound_is_meant(
    repository: Builder, ask: Ask
) -> None:
    repository.write("policies/kok.yaml", "title: Kok\ncircle: keuken\nkind: agreement\n")
    assert ask("show", "kok").code == 2
    bound = json.loads(ask("--format", "json", "what-binds", "kok").out)
    assert bound["thing"] == "roles/kok"


def test_where_nothing_holds_that_is_said(repository: Builder, ask: Ask) -> None:
    repository.write("people/oud.yaml", "name: Oud\nended: {on: 2027-01-01}\n")
    answer = ask("what-binds", "people/oud")
    assert (answer.code, answer.out) == (0, "")
    assert "people/oud is over: nothing binds it." in answer.err


def test_the_past_is_asked_with_a_revision(ask: Ask) -> None:
    assert "Cooking together" not in ask("what-binds", "people/sara", "--at", "HEAD").out


def test_a_title_gives_no_command_to_a_workflow(repository: Builder, ask: Ask) -> None:
    title = "::error file=x::y\\n::warning::z ##[group]"
    repository.write("policies/afwas.yaml", f'title: "{title}"\ncircle: keuken\ntext: Kort.\n')
    said = ask("what-binds", "kok").out
    assert "error file=x" in said
    assert "##[" not in said
    assert not [line for line in said.splitlines() if line.lstrip().startswith("::")]
