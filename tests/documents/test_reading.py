"""Values are read as people mean them, and found again by line and column."""

from __future__ import annotations

from typing import Any

import pytest

from orgcode.documents.facts import read_facts
from orgcode.documents.spots import find_spot
from orgcode.model.finding import Pointer

HEAD = "name: Kok\ncircle: keuken\n"


def data(text: str) -> Any:
    facts = read_facts("role", (HEAD + text).encode())
    assert facts.flaws == ()
    return facts.data


@pytest.mark.parametrize(
    "text", ["0612345678", "null", "1.10", "no", "on", "true", "~", "2026-03-01", "0x10", "1e3"]
)
def test_a_text_field_takes_the_scalar_as_written(text: str) -> None:
    assert data(f"purpose: {text}\ntags: [{text}]\n") | {} == {
        "name": "Kok",
        "circle": "keuken",
        "purpose": text,
        "tags": [text],
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("True", True),
        ("~", None),
        ("0o17", 15),
        ("0x1F", 31),
        ("-1", -1),
        ("012", 12),
        ("1_000", "1_000"),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("12:30", "12:30"),
        ("2026-03-01", "2026-03-01"),
        ("'1'", "1"),
        ("-.inf", float("-inf")),
    ],
)
def test_own_data_have_the_types_of_yaml_1_2(text: str, value: object) -> None:
    assert data(f"extra: {{a: {text}}}\n")["extra"] == {"a": value}


def test_a_number_field_takes_numbers() -> None:
    assert data("seats: 3\n")["seats"] == 3
    assert data("holders: [{person: a, hours: 1.5}]\n")["holders"][0]["hours"] == 1.5


def test_keys_are_text() -> None:
    assert data("extra: {1: a, no: b, null: c}\n")["extra"] == {"1": "a", "no": "b", "null": "c"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("odd", ["😀👩‍👧", "a\u0085b", "a\u2028b\u2029c", "é\ue000"])
def test_places_are_exact_in_every_text(end: str, mark: str, odd: str) -> None:
    text = end.join(
        ["# " + odd, f"name: {odd}", "circle: keuken", f'tags: ["{odd}", x, {odd} , y]', "seats: q"]
    )
    content = (mark + text + end).encode()
    expected: dict[Pointer, tuple[int, int]] = {
        ("name",): (2, 7),
        ("circle",): (3, 9),
        ("tags",): (4, 7),
        ("tags", 1): (4, 12 + len(odd)),
        ("tags", 3): (4, 18 + 2 * len(odd)),
        ("seats",): (5, 8),
    }
    for pointer, place in expected.items():
        assert tuple(find_spot(content, pointer)) == place, pointer
    (flaw,) = read_facts("role", content).flaws
    assert (flaw.rule, tuple(flaw.spot)) == ("wrong-shape", (5, 8))
    values: Any = read_facts("role", content).data
    assert (values["name"], values["tags"][0]) == (odd, odd)


def test_a_place_may_be_that_of_the_key() -> None:
    content = b"name: a\ncore_roles:\n  lead:\n    - sara\n"
    assert find_spot(content, ("core_roles", "lead", 0)) == (4, 7)
    assert find_spot(content, ("core_roles", "lead"), on_key=True) == (3, 3)
    assert find_spot(content, ("core_roles", "lead", 0), on_key=True) == (4, 7)


def test_a_place_that_the_file_does_not_have_is_that_of_its_holder() -> None:
    content = b"name: a\ncore_roles:\n  lead: [sara]\npurpose:\n"
    assert find_spot(content, ("core_roles", "secretary")) == (3, 3)
    assert find_spot(content, ("nothing", 3)) == (1, 1)
    assert find_spot(content, ("purpose",)) == (4, 1)
    assert find_spot(b"", ("name",)) == (1, 1)
    assert find_spot(b"name: 'a\n", ("name",)) == (1, 7)
