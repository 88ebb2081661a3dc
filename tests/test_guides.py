"""The guides exist in both languages, and what they show is right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from orgcode import resources
from orgcode.documents.facts import read_facts
from orgcode.model.facts import identify

LANGUAGES = ("nl", "en")


class Example(NamedTuple):
    guide: str
    path: str
    text: str


def texts(language: str) -> dict[str, str]:
    return {
        name: resources.read_template(f"guides/{language}/{name}").decode()
        for name in resources.template_names(f"guides/{language}")
    }


def examples() -> Iterator[Example]:
    for language in LANGUAGES:
        for name, text in texts(language).items():
            for block in re.findall(r"^```yaml\n(.*?)^```$", text, re.M | re.S):
                first = block.partition("\n")[0]
                yield Example(f"{language}/{name}", first.removeprefix("# "), block)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_topics_are_there(language: str) -> None:
    assert {"what-orgcode-is.md", "the-files.md", "what-yaml-wants.md"} <= set(texts(language))


def test_every_guide_is_there_in_both_languages() -> None:
    assert set(texts("nl")) == set(texts("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_begins_with_its_title(language: str) -> None:
    for name, text in texts(language).items():
        assert re.match(r"# \S", text), name


@pytest.mark.parametrize("example", tuple(examples()), ids=lambda e: f"{e.guide}:{e.path}")
def test_every_example_has_the_shape_of_its_file(example: Example) -> None:
    identity = identify(example.path)
    assert identity is not None
    assert read_facts(identity.kind, example.text.encode()).flaws == ()


def test_every_kind_of_file_has_an_example_in_both_languages() -> None:
    for language in LANGUAGES:
        found = {
            identity.kind
            for example in examples()
            if example.guide == f"{language}/the-files.md"
            and (identity := identify(example.path)) is not None
        }
        assert found == {
            "org",
            "circle",
            "role",
            "person",
            "policy",
            "agreement",
            "objective",
            "tension",
            "proposal",
            "response",
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_explained(language: str) -> None:
    text = texts(language)["the-files.md"]
    for name in resources.schema_names():
        schema = json.loads(resources.read_schema(name))
        if name in ("defs.schema.json", "ruleset.schema.json"):
            continue
        properties = schema.get("properties") or schema["items"]["properties"]
        for field in properties:
            assert f"`{field}`" in text, (name, field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_between_guides_lead_somewhere(language: str) -> None:
    for name, text in texts(language).items():
        for target in re.findall(r"\]\(([a-z-]+\.md)\)", text):
            assert target in texts(language), (name, target)
