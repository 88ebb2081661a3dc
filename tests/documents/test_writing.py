"""What is written reads back the same: by orgcode, by YAML 1.1 and by YAML 1.2."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from orgcode.documents.facts import read_facts
from orgcode.documents.writing import WIDTH, write_document

AMBIGUOUS = (
    *("no", "on", "Null", "~", "1e5", "0x1F", "0o7", "012", "1:20", "1_000", "=", "<<", "y", "-"),
    *("2028-01-01", ".inf", "---", "...", "a: b", "a #b", "a:", "? a", "- a", "%A", "\ufeff"),
)
TEXTS = st.one_of(
    st.text(min_size=1),
    st.text(alphabet=" \n\t:#-?|>&*!%@`'\"[]{},.\\ab0~=<\r\x85\u2028\ufeff", min_size=1),
    st.sampled_from(AMBIGUOUS),
    st.lists(st.sampled_from(["word", "-", "#", ":", "naïve", "🦀", "x" * 120]), min_size=20).map(
        " ".join
    ),
).filter(lambda text: bool(text.strip(" \t\r\n")))

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=200), inner),
    max_leaves=12,
)


def readings(content: bytes) -> list[Any]:
    """What others than orgcode read."""
    return [yaml.safe_load(content), YAML(typ="safe", pure=True).load(io.BytesIO(content))]


@settings(deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS))
def test_any_text_reads_back_the_same(name: str, notes: str, tags: list[str]) -> None:
    data = {
        "name": name,
        "links": [{"name": notes, "url": "https://example.org/#a"}],
        "tags": tags,
        "ended": {"on": "2028-01-01", "because": name},
        "notes": {"en": notes},
    }

    facts = read_facts("circle", write_document("circle", data))

    assert facts.flaws == ()
    assert facts.data == data


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=200), ANYTHING))
def test_any_data_of_ones_own_read_back_the_same(extra: dict[str, Any]) -> None:
    data = {"name": "x", "extra": extra}

    facts = read_facts("circle", write_document("circle", data))

    assert facts.flaws == ()
    assert facts.data == data


@settings(deadline=None)
@given(TEXTS.filter(lambda text: not {*text} & {"\x85", "\u2028", "\u2029"}), ANYTHING)
def test_other_programs_read_the_same(text: str, extra: Any) -> None:
    data = {"name": text, "tags": [text], "extra": {"a": extra}}

    assert all(reading == data for reading in readings(write_document("circle", data)))


def test_naughty_strings_read_back_the_same(real_data: Path) -> None:
    naughty = [s for s in json.loads((real_data / "naughty-strings.json").read_text()) if s.strip()]
    data = {"name": "x", "tags": naughty, "extra": {"each": [{"text": text} for text in naughty]}}

    facts = read_facts("circle", write_document("circle", data))

    assert facts.flaws == ()
    assert facts.data == data


def test_a_document_is_as_a_person_would_write_it() -> None:
    data = {
        "former": [{"person": "y", "role": "kitchen-cook"}],
        "members": ["sara", "249043822"],
        "core_roles": {"lead": ["ngoc", "tom"]},
        "ended": {"because": "Closed: no room", "on": "2028-01-01"},
        "notes": "First line\n\n- second\n",
        "purpose": " ".join(["word"] * 25),
        "name": "Kitchen #1",
        "links": [{"url": "https://example.org", "name": "Site"}],
    }

    assert write_document("circle", data).decode() == (
        'name: "Kitchen #1"\n'
        "purpose: >-\n"
        f"  {' '.join(['word'] * 19)}\n"
        f"  {' '.join(['word'] * 6)}\n"
        "core_roles:\n"
        "  lead: [ngoc, tom]\n"
        "members:\n"
        "  - sara\n"
        '  - "249043822"\n'
        "former:\n"
        '  - {person: "y", role: kitchen-cook}\n'
        "links:\n"
        "  - name: Site\n"
        "    url: https://example.org\n"
        'ended: {on: 2028-01-01, because: "Closed: no room"}\n'
        "notes: |\n"
        "  First line\n"
        "\n"
        "  - second\n"
    )
    assert all(len(line) <= WIDTH for line in write_document("circle", data).decode().splitlines())
