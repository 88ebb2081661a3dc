"""Every flaw of a file is found in its place, with a way out."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pytest

from orgcode.documents.dutch_keys import _KEYS
from orgcode.documents.facts import read_facts
from orgcode.documents.source import MAX_FLAWS
from orgcode.model.facts import Kind
from orgcode.model.finding import Flaw
from orgcode.model.message import Message
from orgcode.model.snapshot import MAX_BYTES, Unreadable
from orgcode.resources import read_schema, schema_names

HEAD = "name: Kok\ncircle: keuken\n"
ORG = (
    "orgcode: 1\nid: 0b8f2f9e-3c1d-4a53-9c55-1f7a6f0c2d11\nname: Buurt\npurpose: Samen.\n"
    "anchor: buurt\nruleset: teal@1\n"
)


def said(value: object) -> str:
    """What a message says in English."""
    if isinstance(value, Message):
        arguments = {key: said(inner) for key, inner in value.arguments.items()}
        return Formatter().vformat(value.id, (), arguments)
    if isinstance(value, tuple):
        return ", ".join(said(item) for item in value)
    return str(value)


def found(text: str | bytes, kind: Kind = "role") -> list[tuple[str, int, int]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [(f.rule, f.spot.line, f.spot.column) for f in read_facts(kind, content).flaws]


def flaw(text: str, kind: Kind = "role") -> Flaw:
    (only,) = read_facts(kind, text.encode()).flaws
    return only


@pytest.mark.parametrize(
    ("line", "column", "better"),
    [
        ("purpose: @kok", 10, 'purpose: "@kok"'),
        ("purpose: `kok`", 10, 'purpose: "`kok`"'),
        ("purpose: %kok  # ja", 10, 'purpose: "%kok"  # ja'),
        ("purpose: *vet* gedrukt", 10, 'purpose: "*vet* gedrukt"'),
        ("purpose: *vet", 10, 'purpose: "*vet"'),
        ("purpose: & Zonen", 10, 'purpose: "& Zonen"'),
        ("purpose: &Zonen", 10, 'purpose: "&Zonen"'),
        ("purpose: !belangrijk dit", 10, 'purpose: "!belangrijk dit"'),
        ("purpose: > 50 mensen", 10, 'purpose: "> 50 mensen"'),
        ("purpose: | streep", 10, 'purpose: "| streep"'),
        ("purpose: ? vraag", 10, 'purpose: "? vraag"'),
        ("purpose: , komma", 10, 'purpose: ", komma"'),
        ("purpose: kamer #3", 10, 'purpose: "kamer #3"'),
        ("purpose: #3", 10, 'purpose: "#3"'),
        ("purpose: Let op: heet", 10, 'purpose: "Let op: heet"'),
        ('purpose: De "kok": die', 10, "purpose: 'De \"kok\": die'"),
        ("purpose: {nl: Kok, bakker}", 15, 'purpose: {nl: "Kok, bakker"}'),
        ("purpose: {nl: Kok, bakker, x, en: y}", 15, 'purpose: {nl: "Kok, bakker, x", en: y}'),
        ("accountabilities: [a, @b, c]", 23, 'accountabilities: [a, "@b", c]'),
        ("  - Regelt vervanging: binnen een uur", 5, '  - "Regelt vervanging: binnen een uur"'),
        ("  - kamer #3", 5, '  - "kamer #3"'),
        ("  - It's: a", 5, '  - "It\'s: a"'),
        ("  - @a", 5, '  - "@a"'),
    ],
)
def test_text_lost_to_yaml_is_found_and_the_right_line_shown(
    line: str, column: int, better: str
) -> None:
    above = "accountabilities:\n  - x\n" if line.startswith("  -") else ""
    text = f"{HEAD}{above}{line}\ntags: [x]\n"
    wrong = flaw(text)
    assert (wrong.rule, wrong.spot.column) == ("text-lost", column)
    assert text.splitlines()[wrong.spot.line - 1] == line
    assert wrong.way_out.arguments["line"] == better
    assert found(text.replace(line, better)) == []


@pytest.mark.parametrize(
    "line",
    [
        "purpose: kamer # drie",
        "purpose: kamer #",
        'purpose: "kamer" #3',
        "purpose: a#3",
        "purpose: {nl: a, en: b}",
        "domains: [{id: a, text: b}]",
        "purpose: https://example.org/#3",
        "purpose: 10:30",
        "circle_: x".replace("circle_: x", "seats: 2 #ruim"),
    ],
)
def test_what_was_meant_as_it_stands_is_left_in_peace(line: str) -> None:
    assert found(f"{HEAD}{line}\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", [("wrong-shape", 1, 1)]),
        (b"# niets\n", [("wrong-shape", 1, 1)]),
        (b"name: \xff\n", [("not-utf8", 1, 7)]),
        ("name: a\nna\x07me: b\n", [("yaml-syntax", 2, 3)]),
        ("name: a\n\tb: c\n", [("yaml-syntax", 2, 1)]),
        ("name: 'a\ncircle: b\n", [("yaml-syntax", 1, 7)]),
        ("name:Kok\ncircle: b\n", [("yaml-syntax", 1, 5)]),
        ("circle: b\nname:Kok\n", [("yaml-syntax", 2, 5)]),
        ("name: a\n  circle: b\n", [("yaml-syntax", 2, 3)]),
        ("name: a\ncircle\n", [("yaml-syntax", 2, 1)]),
        ("name: a\ntags: [b\ncircle: c\n", [("yaml-syntax", 2, 7)]),
        ('name: "a\\d"\n', [("yaml-syntax", 1, 9)]),
        ('name: "a" b\n', [("yaml-syntax", 1, 11)]),
        ("name: - a\n", [("yaml-syntax", 1, 7)]),
        ("name: >#a\n  b\ncircle: c\n", [("yaml-syntax", 1, 8)]),
        ("tags:\n  - a\n - b\n", [("yaml-syntax", 3, 2)]),
        (
            "name: Kok\n<<<<<<< HEAD\ncircle: a\n=======\ncircle: b\n>>>>>>> voorstel\n",
            [("yaml-syntax", 2, 1)],
        ),
        ("name: Kok\ncircle:\u00a0keuken\n", [("yaml-syntax", 2, 8)]),
        ("name: Kok\ntags:\n  -\u00a0a\n\u00a0 - b\n", [("yaml-syntax", 4, 1)]),
        (HEAD + "tags:\n  - a\n    - b\n", [("text-lost", 5, 5)]),
        (HEAD + "purpose: a\n  b - c\n  -d\n", []),
        (HEAD + "name: b\n", [("duplicate-key", 3, 1)]),
        (HEAD + "extra: {a: 1, 'a': 2}\n", [("duplicate-key", 3, 15)]),
        ("%YAML 1.2\n---\n" + HEAD, [("yaml-feature", 1, 1)]),
        (HEAD + "---\nname: b\n", [("yaml-feature", 3, 1)]),
        ("name: &a Kok\ncircle: b\n", [("yaml-feature", 1, 7)]),
        (
            "name: &a Kok\ncircle: b\npurpose: *a\n",
            [("yaml-feature", 1, 7), ("yaml-feature", 3, 10)],
        ),
        ("name: !!str Kok\ncircle: b\n", [("yaml-feature", 1, 7)]),
        ("<<: {a: b}\nname: a\n", [("yaml-feature", 1, 1)]),
        (HEAD + "? [a]\n: b\n", [("yaml-feature", 3, 3)]),
        (HEAD + "extra: " + "{a: " * 101, [("too-deep", 3, 404)]),
        (HEAD + "nope: b\n", [("unknown-key", 3, 1)]),
        ("naam: a\nname: b\ncircle: c\n", [("unknown-key", 1, 1)]),
        ("nam: a\ncircle: c\n", [("unknown-key", 1, 1)]),
        ("name: a\n", [("missing-key", 1, 1)]),
        (HEAD + "holders:\n  - {since: 2026-01-01}\n", [("missing-key", 4, 5)]),
        (HEAD + "seats: 'x'\n", [("wrong-shape", 3, 8)]),
        (HEAD + "seats:\n", [("wrong-shape", 3, 1)]),
        (HEAD + "seats: .inf\n", [("wrong-shape", 3, 8)]),
        (HEAD + "ended: {on: 2026-02-31}\n", [("wrong-shape", 3, 13)]),
        (HEAD + "holders: [a, {person: B}]\n", [("wrong-shape", 3, 23)]),
        (HEAD + "holders: [a, [b]]\n", [("wrong-shape", 3, 14)]),
        (HEAD + "purpose: {NL: x}\n", [("wrong-shape", 3, 11)]),
        ("- a\n", [("wrong-shape", 1, 1)]),
        (b"a" * (MAX_BYTES + 1), [("unreadable-file", 1, 1)]),
    ],
)
def test_a_flaw_is_found_in_its_place(
    text: str | bytes, expected: list[tuple[str, int, int]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("line", "cause", "way_out"),
    [
        ("puprose: x", "There is no key “puprose” here.", "Did you mean purpose?"),
        ("ended: {on: 2026-02-31}", "2026-02-31 does not exist; that month has 28 days", "2026"),
        ("ended: {on: 1-3-2026}", "it should be a date", "Write 2026-03-01 instead."),
        ("serves: [De Keuken]", "Item 1 of serves is “De Keuken”", "Write de-keuken instead."),
        ('seats: "2"', "it should be a whole number", "without quotes"),
        ("holders: {a: b}", "is a group of keys; it should be a list of holders", "[sara, omar]"),
        ("purpose:", "The value of purpose is empty.", "or remove the line"),
    ],
)
def test_a_flaw_says_cause_and_way_out(line: str, cause: str, way_out: str) -> None:
    wrong = flaw(f"{HEAD}{line}\n")
    assert cause in said(wrong.cause)
    assert way_out in said(wrong.way_out)


@pytest.mark.parametrize(
    ("line", "cause", "way_out"),
    [
        (
            "context: just a text",
            "“just a text”; it should be a group with the keys text, as_of.",
            "Write it as in {text: …, as_of: 2026-03-01}.",
        ),
        (
            "metrics: [Maaltijden]",
            "Item 1 of metrics is “Maaltijden”; it should be a group of keys such as name.",
            "Write it as in {name: …}.",
        ),
        (
            "context:",
            "The value of context is empty.",
            "Write a group with the keys text, as_of,",
        ),
    ],
)
def test_where_a_group_is_expected_its_keys_are_named(line: str, cause: str, way_out: str) -> None:
    wrong = flaw(f"name: Keuken\n{line}\n", "circle")
    assert cause in said(wrong.cause)
    assert way_out in said(wrong.way_out)


@pytest.mark.parametrize(
    ("kind", "head", "line"),
    [
        ("circle", "name: Keuken\n", "context: GROUP"),
        ("circle", "name: Keuken\n", "metrics: [GROUP]"),
        ("tension", "title: Koud\nsensed_by: sara\n", "closed: GROUP"),
        ("person", "name: Sara\n", "away: [GROUP]"),
        ("org", ORG, "handbook: GROUP"),
        ("org", ORG, "memberships: {gast: GROUP}"),
    ],
)
def test_a_group_written_as_in_the_example_is_right(kind: Kind, head: str, line: str) -> None:
    wrong = flaw(f"{head}{line.replace('GROUP', 'een tekst')}\n", kind)
    better = line.replace("GROUP", str(wrong.way_out.arguments["example"]))
    assert found(f"{head}{better}\n", kind) == []


def test_a_choice_that_does_not_exist_gets_the_nearest() -> None:
    text = "title: a\ncircle: b\nkind: relationel\n"
    assert said(flaw(text, "agreement").way_out).startswith("Did you mean relational?")


def test_an_objection_needs_a_reason() -> None:
    entry = (
        f"- stance: objection\n  change: {'a' * 64}\n  at: 2026-01-01T12:00:00Z\n  after: null\n"
    )
    wrong = flaw(entry, "response")
    assert (wrong.rule, wrong.cause.arguments["key"]) == ("missing-key", "reason")


def test_what_is_wrong_is_left_out_and_the_rest_is_used() -> None:
    text = (
        HEAD
        + "holders: [a, {since: 2026-02-31}, {person: b, until: x}]\nseats: x\nended: {on: x}\n"
    )
    data: Any = read_facts("role", text.encode()).data
    assert data == {
        "name": "Kok",
        "circle": "keuken",
        "holders": ["a", None, {"person": "b"}],
    }


def test_the_right_line_is_shown_with_its_odd_characters() -> None:
    assert flaw(f"{HEAD}purpose: @a\u2028b\n").way_out.arguments["line"] == 'purpose: "@a b"'


def test_lost_text_is_read_as_it_was_meant() -> None:
    text = HEAD + "accountabilities:\n  - kamer #3\n  - Let op: heet\n  - {nl: a, b}\n"
    data: Any = read_facts("role", text.encode()).data
    assert data["accountabilities"] == ["kamer #3", "Let op: heet", {"nl": "a, b"}]


def test_the_flaws_of_a_spoilt_file_are_bounded() -> None:
    facts = read_facts("role", b"".join(b"a%d: 1\n" % number for number in range(5000)))
    assert len(facts.flaws) == MAX_FLAWS
    assert facts.data is None


@pytest.mark.parametrize("why", Unreadable)
def test_what_cannot_be_read_says_why(why: Unreadable) -> None:
    facts = read_facts("role", why)
    assert [one.rule for one in facts.flaws] == ["unreadable-file"]
    assert facts.data is None


def test_keys_in_dutch_are_understood() -> None:
    text = "naam: Kok\nkring: keuken\nbestaansreden: Eten.\nrolvervullers: [sara]\n"
    flaws = read_facts("role", text.encode()).flaws
    assert [said(flaw.way_out) for flaw in flaws] == [
        f"Did you mean {key}? Then write that." for key in ("name", "circle", "purpose", "holders")
    ]
    assert [flaw.spot.line for flaw in flaws] == [1, 2, 3, 4]


def test_every_dutch_word_stands_for_a_key_that_some_file_has() -> None:
    schemas = "".join(read_schema(name).decode() for name in schema_names())
    missing = [key for keys in _KEYS.values() for key in keys if f'"{key}"' not in schemas]
    assert not missing
