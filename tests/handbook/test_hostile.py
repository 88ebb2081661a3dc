"""Whatever people write arrives on the page as text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from orgcode.actions.build import site_files
from orgcode.documents.loading import load
from orgcode.model.org import Org
from orgcode.model.snapshot import Files
from orgcode.rendering.text import clean
from tests.handbook.hostile import files, strings
from tests.handbook.organisation import TODAY
from tests.handbook.reading import Reading

HARMFUL = {"script", "svg", "iframe", "style", "form", "math", "object", "video", "base"}


@pytest.fixture(scope="module")
def org(real_data: Path) -> Org:
    return load(Files(files(strings(real_data))), TODAY)


@pytest.fixture(scope="module")
def book(org: Org) -> Mapping[str, bytes]:
    return site_files(org)


@pytest.mark.parametrize(
    ("folder", "fields"),
    [
        ("circles", 3),
        ("roles", 6),
        ("people", 3),
        ("policies", 1),
        ("agreements", 1),
        ("objectives", 3),
        ("tensions", 2),
    ],
)
def test_every_string_in_every_plain_field_is_on_the_page(
    org: Org, book: Mapping[str, bytes], real_data: Path, folder: str, fields: int
) -> None:
    kinds = {
        "circles": org.circles,
        "roles": org.roles,
        "people": org.people,
        "policies": org.policies,
        "agreements": org.agreements,
        "objectives": org.objectives,
        "tensions": org.tensions,
    }
    things: Mapping[str, object] = kinds[folder]
    seen = 0
    for place, written in enumerate(strings(real_data)):
        thing = things.get(f"x{place}")
        named = getattr(thing, "name", None) or getattr(thing, "title", None)
        path = f"{folder}/x{place}.html"
        if named == written:
            page = Reading(path, book[path])
            assert not page.tags & HARMFUL, path
            assert page.heading == clean(written), path
            assert page.text.count(clean(written)) >= fields, path
            seen += 1
    assert seen > 500


def test_every_string_in_a_list_is_on_the_page(
    org: Org, book: Mapping[str, bytes], real_data: Path
) -> None:
    text = Reading("circles/alle.html", book["circles/alle.html"]).text
    circle = org.circles["alle"]
    assert len(circle.accountabilities) > 500
    for written in (*circle.accountabilities, *(metric.name for metric in circle.metrics)):
        assert isinstance(written, str)
        assert clean(written) in text


def test_no_overview_holds_a_tag_that_a_string_brought(book: Mapping[str, bytes]) -> None:
    for path in book:
        if path.endswith(".html") and "/" not in path:
            assert not Reading(path, book[path]).tags & HARMFUL
